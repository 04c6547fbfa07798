"""The file of last ranks of a past semestre: its columns, and one line of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gradin.data.internes.models import Phase
from gradin.operations.imports.colonnes import Colonne
from gradin.operations.imports.references import Reference, read_reference
from gradin.operations.imports.valeurs import Ligne

COLONNES = (
    Colonne(champ="imotep", entete="IMOTEP", obligatoire=True, aussi=("Code IMOTEP",)),
    Colonne(champ="groupe", entete="Groupe", obligatoire=True, aussi=("Groupe de spécialité",)),
    Colonne(champ="phase", entete="Régime de formation", obligatoire=True, aussi=("Régime", "Phase")),
    Colonne(champ="rang", entete="Dernier rang", obligatoire=True, aussi=("Rang limite",)),
    Colonne(champ="offerts", entete="Postes offerts", obligatoire=True, aussi=("Postes",)),
    Colonne(champ="pourvus", entete="Postes pourvus", aussi=("Postes choisis",)),
    Colonne(champ="effectif", entete="Effectif", aussi=("Effectif de la liste",)),
)
PHASES = {
    "phase socle": Phase.SOCLE,
    "socle": Phase.SOCLE,
    "phase d approfondissement": Phase.APPROFONDISSEMENT,
    "phase approfondissement": Phase.APPROFONDISSEMENT,
    "approfondissement": Phase.APPROFONDISSEMENT,
    "ancien regime": Phase.ANCIEN_REGIME,
}
RANG_MAX, POSTES_MAX = 100_000, 999


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneRang:
    """`numero`: its line in the sheet. `rang` None: nobody chose there."""

    numero: int
    imotep: str
    groupe: Reference
    phase: str
    rang: int | None
    effectif: int | None
    offerts: int
    pourvus: int


def read_rang(ligne: Ligne, groupes: Mapping[str, str]) -> LigneRang | None:
    """Read one line; None when something in it must be mended."""
    imotep = ligne.chiffres("imotep", longueur=8)
    groupe = read_reference(ligne, "groupe", groupes, "3 - SPECIALITES CHIRURGICALES")
    if groupe is None and not ligne.texte("groupe", longueur=200):
        ligne.refuse("groupe", "cette cellule est vide. Remplissez-la.")
    phase = ligne.parmi("phase", PHASES, "Phase socle, Phase d’approfondissement ou Ancien régime")
    rang = ligne.entier("rang", minimum=1, maximum=RANG_MAX, quoi="un rang")
    effectif = ligne.entier("effectif", minimum=1, maximum=RANG_MAX, quoi="un effectif")
    offerts, pourvus = read_places(ligne, rang)
    if ligne.anomalies or groupe is None or offerts is None:
        return None
    return LigneRang(
        numero=ligne.numero,
        imotep=imotep,
        groupe=groupe,
        phase=phase,
        rang=rang,
        effectif=effectif,
        offerts=offerts,
        pourvus=pourvus,
    )


def read_places(ligne: Ligne, rang: int | None) -> tuple[int | None, int]:
    """Without « Postes pourvus », all of them were as soon as somebody chose there."""
    offerts = ligne.entier("offerts", minimum=1, maximum=POSTES_MAX, quoi="un nombre de postes")
    pourvus = ligne.entier("pourvus", minimum=0, maximum=POSTES_MAX, quoi="un nombre de postes")
    if offerts is None and not ligne.anomalies:
        ligne.refuse("offerts", "cette cellule est vide. Écrivez le nombre de postes offerts.")
    if pourvus is None:
        pourvus = (offerts or 0) if rang is not None else 0
    if offerts is not None and pourvus > offerts:
        ligne.refuse("pourvus", f"{pourvus} postes pourvus sur {offerts} offerts. Corrigez l’un des deux.")
    if (rang is None) != (pourvus == 0) and not ligne.anomalies:
        ligne.refuse(
            "rang", "un dernier rang va avec au moins un poste pourvu, et l’inverse. Corrigez la ligne."
        )
    return offerts, pourvus
