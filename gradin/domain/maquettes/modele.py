"""A maquette as data: its phases, its requirements; and what a stage or a poste brings to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PhaseMaquette(StrEnum):
    SOCLE = "socle"
    APPROFONDISSEMENT = "approfondissement"
    CONSOLIDATION = "consolidation"


class NatureAgrement(StrEnum):
    """Under which agrément a stage counts: the interne's own DES, another one, an option or a FST."""

    PRINCIPAL = "principal"
    COMPLEMENTAIRE = "complementaire"
    FONCTIONNEL = "fonctionnel"


class Lieu(StrEnum):
    HOSPITALIER = "hospitalier"
    AMBULATOIRE = "ambulatoire"


class MaquetteInvalide(ValueError):
    """A maquette that nobody could fulfil or read; French, says what to mend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terrain:
    """What a poste offers to a maquette. `texte`: folded words of service, fléchage, type, observations."""

    service: str
    des: str
    agrement: NatureAgrement
    universitaire: bool
    lieu: Lieu
    texte: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageFait:
    """One semester of stage that counts. `valide` False: presumed (running, or chosen for the next)."""

    semestre: str
    phase: PhaseMaquette
    terrain: Terrain
    valide: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Exigence:
    """At least `nombre` semesters that meet every condition said; what is empty asks nothing.

    `phase` None: over the whole course. `mots`: folded, one of them at least in the text of the terrain.
    `distincts`: one service counts once. `libre`: stages that no other requirement needs.
    """

    cle: str
    intitule: str
    nombre: int
    phase: PhaseMaquette | None = None
    des: frozenset[str] = frozenset()
    agrements: frozenset[NatureAgrement] = frozenset()
    universitaire: bool | None = None
    lieu: Lieu | None = None
    mots: tuple[str, ...] = ()
    distincts: bool = False
    libre: bool = False

    def accepts(self, phase: PhaseMaquette, terrain: Terrain) -> bool:
        """Whether this stage may count, whatever else was done."""
        return (
            self.phase in (None, phase)
            and (not self.des or terrain.des in self.des)
            and (not self.agrements or terrain.agrement in self.agrements)
            and self.universitaire in (None, terrain.universitaire)
            and self.lieu in (None, terrain.lieu)
            and (not self.mots or any(mot in terrain.texte for mot in self.mots))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Maquette:
    """`phases`: semesters of each, in order. `promotion_de`: first promotion it holds for, 0 for all."""

    des: str
    phases: tuple[tuple[PhaseMaquette, int], ...]
    exigences: tuple[Exigence, ...] = ()
    promotion_de: int = 0
    version: int = 0

    def __post_init__(self) -> None:
        check_maquette(self)

    @property
    def semestres(self) -> int:
        return sum(nombre for _, nombre in self.phases)


def check_maquette(maquette: Maquette) -> None:
    """Raises MaquetteInvalide."""
    durees = dict(maquette.phases)
    if not durees or min(durees.values()) < 1:
        raise MaquetteInvalide("Chaque phase dure au moins un semestre. Corrigez sa durée.")
    cles = [exigence.cle for exigence in maquette.exigences]
    if len(set(cles)) < len(cles):
        raise MaquetteInvalide("Deux exigences portent le même intitulé. Distinguez-les.")
    for exigence in maquette.exigences:
        duree = maquette.semestres if exigence.phase is None else durees.get(exigence.phase, 0)
        if not 1 <= exigence.nombre <= duree:
            raise MaquetteInvalide(
                f"« {exigence.intitule} » demande {exigence.nombre} semestres pour {duree} possibles. "
                "Corrigez le nombre ou la phase."
            )


def default_phases(annees: int, *, chirurgie: bool) -> tuple[tuple[PhaseMaquette, int], ...]:
    """When nothing else is known: socle 2, consolidation 2 (4 in six-year surgery), the rest between."""
    consolidation = 4 if annees >= 6 and chirurgie else 2
    milieu = max(1, 2 * annees - 2 - consolidation)
    return (
        (PhaseMaquette.SOCLE, 2),
        (PhaseMaquette.APPROFONDISSEMENT, milieu),
        (PhaseMaquette.CONSOLIDATION, consolidation),
    )
