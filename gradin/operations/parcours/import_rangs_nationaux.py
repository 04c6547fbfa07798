"""Import promotions as they began, by rank at the national exam: what proves a rang local."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from gradin.data.internes.models import Interne
from gradin.data.parcours.models import RangInitial
from gradin.data.referentiel.models import Groupe, Subdivision
from gradin.operations.imports.anomalies import RapportImport
from gradin.operations.imports.colonnes import Colonne, match_colonnes
from gradin.operations.imports.demande import Bilan, DemandeImport, choose_subdivision, read_source
from gradin.operations.imports.references import read_reference
from gradin.operations.imports.referentiel import load_referentiel
from gradin.operations.imports.valeurs import Ligne, read_lignes

RANG_MAX, ANNEE_MIN, ANNEE_MAX = 20_000, 2000, 2100
COLONNES = (
    Colonne(champ="ine", entete="INE"),
    Colonne(champ="groupe", entete="Groupe", obligatoire=True, aussi=("Groupe de spécialité",)),
    Colonne(champ="promotion", entete="Promotion", obligatoire=True),
    Colonne(champ="rang", entete="Rang national", obligatoire=True, aussi=("Rang ECN", "Rang EDN")),
)


def import_rangs_nationaux(demande: DemandeImport) -> RapportImport:
    """All or nothing. A line without INE, or of nobody known here, counts in the size of its promotion."""
    tableau = read_source(demande)
    entetes, bilan = match_colonnes(tableau, COLONNES), Bilan(tableau.feuille)
    referentiel = load_referentiel(avec_services=False)
    internes = {ine.upper(): pk for ine, pk in Interne.objects.values_list("ine", "pk")}
    groupes = dict(Groupe.objects.values_list("code", "pk"))
    lignes = list(read_lignes(tableau, entetes))
    lues = [_read(ligne, referentiel.connues["groupe"], groupes, internes) for ligne in lignes]
    bilan.gather(lignes)
    bilan.refuse_if_wrong()
    code = choose_subdivision(demande, referentiel, bilan.feuille, [""])
    rows = [lue for lue in lues if lue is not None]
    crees, modifies = _write(rows, Subdivision.objects.get(code=code), essai=demande.essai)
    return RapportImport(
        essai=demande.essai,
        lignes=len(rows),
        crees=crees,
        modifies=modifies,
        avertissements=(*tableau.avertissements, *bilan.avertissements),
        colonnes_inconnues=entetes.inconnues,
        lignes_masquees=tableau.masquees,
    )


def _read(
    ligne: Ligne, connues: Mapping[str, str], groupes: dict[str, int], internes: dict[str, int]
) -> RangInitial | None:
    reference = read_reference(ligne, "groupe", connues, "3 - SPECIALITES CHIRURGICALES")
    groupe = groupes.get(reference.code) if reference else None
    if groupe is None and not ligne.anomalies:
        ligne.refuse("groupe", "ce groupe n’est pas connu ici. Écrivez un groupe de la plateforme.")
    promotion = ligne.entier("promotion", minimum=ANNEE_MIN, maximum=ANNEE_MAX, quoi="une année")
    rang = ligne.entier("rang", minimum=1, maximum=RANG_MAX, quoi="un rang")
    for champ, valeur in (("promotion", promotion), ("rang", rang)):
        if valeur is None and not ligne.anomalies:
            ligne.refuse(champ, "cette cellule est vide. Remplissez-la.")
    ine = ligne.texte("ine", longueur=20).upper()
    if ligne.anomalies or groupe is None or promotion is None or rang is None:
        return None
    return RangInitial(
        groupe_id=groupe, promotion=promotion, rang_national=rang, interne_id=internes.get(ine)
    )


@transaction.atomic
def _write(rows: list[RangInitial], subdivision: Subdivision, *, essai: bool) -> tuple[int, int]:
    """(created, changed)."""
    connus = {
        (row.groupe_id, row.promotion, row.rang_national): row
        for row in RangInitial.objects.filter(subdivision=subdivision)
    }
    neufs, changes = [], []
    for row in rows:
        row.subdivision = subdivision
        connu = connus.get((row.groupe_id, row.promotion, row.rang_national))
        if connu is None:
            neufs.append(row)
        elif connu.interne_id != row.interne_id:
            connu.interne_id = row.interne_id
            changes.append(connu)
    if not essai:
        RangInitial.objects.bulk_create(neufs, batch_size=500)
        RangInitial.objects.bulk_update(changes, ["interne"], batch_size=500)
    return len(neufs), len(changes)
