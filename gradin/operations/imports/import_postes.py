"""Import the file of postes: read, compare, then write in one short transaction."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from gradin.data.postes.models import Poste
from gradin.data.referentiel.models import Semestre
from gradin.operations.amphis.verrous import lock_amphis_of
from gradin.operations.imports.anomalies import RapportImport
from gradin.operations.imports.colonnes import Entetes, match_colonnes
from gradin.operations.imports.comparaison import LOT, check_current, update_changes
from gradin.operations.imports.comparaison_postes import ComparaisonPostes
from gradin.operations.imports.demande import (
    Bilan,
    DemandeImport,
    check_semestre,
    choose_subdivision,
    read_source,
)
from gradin.operations.imports.fichiers.tableau import Tableau
from gradin.operations.imports.postes import COLONNES, LignePoste, read_poste
from gradin.operations.imports.referentiel import Referentiel, load_referentiel
from gradin.operations.imports.retour import Retour, write_retour
from gradin.operations.imports.valeurs import read_lignes, refuse_doublons

CLES = ("cle_tri", "recherche")


def import_postes(demande: DemandeImport) -> RapportImport:
    """All or nothing; a second run of the same file changes nothing. Raises FichierRefuse."""
    preparation = prepare_postes(demande)
    if not demande.essai:
        preparation.write()
    return preparation.rapport


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationPostes:
    """A file read and compared: what it would do, and the way to do it."""

    comparaison: ComparaisonPostes
    rapport: RapportImport

    def write(self) -> Retour:
        """One transaction; that no amphi has started meanwhile is looked at again inside it.

        Raises DonneesChangees when a row is no longer what it was compared with.
        """
        comparaison = self.comparaison
        with transaction.atomic():
            lock_amphis_of(postes=[row.pk for row, _ in comparaison.changes])
            comparaison.refuse_commences()
            comparaison.bilan.refuse_if_wrong()
            check_current(Poste, comparaison.changes, comparaison.bilan.feuille)
            if comparaison.semestre.pk is None:
                comparaison.semestre.save()
            comparaison.referentiel.save()
            Poste.objects.bulk_create(comparaison.nouveaux, batch_size=LOT)
            update_changes(Poste, comparaison.changes, CLES)
            comparaison.touch_amphis()
        return write_retour(comparaison.nouveaux, comparaison.changes, comparaison.referentiel)


def prepare_postes(demande: DemandeImport) -> PreparationPostes:
    """Everything but the writing. Raises FichierRefuse."""
    code = check_semestre(demande)
    tableau = read_source(demande)
    entetes = match_colonnes(tableau, COLONNES)
    referentiel, bilan = load_referentiel(avec_services=True), Bilan(tableau.feuille)
    lignes = read_all(tableau, entetes, referentiel, bilan)
    bilan.refuse_if_wrong()
    semestre = Semestre.objects.filter(code=code).first() or Semestre(code=code)
    subdivision = choose_subdivision(demande, referentiel, bilan.feuille, [one.subdivision for one in lignes])
    comparaison = ComparaisonPostes(semestre, subdivision, referentiel, bilan, demande)
    comparaison.run(lignes)
    bilan.refuse_if_wrong()
    rapport = RapportImport(
        essai=demande.essai,
        lignes=len(lignes),
        crees=len(comparaison.nouveaux),
        modifies=len(comparaison.changes),
        referentiel=referentiel.listed,
        conflits=tuple(bilan.conflits),
        avertissements=(*tableau.avertissements, *bilan.avertissements),
        colonnes_inconnues=entetes.inconnues,
        lignes_masquees=tableau.masquees,
        nouveaux=tuple(f"n° {poste.numero}, {poste.service.nom}" for poste in comparaison.nouveaux),
        differences=tuple(comparaison.differences),
        absents=comparaison.list_absents(lignes),
    )
    return PreparationPostes(comparaison=comparaison, rapport=rapport)


def read_all(
    tableau: Tableau, entetes: Entetes, referentiel: Referentiel, bilan: Bilan
) -> tuple[LignePoste, ...]:
    """Every line, with all that is wrong in the file at once; one numéro stands on one line."""
    connues = referentiel.connues
    lues = tuple((ligne, read_poste(ligne, connues)) for ligne in read_lignes(tableau, entetes))
    if "subdivision" not in entetes.places:
        refuse_doublons([ligne for ligne, _ in lues], "numero", "ce numéro de poste")
    bilan.gather(ligne for ligne, _ in lues)
    return tuple(lue for _, lue in lues if lue is not None)
