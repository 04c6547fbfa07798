"""Import the file of internes: read, compare, then write in one short transaction."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db import transaction

from gradin.data.internes.models import Inscription, Interne
from gradin.data.referentiel.models import Semestre
from gradin.operations.amphis.verrous import lock_amphis_of
from gradin.operations.imports.anomalies import Anomalie, RapportImport
from gradin.operations.imports.colonnes import Entetes, match_colonnes
from gradin.operations.imports.comparaison import check_current, update_changes
from gradin.operations.imports.comparaison_internes import ComparaisonInternes
from gradin.operations.imports.demande import (
    Bilan,
    DemandeImport,
    check_semestre,
    choose_subdivision,
    read_source,
)
from gradin.operations.imports.fichiers.tableau import Tableau
from gradin.operations.imports.internes import COLONNES, LigneInterne, read_interne
from gradin.operations.imports.referentiel import Referentiel, load_referentiel
from gradin.operations.imports.retour import Retour, write_retour
from gradin.operations.imports.valeurs import read_lignes, refuse_doublons

LOT = 500
CLES = ("cle_tri", "recherche")


def import_internes(demande: DemandeImport) -> RapportImport:
    """All or nothing; a second run of the same file changes nothing. Raises FichierRefuse."""
    preparation = prepare_internes(demande)
    if not demande.essai:
        preparation.write()
    return preparation.rapport


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationInternes:
    """A file read and compared: what it would do, and the way to do it."""

    comparaison: ComparaisonInternes
    rapport: RapportImport

    def write(self) -> Retour:
        """One transaction; that no amphi has started meanwhile is looked at again inside it.

        Raises DonneesChangees when a row is no longer what it was compared with.
        """
        comparaison, ecriture = self.comparaison, self.comparaison.ecriture
        with transaction.atomic():
            lock_amphis_of(inscriptions=[row.pk for row, _ in ecriture.inscriptions_changes])
            comparaison.refuse_commencees()
            comparaison.bilan.refuse_if_wrong()
            check_current(Interne, ecriture.internes_changes, comparaison.bilan.feuille)
            check_current(Inscription, ecriture.inscriptions_changes, comparaison.bilan.feuille)
            if comparaison.semestre.pk is None:
                comparaison.semestre.save()
            comparaison.referentiel.save()
            Interne.objects.bulk_create(ecriture.internes, batch_size=LOT)
            Inscription.objects.bulk_create(ecriture.inscriptions, batch_size=LOT)
            update_changes(Interne, ecriture.internes_changes, CLES)
            update_changes(Inscription, ecriture.inscriptions_changes)
        return write_retour(
            (*ecriture.internes, *ecriture.inscriptions),
            (*ecriture.internes_changes, *ecriture.inscriptions_changes),
            comparaison.referentiel,
        )


def prepare_internes(demande: DemandeImport) -> PreparationInternes:
    """Everything but the writing. Raises FichierRefuse."""
    code = check_semestre(demande)
    tableau = read_source(demande)
    entetes = match_colonnes(tableau, COLONNES)
    referentiel, bilan = load_referentiel(avec_services=False), Bilan(tableau.feuille)
    lignes = read_all(tableau, entetes, referentiel, bilan)
    bilan.refuse_if_wrong()
    semestre = Semestre.objects.filter(code=code).first() or Semestre(code=code)
    subdivision = choose_subdivision(demande, referentiel, bilan.feuille, [one.subdivision for one in lignes])
    comparaison = ComparaisonInternes(semestre, subdivision, referentiel, bilan, demande)
    ecriture = comparaison.run(lignes)
    bilan.refuse_if_wrong()
    warn_groupes(lignes, bilan)
    rapport = RapportImport(
        essai=demande.essai,
        lignes=len(lignes),
        crees=len(ecriture.inscriptions),
        modifies=len(ecriture.lignes_changees),
        referentiel=referentiel.listed,
        conflits=tuple(bilan.conflits),
        avertissements=(*tableau.avertissements, *bilan.avertissements),
        colonnes_inconnues=entetes.inconnues,
        lignes_masquees=tableau.masquees,
        nouveaux=tuple(f"{one.interne} (INE {one.interne.ine})" for one in ecriture.inscriptions),
        differences=tuple(ecriture.differences),
        absents=comparaison.list_absents(lignes),
    )
    return PreparationInternes(comparaison=comparaison, rapport=rapport)


def read_all(
    tableau: Tableau, entetes: Entetes, referentiel: Referentiel, bilan: Bilan
) -> tuple[LigneInterne, ...]:
    """Every line, with all that is wrong in the file at once; one INE stands on one line."""
    connues = referentiel.connues
    lues = tuple((ligne, read_interne(ligne, connues)) for ligne in read_lignes(tableau, entetes))
    refuse_doublons([ligne for ligne, _ in lues], "ine", "cet INE")
    bilan.gather(ligne for ligne, _ in lues)
    return tuple(lue for _, lue in lues if lue is not None)


def warn_groupes(lignes: tuple[LigneInterne, ...], bilan: Bilan) -> None:
    """The groupe is what the ARS says; one that is unusual for the DES is only told (rules.md §3)."""
    groupes: dict[str, Counter[str]] = defaultdict(Counter)
    for ligne in lignes:
        groupes[ligne.des.code][ligne.groupe.code] += 1
    for ligne in lignes:
        habituel = groupes[ligne.des.code].most_common(1)[0][0]
        if ligne.groupe.code != habituel:
            bilan.avertissements.append(
                Anomalie(
                    feuille=bilan.feuille,
                    ligne=ligne.numero,
                    colonne="Groupe",
                    message=f"groupe {ligne.groupe.code} alors que le DES {ligne.des.code} choisit "
                    f"d’ordinaire dans le groupe {habituel}. Rien à faire si c’est voulu.",
                )
            )
