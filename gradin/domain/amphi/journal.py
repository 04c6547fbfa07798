"""The journal's lines: facts numbered, committed to and chained; what anybody can verify."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from gradin.domain.amphi.empreintes import GENESE, canonical, commitment, iso, line_hash
from gradin.domain.amphi.encodage import Prive, decode, encode
from gradin.domain.amphi.facts import AmphiDemarre, ListeCorrigee
from gradin.domain.kernel import Fait

__all__ = [
    "GENESE",
    "LigneJournal",
    "canonical",
    "commitment",
    "decode",
    "encode",
    "line_hash",
    "seal",
    "write",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneJournal:
    """One line. `a` in ms; `sel` and `prive` are None together, as `c` is."""

    n: int
    a: int
    fait: str
    p: dict[str, Any]
    c: str | None
    h: str
    sel: str | None
    prive: Prive

    def publique(self) -> dict[str, Any]:
        """The exported public form."""
        return {"n": self.n, "a": iso(self.a), "fait": self.fait, "p": self.p, "c": self.c, "h": self.h}

    def complete(self) -> dict[str, Any]:
        """The exported form with the openings of the private part."""
        if self.c is None:
            return self.publique()
        return {**self.publique(), "sel": self.sel, "prive": self.prive}

    def to_fait(self) -> Fait:
        return decode(self.fait, self.a, self.p, self.prive)


def seal(fait: Fait, sels: Iterator[str]) -> Fait:
    """The same fact, each line of its list with its own sel (32 hex digits)."""
    if isinstance(fait, (AmphiDemarre, ListeCorrigee)) and not fait.sels:
        return replace(fait, sels=tuple(next(sels) for _ in fait.liste))
    return fait


def write(n: int, h: str, faits: Iterable[Fait], sels: Iterator[str]) -> tuple[LigneJournal, ...]:
    """The lines that follow line `n` of hash `h` (0 and GENESE before the first)."""
    lignes = []
    for fait in faits:
        ligne = _line(n + 1, h, seal(fait, sels), sels)
        lignes.append(ligne)
        n, h = ligne.n, ligne.h
    return tuple(lignes)


def _line(n: int, previous_h: str, fait: Fait, sels: Iterator[str]) -> LigneJournal:
    nom, p, prive = encode(fait)
    sel = None if prive is None else next(sels)
    c = None if sel is None or prive is None else commitment(sel, prive)
    h = line_hash(previous_h, a=iso(fait.a), c=c, fait=nom, n=n, p=p)
    return LigneJournal(n=n, a=fait.a, fait=nom, p=p, c=c, h=h, sel=sel, prive=prive)
