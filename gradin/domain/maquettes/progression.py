"""How far an interne is in his maquette, and whether a poste serves what he still owes.

A stage may serve several requirements at once; only a free one (`libre`) takes what no other needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from gradin.domain.maquettes.modele import Exigence, Maquette, PhaseMaquette, StageFait, Terrain

# Among how many stages a free one is looked for exactly; a course has twelve semesters at most.
CHERCHES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Avancement:
    """`fait` (validated) + `projete` (presumed) + `du` (owed) is what the requirement demands."""

    exigence: Exigence
    fait: int
    projete: int

    @property
    def du(self) -> int:
        return self.exigence.nombre - self.fait - self.projete


@dataclass(frozen=True, slots=True, kw_only=True)
class AvancementPhase:
    """Semesters of one phase; more done than it lasts shows in `fait`."""

    phase: PhaseMaquette
    nombre: int
    fait: int
    projete: int

    @property
    def du(self) -> int:
        return max(0, self.nombre - self.fait - self.projete)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progression:
    maquette: Maquette
    phases: tuple[AvancementPhase, ...]
    exigences: tuple[Avancement, ...]

    @property
    def is_complete(self) -> bool:
        return not any(avancement.du for avancement in self.exigences)


def compute_progression(maquette: Maquette, stages: Iterable[StageFait]) -> Progression:
    """The order of the stages does not matter."""
    tous = tuple(sorted(stages, key=lambda stage: (stage.semestre, stage.terrain.service)))
    valides = tuple(stage for stage in tous if stage.valide)
    return Progression(
        maquette=maquette,
        phases=tuple(_phase(phase, nombre, tous) for phase, nombre in maquette.phases),
        exigences=tuple(
            Avancement(
                exigence=exigence,
                fait=(fait := reach(maquette, exigence, valides)),
                projete=reach(maquette, exigence, tous) - fait,
            )
            for exigence in maquette.exigences
        ),
    )


def serves(
    maquette: Maquette, stages: Sequence[StageFait], phase: PhaseMaquette, terrain: Terrain
) -> tuple[Exigence, ...]:
    """The requirements that this poste, taken in this phase, would bring nearer; none: hors maquette.

    A free one is brought nearer by a poste of another phase too: what it serves sets an earlier stage free.
    """
    return serves_owed(maquette, list_owed(maquette, stages), stages, phase, terrain)


def list_owed(maquette: Maquette, stages: Sequence[StageFait]) -> tuple[tuple[Exigence, int], ...]:
    """The requirements that are not met, each with what is there: counted once for many postes."""
    lues = ((exigence, reach(maquette, exigence, stages)) for exigence in maquette.exigences)
    return tuple((exigence, atteint) for exigence, atteint in lues if atteint < exigence.nombre)


def serves_owed(
    maquette: Maquette,
    dues: Iterable[tuple[Exigence, int]],
    stages: Sequence[StageFait],
    phase: PhaseMaquette,
    terrain: Terrain,
) -> tuple[Exigence, ...]:
    """`serves`, for who has already asked `list_owed` of these stages."""
    avec = (*stages, StageFait(semestre="9999-11", phase=phase, terrain=terrain, valide=False))
    return tuple(
        exigence
        for exigence, atteint in dues
        if (exigence.libre or exigence.accepts(phase, terrain)) and reach(maquette, exigence, avec) > atteint
    )


def reach(maquette: Maquette, exigence: Exigence, stages: Sequence[StageFait]) -> int:
    """How many of the semesters that the requirement demands are there, never more than it demands."""
    if exigence.libre:
        return min(exigence.nombre, _count_free(maquette, exigence, stages))
    return min(exigence.nombre, _count(exigence, stages))


def _count(exigence: Exigence, stages: Iterable[StageFait]) -> int:
    acceptes = [stage.terrain.service for stage in stages if exigence.accepts(stage.phase, stage.terrain)]
    return len(set(acceptes)) if exigence.distincts else len(acceptes)


def _count_free(maquette: Maquette, libre: Exigence, stages: Sequence[StageFait]) -> int:
    """The most stages that can be set aside without any other requirement losing one."""
    autres = [exigence for exigence in maquette.exigences if not exigence.libre]
    ici = [stage for stage in stages if libre.accepts(stage.phase, stage.terrain)]
    ailleurs = [stage for stage in stages if not libre.accepts(stage.phase, stage.terrain)]
    utiles = [stage for stage in ici if any(une.accepts(stage.phase, stage.terrain) for une in autres)]
    inutiles = len(ici) - len(utiles)
    atteints = [(une, reach(maquette, une, stages)) for une in autres]

    def suffit(gardes: Iterable[StageFait]) -> bool:
        ensemble = [*ailleurs, *gardes]
        return all(_count(une, ensemble) >= atteint for une, atteint in atteints)

    cherches, reste = utiles[:CHERCHES], utiles[CHERCHES:]
    for taille in range(len(cherches) + 1):
        if any(suffit((*gardes, *reste)) for gardes in combinations(cherches, taille)):
            return inutiles + len(cherches) - taille
    return inutiles


def _phase(phase: PhaseMaquette, nombre: int, stages: Iterable[StageFait]) -> AvancementPhase:
    siens = [stage for stage in stages if stage.phase is phase]
    fait = sum(stage.valide for stage in siens)
    return AvancementPhase(phase=phase, nombre=nombre, fait=fait, projete=len(siens) - fait)
