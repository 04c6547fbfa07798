"""What one experiment says: what was done, how often, what came of it, or why it did not run."""

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path


class Verdict(StrEnum):
    """`TEMOIN`: nothing broke, but nothing broke without the protection either: it proves nothing."""

    TENU = "held"
    ROMPU = "BROKEN"
    TEMOIN = "NO CONTROL"
    PAS_JOUE = "did not run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resultat:
    """`n` counts `unite`s. `temoin`: what happened with the protection removed. `remarque`: failures, limits.

    `chiffres`: what was measured, by name, in the order of the report.
    """

    nom: str
    invariants: str
    injecte: str
    verdict: Verdict
    n: int = 0
    unite: str = ""
    magasin: str = "-"
    chiffres: dict[str, str] = field(default_factory=dict)
    temoin: str = ""
    remarque: str = ""
    graine: int | None = None
    duree_s: float = 0.0
    joue_le: str = ""
    commit: str = ""
    charge: float = 0.0
    details: tuple[str, ...] = ()

    @property
    def bon(self) -> bool:
        return self.verdict in (Verdict.TENU, Verdict.PAS_JOUE)


def held(fautes: object) -> Verdict:
    """`fautes`: a count or a list of them."""
    return Verdict.ROMPU if fautes else Verdict.TENU


def write_resultats(fichier: Path, resultats: list[Resultat]) -> None:
    texte = json.dumps([asdict(un) for un in resultats], ensure_ascii=False, indent=1)
    fichier.write_text(texte, encoding="utf-8")


def read_resultats(fichier: Path) -> list[Resultat]:
    lus = json.loads(fichier.read_text(encoding="utf-8"))
    return [
        Resultat(**{**un, "verdict": Verdict(un["verdict"]), "details": tuple(un["details"])}) for un in lus
    ]
