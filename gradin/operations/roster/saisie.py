"""What an agent typed in a table, read exactly as a cell of his file would be."""

from __future__ import annotations

from collections.abc import Mapping

from gradin.operations.imports.anomalies import Anomalie
from gradin.operations.imports.colonnes import Colonne, Entetes
from gradin.operations.imports.fichiers.tableau import Tableau
from gradin.operations.imports.referentiel import Referentiel
from gradin.operations.imports.valeurs import Ligne
from gradin.operations.roster.verrous import CorrectionRefusee

FEUILLE = "Saisie"


def line_of(champs: Mapping[str, str], colonnes: tuple[Colonne, ...]) -> Ligne:
    """One line of a file that has these columns."""
    presentes = [colonne for colonne in colonnes if colonne.champ in champs]
    entetes = Entetes(
        places={colonne.champ: place for place, colonne in enumerate(presentes)},
        noms={colonne.champ: colonne.entete for colonne in colonnes},
        inconnues=(),
    )
    return Ligne(FEUILLE, 2, tuple(champs[colonne.champ] for colonne in presentes), entetes)


def table_of(champs: Mapping[str, str], colonnes: tuple[Colonne, ...]) -> Tableau:
    """The same as a whole file of one line, for what is added."""
    presentes = [colonne for colonne in colonnes if colonne.champ in champs]
    return Tableau(
        feuille=FEUILLE,
        lignes=(
            tuple(colonne.entete for colonne in presentes),
            tuple(champs[colonne.champ] for colonne in presentes),
        ),
    )


def refuse_if_wrong(anomalies: list[Anomalie], colonnes: tuple[Colonne, ...]) -> None:
    """The first thing to mend, at its field."""
    if not anomalies:
        return
    premiere = anomalies[0]
    champ = next((c.champ for c in colonnes if c.entete == premiere.colonne), "")
    message = premiere.message[:1].upper() + premiere.message[1:]
    raise CorrectionRefusee(message, champ=champ)


def check_known(referentiel: Referentiel) -> None:
    """A correction never creates a groupe, a DES or a service: that is done on purpose, elsewhere."""
    if referentiel.nouveaux:
        raise CorrectionRefusee(
            f"«\u00a0{referentiel.nouveaux[0]}\u00a0» n’est pas dans les référentiels. Ajoutez-le d’abord.",
            lien="/gestion/referentiels/",
        )
