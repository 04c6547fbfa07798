"""The local criteria: added, taken away, their values brought by a file, by IMOTEP."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from gradin.data.referentiel.models import Service
from gradin.data.services.models import CritereStage, NatureCritere, ValeurCritere
from gradin.domain.texte import fold
from gradin.operations.imports.anomalies import RapportImport
from gradin.operations.imports.colonnes import Colonne, match_colonnes
from gradin.operations.imports.demande import Bilan, DemandeImport, read_source
from gradin.operations.imports.salle import check_salle
from gradin.operations.imports.valeurs import Ligne, read_lignes
from gradin.operations.permissions import check_can_write_referentiels
from gradin.queries.visiteurs import Visiteur

NATURES = tuple(NatureCritere.choices)
CRITERES_MAX, MOT_MAX = 20, 80
NOMBRE = re.compile(r"\d{1,6}([.,]\d{1,3})?", re.ASCII)
OUI_NON = {"oui": "Oui", "o": "Oui", "1": "Oui", "non": "Non", "n": "Non", "0": "Non"}
# Headers of the file that are no criterion.
RESERVES = ("imotep", "service", "etablissement")
Cle = tuple[int, int]


class CritereRefuse(Exception):
    """Nothing was written: French, says what to do next."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@transaction.atomic
def add_critere(visiteur: Visiteur, nom: str, nature: str, unite: str) -> int:
    """Raises CritereRefuse, Interdit."""
    check_can_write_referentiels(visiteur)
    connus = list(CritereStage.objects.values_list("nom", flat=True))
    if nature not in NatureCritere.values:
        raise CritereRefuse("Choisissez ce que l’on dit de ce critère.")
    if fold(nom) in {*(fold(connu) for connu in connus), *RESERVES}:
        raise CritereRefuse(f"« {nom} » existe déjà. Choisissez un autre nom.")
    if len(connus) >= CRITERES_MAX:
        raise CritereRefuse(f"{CRITERES_MAX} critères au plus. Retirez-en un d’abord.")
    ordre = (CritereStage.objects.aggregate(n=Max("ordre"))["n"] or 0) + 1
    dite = unite if nature == NatureCritere.NOMBRE else ""
    return CritereStage.objects.create(nom=nom, nature=nature, unite=dite, ordre=ordre).pk


@transaction.atomic
def remove_critere(visiteur: Visiteur, pk: int) -> None:
    """With its values."""
    check_can_write_referentiels(visiteur)
    CritereStage.objects.filter(pk=pk).delete()


def import_received(visiteur: Visiteur, fichier: str, contenu: bytes) -> RapportImport:
    """The same import, from the page. Raises FichierRefuse, Interdit."""
    check_can_write_referentiels(visiteur)
    return import_criteres(DemandeImport(chemin=Path(fichier), semestre="", contenu=contenu))


def import_criteres(demande: DemandeImport) -> RapportImport:
    """All or nothing; a second run changes nothing. An empty cell leaves what is known as it is.

    A column that is no criterion of this region, a service that the platform does not know: told, left out.
    """
    tableau = read_source(demande)
    criteres = {f"critere{row.pk}": row for row in CritereStage.objects.all()}
    colonnes = (
        Colonne(champ="imotep", entete="IMOTEP", obligatoire=True, aussi=("N° service", "Code IMOTEP")),
        *(Colonne(champ=champ, entete=row.nom) for champ, row in criteres.items()),
    )
    entetes, bilan = match_colonnes(tableau, colonnes), Bilan(tableau.feuille)
    services = dict(Service.objects.values_list("imotep", "pk"))
    lignes = list(read_lignes(tableau, entetes))
    voulues: dict[Cle, str] = {}
    for ligne in lignes:
        voulues |= _read(ligne, criteres, services)
    bilan.gather(lignes)
    bilan.refuse_if_wrong()
    crees, modifies = _write(voulues, bilan.feuille, essai=demande.essai)
    return RapportImport(
        essai=demande.essai,
        lignes=len(voulues),
        crees=crees,
        modifies=modifies,
        avertissements=(*tableau.avertissements, *bilan.avertissements),
        colonnes_inconnues=entetes.inconnues,
        lignes_masquees=tableau.masquees,
    )


def _read(ligne: Ligne, criteres: Mapping[str, CritereStage], services: Mapping[str, int]) -> dict[Cle, str]:
    """By (criterion, service)."""
    imotep = ligne.chiffres("imotep", longueur=8)
    service = services.get(imotep)
    if service is None:
        if not ligne.anomalies:
            ligne.alert("imotep", f"service {imotep} inconnu ici\u00a0: ligne laissée de côté.")
        return {}
    lues: dict[Cle, str] = {}
    for champ, critere in criteres.items():
        dit = ligne.texte(champ, longueur=MOT_MAX) if ligne.has(champ) else ""
        if not dit:
            continue
        valeur = _value(critere, dit)
        if valeur is None:
            attendu = "Oui ou Non" if critere.nature == NatureCritere.OUI_NON else "un nombre, comme 12"
            ligne.refuse(champ, f"« {dit} » ne convient pas. Écrivez {attendu}.")
        else:
            lues[critere.pk, service] = valeur
    return lues


def _value(critere: CritereStage, dit: str) -> str | None:
    match NatureCritere(critere.nature):
        case NatureCritere.OUI_NON:
            return OUI_NON.get(fold(dit))
        case NatureCritere.NOMBRE:
            return dit.replace(",", ".") if NOMBRE.fullmatch(dit) else None
        case NatureCritere.CHOIX:
            return dit


def _write(voulues: Mapping[Cle, str], feuille: str, *, essai: bool) -> tuple[int, int]:
    """(created, changed). Compared before anything is locked; what is to be written, once more inside."""
    neuves, changees = _compare(voulues)
    if not essai and (neuves or changees):
        check_salle(len(neuves) + len(changees), feuille)
        with transaction.atomic():
            neuves, changees = _compare({cle: voulues[cle] for cle in (*neuves, *changees)})
            _save(neuves, changees, voulues)
    return len(neuves), len(changees)


def _compare(voulues: Mapping[Cle, str]) -> tuple[list[Cle], dict[Cle, ValeurCritere]]:
    """Those nobody knows, and those known otherwise."""
    rows = ValeurCritere.objects.filter(service__in={service for _, service in voulues})
    connues = {(row.critere_id, row.service_id): row for row in rows}
    neuves = [cle for cle in voulues if cle not in connues]
    changees = {
        cle: connues[cle]
        for cle, valeur in voulues.items()
        if cle in connues and connues[cle].valeur != valeur
    }
    return neuves, changees


def _save(neuves: Sequence[Cle], changees: Mapping[Cle, ValeurCritere], voulues: Mapping[Cle, str]) -> None:
    for cle, row in changees.items():
        row.valeur = voulues[cle]
    ValeurCritere.objects.bulk_create(
        (ValeurCritere(critere_id=cle[0], service_id=cle[1], valeur=voulues[cle]) for cle in neuves),
        batch_size=500,
    )
    ValeurCritere.objects.bulk_update(changees.values(), ["valeur"], batch_size=500)
