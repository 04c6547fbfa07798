"""The ARS takes a campaign from the imported seniority to the computed one, and back: an act, kept.

Everybody's parcours is computed before anything is locked: on SQLite the choices would wait for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from gradin.data.amphis.models import ActeCampagne, Campagne
from gradin.data.internes.models import Inscription
from gradin.data.parcours.models import AncienneteImportee
from gradin.data.profils.models import Changement
from gradin.domain.parcours.ecarts import SourceAnciennete
from gradin.domain.rang.anciennete import Semestres
from gradin.operations.imports.salle import tell_salle
from gradin.operations.parcours.refus import ParcoursRefuse
from gradin.operations.permissions import check_can_publish
from gradin.queries.candidats import read_semestres
from gradin.queries.parcours.anciennete import CLE, read_importees
from gradin.queries.parcours.lignes import compute_for
from gradin.queries.visiteurs import Visiteur

CHAMPS = ("semestres_valides", "surnombres_non_validants", "semestres_recherche")
LOT = 500
DITES = {
    SourceAnciennete.CALCULEE: "Ancienneté calculée d’après les parcours",
    SourceAnciennete.IMPORTEE: "Ancienneté importée par l’ARS",
}


def set_source(
    visiteur: Visiteur,
    semestre: int,
    subdivision: int,
    source: SourceAnciennete,
    *,
    confirme: bool,
    maintenant: datetime,
) -> int:
    """How many internes changed. Run again, it takes what was validated since.

    Lists already published and amphis already started stand: the pre-flight says whom this moves.
    """
    check_can_publish(visiteur, subdivision)
    if not confirme:
        raise ParcoursRefuse("Cochez la confirmation : ce réglage change l’ordre de la liste d’appel.")
    rows = Inscription.objects.filter(semestre=semestre, subdivision=subdivision)
    voulus = _wanted(list(rows.select_related("semestre")), source)
    if attente := tell_salle(len(_differing(rows, voulus))):
        raise ParcoursRefuse(attente)
    return _switch(semestre, subdivision, source, voulus, visiteur, maintenant)


@transaction.atomic
def _switch(
    semestre: int,
    subdivision: int,
    source: SourceAnciennete,
    voulus: dict[int, Semestres],
    visiteur: Visiteur,
    maintenant: datetime,
) -> int:
    campagne, _ = Campagne.objects.select_for_update(of=("self",), no_key=True).get_or_create(
        semestre_id=semestre, subdivision_id=subdivision
    )
    locked = Inscription.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    changees = _differing(locked.filter(pk__in=voulus), voulus)
    _write(changees, voulus, source, visiteur.courriel, maintenant)
    if source is SourceAnciennete.IMPORTEE:
        AncienneteImportee.objects.filter(inscription__in=voulus).delete()
    campagne.parametres = {**campagne.parametres, CLE: source.value}
    campagne.save(update_fields=["parametres"])
    ActeCampagne.objects.create(
        campagne=campagne,
        auteur_id=visiteur.compte,
        details={"changements": [f"{DITES[source]} : {len(changees)} internes changés"]},
        a=round(maintenant.timestamp() * 1000),
    )
    return len(changees)


def _differing(rows: Iterable[Inscription], voulus: dict[int, Semestres]) -> list[Inscription]:
    return [
        une for une in rows if une.pk in voulus and _figures(read_semestres(une)) != _figures(voulus[une.pk])
    ]


def _wanted(inscriptions: list[Inscription], source: SourceAnciennete) -> dict[int, Semestres]:
    """Whose parcours is not known keeps the imported figure, whatever the campaign uses."""
    importees = read_importees(inscriptions)
    if source is SourceAnciennete.IMPORTEE:
        return importees
    calcules = compute_for(inscriptions)
    return {pk: calcules[pk].semestres if pk in calcules else lue for pk, lue in importees.items()}


def _write(
    changees: list[Inscription],
    voulus: dict[int, Semestres],
    source: SourceAnciennete,
    auteur: str,
    maintenant: datetime,
) -> None:
    if source is SourceAnciennete.CALCULEE:
        _keep_imported(changees)
    historique = []
    for une in changees:
        for champ, valeur in zip(CHAMPS, _figures(voulus[une.pk]), strict=True):
            avant = getattr(une, champ)
            if avant != valeur:
                historique.append(
                    Changement(
                        interne_id=une.interne_id,
                        champ=champ,
                        avant=str(avant),
                        apres=str(valeur),
                        auteur=auteur,
                        at=maintenant,
                    )
                )
                setattr(une, champ, valeur)
        calcules = set(CHAMPS) if source is SourceAnciennete.CALCULEE else set()
        une.champs_modifies = sorted(set(une.champs_modifies) - set(CHAMPS) | calcules)
    Inscription.objects.bulk_update(changees, [*CHAMPS, "champs_modifies"], batch_size=LOT)
    Changement.objects.bulk_create(historique, batch_size=LOT)


def _keep_imported(changees: list[Inscription]) -> None:
    """Once: what the file said, not what an earlier switch wrote."""
    AncienneteImportee.objects.bulk_create(
        (
            AncienneteImportee(inscription=une, **{champ: getattr(une, champ) for champ in CHAMPS})
            for une in changees
        ),
        batch_size=LOT,
        ignore_conflicts=True,
    )


def _figures(semestres: Semestres) -> tuple[int, int, int]:
    return semestres.valides, semestres.surnombre_non_validant, semestres.recherche
