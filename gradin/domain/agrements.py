"""Whether a poste stands on a valid agrément: service, DES, phase, dates, capacity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# Régime of a poste → the phase that its agrément must cover; ancien régime shares with approfondissement.
PHASES: Mapping[str, str] = {
    "socle": "socle",
    "ancien-regime": "approfondissement",
    "approfondissement": "approfondissement",
    "ar-approfondissement": "approfondissement",
    "consolidation": "consolidation",
}


class DefautAgrement(StrEnum):
    """Why a poste has no valid agrément, the nearest miss first."""

    CAPACITE = "capacite"
    SUSPENDU = "suspendu"
    DATES = "dates"
    PHASE = "phase"
    AUCUN = "aucun"


MOTS: Mapping[DefautAgrement, str] = {
    DefautAgrement.CAPACITE: "la capacité de son agrément est dépassée",
    DefautAgrement.SUSPENDU: "son agrément est suspendu ou retiré",
    DefautAgrement.DATES: "son agrément n’est pas en cours au début du semestre",
    DefautAgrement.PHASE: "son agrément ne couvre pas cette phase",
    DefautAgrement.AUCUN: "aucun agrément pour ce DES",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AgrementTenu:
    """`service`: IMOTEP. `du`, `au`: both included. `capacite`: internes at a time, all its phases."""

    service: str
    des: str
    phases: frozenset[str]
    capacite: int
    du: date
    au: date
    valide: bool = True

    def covers(self, jour: date) -> bool:
        return self.du <= jour <= self.au


@dataclass(frozen=True, slots=True, kw_only=True)
class PosteAgree:
    """A poste to judge. `cle` names it in the answer."""

    cle: str
    service: str
    des: str
    regime: str


def find_defauts(
    postes: Sequence[PosteAgree], agrements: Iterable[AgrementTenu], debut: date
) -> dict[str, DefautAgrement]:
    """Postes without a valid agrément on `debut`, the semestre's first day. The earlier take the capacity."""
    tenus: dict[tuple[str, str], list[AgrementTenu]] = {}
    for agrement in agrements:
        tenus.setdefault((agrement.service, agrement.des), []).append(agrement)
    pris: Counter[AgrementTenu] = Counter()
    defauts: dict[str, DefautAgrement] = {}
    for poste in postes:
        siens = tenus.get((poste.service, poste.des), [])
        juges = [(_judge(agrement, poste, debut, pris[agrement]), agrement) for agrement in siens]
        bon = next((agrement for defaut, agrement in juges if defaut is None), None)
        if bon is not None:
            pris[bon] += 1
            continue
        defauts[poste.cle] = _nearest([defaut for defaut, _ in juges if defaut is not None])
    return defauts


def _judge(agrement: AgrementTenu, poste: PosteAgree, debut: date, pris: int) -> DefautAgrement | None:
    if PHASES.get(poste.regime) not in agrement.phases:
        return DefautAgrement.PHASE
    if not agrement.covers(debut):
        return DefautAgrement.DATES
    if not agrement.valide:
        return DefautAgrement.SUSPENDU
    return DefautAgrement.CAPACITE if pris >= agrement.capacite else None


def _nearest(defauts: Sequence[DefautAgrement]) -> DefautAgrement:
    """Of several agréments, the one that nearly fits says what to mend."""
    ordre = list(DefautAgrement)
    return min(defauts, key=ordre.index, default=DefautAgrement.AUCUN)
