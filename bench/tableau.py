"""What a measure found: one figure a line, beside its reference and its goal; printed in one way."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """`reference`: the same figure of what the table names. `au_plus` and `au_moins` are goals of the figure
    itself, `fois` the most that it may be of its reference; at most one of them.
    """

    nom: str
    valeur: float
    unite: str = "ms"
    reference: float | None = None
    au_plus: float | None = None
    au_moins: float | None = None
    fois: float | None = None

    @property
    def rapport(self) -> float | None:
        return self.valeur / self.reference if self.reference else None

    @property
    def atteint(self) -> bool | None:
        """None: no goal was set."""
        if self.au_plus is not None:
            return self.valeur <= self.au_plus
        if self.au_moins is not None:
            return self.valeur >= self.au_moins
        if self.fois is not None:
            return self.rapport is not None and self.rapport <= self.fois
        return None

    def write(self) -> str:
        rapport = "–" if self.rapport is None else f"{self.rapport:.2f}"
        reference = "–" if self.reference is None else self._say(self.reference)
        reponse = {None: "–", True: "reached", False: "**missed**"}[self.atteint]
        cases = (self.nom, self._say(self.valeur), reference, rapport, self._goal(), reponse)
        return f"| {' | '.join(cases)} |"

    def _goal(self) -> str:
        if self.au_plus is not None:
            return f"≤ {self._say(self.au_plus)}"
        if self.au_moins is not None:
            return f"≥ {self._say(self.au_moins)}"
        return "–" if self.fois is None else f"≤ {self.fois:g} ×"

    def _say(self, valeur: float) -> str:
        """Three figures, or all those before the point."""
        decimales = 0 if valeur == int(valeur) or valeur >= 100 else 1 if valeur >= 10 else 2
        return f"{valeur:.{decimales}f} {self.unite}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tableau:
    """`reference`: what stands in the second column of figures. `notes`: what is not there, and why."""

    titre: str
    reference: str
    lignes: tuple[Ligne, ...]
    notes: tuple[str, ...] = ()

    def write(self) -> Iterator[str]:
        yield f"| {self.titre} | measured | {self.reference or 'reference'} | × | goal | |"
        yield "|---|---|---|---|---|---|"
        yield from (ligne.write() for ligne in self.lignes)
        yield ""
        for note in self.notes:
            yield note
            yield ""
