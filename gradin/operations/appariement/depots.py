"""A file of a campaign, from its differences to its undoing: nothing is written before they are confirmed."""

from __future__ import annotations

from hashlib import sha256
from json import dumps
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Model

from gradin.data.appariement.models import (
    CampagneAppariement,
    DepotAppariement,
    EtatDepotAppariement,
    SiteAppariement,
)
from gradin.operations.appariement.campagnes import record_acte
from gradin.operations.appariement.imports import NATURES, Preparation, prepare
from gradin.operations.appariement.refus import AppariementRefuse
from gradin.operations.imports.fichiers.lecture import check_taille
from gradin.operations.permissions_appariement import check_can_run_appariement
from gradin.queries.visiteurs import Visiteur

Apercu = dict[str, Any]


def receive(
    campagne: int, quoi: str, nom: str, contenu: bytes, visiteur: Visiteur, maintenant: int
) -> int | None:
    """Read, compared and kept; None when it says what the campaign says already.

    Raises FichierRefuse, AppariementRefuse, Interdit.
    """
    row = _open(campagne, visiteur)
    check_taille(nom, len(contenu))
    apercu = _tell(prepare(row, quoi, nom, contenu))
    if not apercu["changements"]:
        return None
    depot = DepotAppariement.objects.create(
        campagne=row,
        quoi=quoi,
        fichier=Path(nom).name[:200],
        contenu=contenu,
        auteur_id=visiteur.compte,
        apercu=apercu,
        created_at=maintenant,
    )
    return int(depot.pk)


def confirm(pk: int, visiteur: Visiteur, maintenant: int) -> None:
    """Compares again, and writes only what was shown; then the file itself is forgotten."""
    depot = DepotAppariement.objects.get(pk=pk)
    row = _open(depot.campagne_id, visiteur)
    _check_waiting(depot)
    preparation = prepare(row, depot.quoi, depot.fichier, bytes(depot.contenu))
    apercu = _tell(preparation)
    if apercu["empreinte"] != depot.apercu["empreinte"]:
        DepotAppariement.objects.filter(pk=pk, etat=EtatDepotAppariement.PRET).update(apercu=apercu)
        raise AppariementRefuse(
            "Les données ont changé depuis votre lecture\u00a0: rien n’a été enregistré. Voici les "
            "différences d’aujourd’hui, relisez-les, puis confirmez."
        )
    _write(pk, preparation, visiteur, maintenant)


@transaction.atomic
def _write(pk: int, preparation: Preparation, visiteur: Visiteur, maintenant: int) -> None:
    depot = _lock(pk)
    _check_waiting(depot)
    check_open(depot.campagne)
    depot.retour = preparation.write(maintenant)
    depot.etat, depot.contenu, depot.applied_at = EtatDepotAppariement.FAIT, b"", maintenant
    depot.save()
    comptes = {nom: depot.apercu[nom] for nom in ("lignes", "crees", "modifies")}
    record_acte(depot.campagne, f"import_{depot.quoi}", visiteur, maintenant, **comptes)


@transaction.atomic
def abandon(pk: int, visiteur: Visiteur) -> None:
    depot = _lock(pk)
    check_can_run_appariement(visiteur, depot.campagne)
    _check_waiting(depot)
    depot.etat, depot.contenu = EtatDepotAppariement.ABANDONNE, b""
    depot.save(update_fields=["etat", "contenu"])


def check_open(row: CampagneAppariement) -> None:
    if row.tours.filter(calcule_at__isnull=False, numero__gt=0).exists():
        raise AppariementRefuse(
            "Un tour est déjà calculé\u00a0: ses sites et ses candidats ne changent plus."
        )


def _open(campagne: int, visiteur: Visiteur) -> CampagneAppariement:
    row = CampagneAppariement.objects.select_related("subdivision", "semestre").get(pk=campagne)
    check_can_run_appariement(visiteur, row)
    check_open(row)
    return row


def _check_waiting(depot: DepotAppariement) -> None:
    """Its bytes are gone once it has served: a second click has nothing to read. Raises AppariementRefuse."""
    if depot.etat != EtatDepotAppariement.PRET:
        raise AppariementRefuse("Ce fichier n’attend plus de confirmation. Relisez son état.")


def _lock(pk: int) -> DepotAppariement:
    DepotAppariement.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    return DepotAppariement.objects.select_related("campagne__subdivision", "campagne__semestre").get(pk=pk)


def _tell(preparation: Preparation) -> Apercu:
    """Counts, then every line, as values that a page shows; `empreinte` tells whether they still hold."""
    ecart, entetes = preparation.ecart, {une.champ: une.entete for une in NATURES[preparation.quoi]}
    differences = [
        [
            row.code if isinstance(row, SiteAppariement) else str(row.interne),
            entetes[champ],
            _say(getattr(row, champ)),
            _say(valeur),
        ]
        for row, champs in ecart.changes
        for champ, valeur in champs.items()
        if champ in entetes
    ]
    nouveaux = [_name(lu) for lu in ecart.neufs]
    referentiel = list(preparation.lecture.referentiel.listed)
    return {
        "lignes": preparation.lignes,
        "crees": len(ecart.neufs),
        "modifies": len(ecart.changes),
        "inchanges": preparation.lignes - len(ecart.neufs) - len(ecart.changes),
        "changements": len(ecart.neufs) + len(ecart.changes) + len(referentiel),
        "masquees": preparation.masquees,
        "inconnues": list(preparation.inconnues),
        "nouveaux": nouveaux,
        "differences": differences,
        "absents": list(ecart.absents),
        "referentiel": referentiel,
        "empreinte": sha256(dumps([nouveaux, differences, referentiel]).encode()).hexdigest(),
    }


def _name(lu: Any) -> str:
    if "code" in lu:
        return (
            f"{lu['code']}\u00a0: {lu['service'].nom}, {lu['places']} place{'s' if lu['places'] > 1 else ''}"
        )
    return f"{lu['prenom']} {lu['nom']} ({lu['des'].intitule})"


def _say(valeur: object) -> str:
    if valeur is None:
        return ""
    return str(valeur.nom) if isinstance(valeur, Model) and hasattr(valeur, "nom") else str(valeur)
