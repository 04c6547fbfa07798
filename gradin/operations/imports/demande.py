"""What every import starts from: a file, a semestre, a subdivision, and what is found wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from gradin.domain.rang.semestre import parse_semestre
from gradin.operations.imports.anomalies import Anomalie, FichierRefuse
from gradin.operations.imports.fichiers.lecture import read_contenu, read_fichier
from gradin.operations.imports.fichiers.tableau import Tableau
from gradin.operations.imports.referentiel import SUBDIVISION_UNIQUE, Referentiel
from gradin.operations.imports.valeurs import Ligne
from gradin.queries.visiteurs import Couples

ETATS_COMMENCES = ("en_cours", "pause", "clos")


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandeImport:
    """`subdivision` empty means the only one, or the file's column.

    `contenu`: the file received, when it is not on the disk. `portees`: the only rows that its author may
    touch; None for an operator, who may touch all. `creer_subdivision`: an unknown one is no mistake.
    """

    chemin: Path
    semestre: str
    subdivision: str = ""
    essai: bool = False
    contenu: bytes | Tableau | None = None
    portees: Couples | None = None
    creer_subdivision: bool = False

    def is_inside(self, subdivision: int | None, groupe: int | None) -> bool:
        """Whether its author may touch a row of this subdivision and groupe (None: not created yet)."""
        if self.portees is None or (subdivision is None and self.creer_subdivision):
            return True
        return bool({(subdivision, None), (subdivision, groupe)} & self.portees)


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

    def refuse_hors_portee(self, ligne: int, quoi: str) -> None:
        self.anomalies.append(
            Anomalie(
                feuille=self.feuille,
                ligne=ligne,
                message=f"{quoi} n’est pas de votre périmètre. Retirez cette ligne, ou confiez-la à l’agent "
                "de sa subdivision et de son groupe.",
            )
        )

    def refuse_if_wrong(self) -> None:
        if self.anomalies:
            raise FichierRefuse(*self.anomalies)


def check_semestre(demande: DemandeImport) -> str:
    """The code of the semestre, or the file is refused before it is opened."""
    try:
        return parse_semestre(demande.semestre).code
    except ValueError as error:
        raise FichierRefuse(Anomalie(feuille=demande.chemin.name, message=str(error))) from error


def read_source(demande: DemandeImport) -> Tableau:
    """The table, from the disk, from the bytes received or already read."""
    if isinstance(demande.contenu, Tableau):
        return demande.contenu
    if demande.contenu is None:
        return read_fichier(demande.chemin)
    return read_contenu(demande.chemin.name, demande.contenu)


def choose_subdivision(
    demande: DemandeImport, referentiel: Referentiel, feuille: str, nommees: Collection[str]
) -> str:
    """The subdivision of lines that name none (`nommees` are theirs); created on an empty platform."""
    check_subdivisions(demande, referentiel, feuille, {demande.subdivision, *nommees} - {""})
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


def check_subdivisions(
    demande: DemandeImport, referentiel: Referentiel, feuille: str, nommees: Collection[str]
) -> None:
    """A mistyped name creates nothing: the first file of an empty platform, or an explicit wish, does."""
    connues = sorted({str(s.code) for s in referentiel.subdivisions.values()})
    if demande.creer_subdivision or not connues:
        return
    anomalies = [
        Anomalie(
            feuille=feuille,
            colonne="Subdivision",
            message=f"la subdivision « {nom} » n’existe pas. Celles qui existent : {', '.join(connues)}. "
            "Corrigez son nom ; si elle est vraiment nouvelle, ajoutez-la dans les référentiels, "
            "ou relancez avec --creer-subdivision.",
        )
        for nom in sorted(nommees)
        if not referentiel.knows_subdivision(nom)
    ]
    if anomalies:
        raise FichierRefuse(*anomalies)
