"""What every import starts from: a file, a semestre, a subdivision, and what is found wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from gradin.domain.rang.semestre import parse_semestre
from gradin.operations.imports.anomalies import Anomalie, FichierRefuse
from gradin.operations.imports.referentiel import SUBDIVISION_UNIQUE, Referentiel
from gradin.operations.imports.valeurs import Ligne

ETATS_COMMENCES = ("en_cours", "pause", "clos")


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandeImport:
    """`subdivision` empty means the only one, or the file's column."""

    chemin: Path
    semestre: str
    subdivision: str = ""
    essai: bool = False


@dataclass(slots=True)
class Bilan:
    """What gathers while a file is read and compared."""

    feuille: str
    anomalies: list[Anomalie] = field(default_factory=list)
    avertissements: list[Anomalie] = field(default_factory=list)
    conflits: list[Anomalie] = field(default_factory=list)

    def gather(self, lignes: Iterable[Ligne]) -> None:
        """Take what the lines found; a file without any line is wrong too."""
        vide = True
        for ligne in lignes:
            vide = False
            self.anomalies += ligne.anomalies
            self.avertissements += ligne.alertes
        if vide:
            self.anomalies.append(Anomalie(feuille=self.feuille, message="aucune ligne sous les en-têtes."))

    def refuse_if_wrong(self) -> None:
        if self.anomalies:
            raise FichierRefuse(*self.anomalies)


def check_semestre(demande: DemandeImport) -> str:
    """The code of the semestre, or the file is refused before it is opened."""
    try:
        return parse_semestre(demande.semestre).code
    except ValueError as error:
        raise FichierRefuse(Anomalie(feuille=demande.chemin.name, message=str(error))) from error


def choose_subdivision(
    demande: DemandeImport, referentiel: Referentiel, feuille: str, nommees: Collection[str]
) -> str:
    """The subdivision of lines that name none (`nommees` are theirs); created on an empty platform."""
    if demande.subdivision or all(nommees):
        return demande.subdivision
    connues = {subdivision.code for subdivision in referentiel.subdivisions.values()}
    if len(connues) > 1:
        raise FichierRefuse(
            Anomalie(
                feuille=feuille,
                message=f"plusieurs subdivisions existent ({', '.join(sorted(connues))}). "
                "Ajoutez --subdivision, ou une colonne « Subdivision ».",
            )
        )
    return connues.pop() if connues else SUBDIVISION_UNIQUE
