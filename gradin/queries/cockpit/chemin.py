"""What a step of the semester is: its figures, what blocks it, the act that comes next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gradin.queries.cockpit.amphis import LigneAmphi


class Statut(StrEnum):
    FAIT = "fait"
    BLOQUE = "bloque"
    A_FAIRE = "a_faire"
    EN_COURS = "en_cours"
    ATTEND = "attend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocage:
    """What stops, in words, and the link that mends it."""

    texte: str
    href: str
    mot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """What to do next. `acte`: the form of the page that does it, empty for a plain link."""

    mot: str
    href: str = ""
    acte: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Etape:
    """`ici`: the first one that is not done. `suite`: its next act, when it has one."""

    cle: str
    titre: str
    statut: Statut
    chiffres: str
    blocages: tuple[Blocage, ...] = ()
    suite: Suite | None = None
    href: str = ""
    ici: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Comptes:
    """Figures of one subdivision. `manques`: (code, DES, postes, postes the rule of opening wants).

    `ouverture`: the opening of its postes when there is one, with what waits there.
    """

    semestre: str
    subdivision: str
    internes: int = 0
    sans_rang: int = 0
    sans_amphi: int = 0
    postes: int = 0
    manques: tuple[tuple[str, str, int, int], ...] = ()
    amphis: tuple[LigneAmphi, ...] = ()
    ouverture: int | None = None
    a_etudier: int = 0
    a_publier: int = 0
