"""What the rules of eligibility look at: a candidate, a place, the amphi's settings."""

from dataclasses import dataclass
from enum import StrEnum


class TypeChoix(StrEnum):
    CLASSIQUE = "classique"
    SURNOMBRE_VALIDANT = "surnombre_validant"
    SURNOMBRE_NON_VALIDANT = "surnombre_non_validant"


class Severite(StrEnum):
    """What a rule of the parcours does: refuse, say so in the recap, or nothing."""

    REFUSE = "refuse"
    AVERTIT = "avertit"
    IGNORE = "ignore"


class PolitiqueSurnombre(StrEnum):
    IDF = "idf"
    CVL = "cvl"
    INTERDIT = "interdit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidat:
    """`codes`: DES, DESC, FST, options. `valides`: services (IMOTEP) already validated.

    `hors_maquette`: postes that serve no requirement he still owes. With no parcours known both are empty.
    """

    rang: int
    type_choix: TypeChoix = TypeChoix.CLASSIQUE
    codes: frozenset[str] = frozenset()
    affecte: bool = False
    valides: frozenset[str] = frozenset()
    hors_maquette: frozenset[str] = frozenset()
    derogation: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One poste as it stands. `tenu`: held hors choix or by an earlier amphi of the chain."""

    poste: str
    service: str
    offert: bool = True
    retire: bool = False
    reserve: frozenset[str] = frozenset()
    tenu: bool = False
    rang_classique: int | None = None
    surnombres_service: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reglement:
    """The parameters of rules.md §4. `surnombres_max`: per service, None without limit."""

    politique: PolitiqueSurnombre = PolitiqueSurnombre.IDF
    surnombres_max: int | None = None
    deja_valide: Severite = Severite.AVERTIT
    maquette: Severite = Severite.AVERTIT
