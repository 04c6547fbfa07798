"""Draws each table of a run: one SVG a table, bars on a logarithmic scale, in the order of the table.

`python -m bench.traces [FICHIER.md]`: of the last run when none is named; the drawings stand beside it.
"""

import math
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

RESULTATS = Path(__file__).parent / "results"
# What is drawn of a table; other columns are counts and ratios.
TRACEES = re.compile(r"(?:first|p50|p95|p99|last|worst|CPU) ms")
COULEURS = ("#1b4965", "#62b6cb", "#f4a259", "#bc4b51", "#5b8e7d", "#8d6a9f")
LARGEUR, MARGE, DROITE, BARRE, ECART = 960, 330, 90, 11, 12
# 12 ms is still seen when the scale begins at 10.
AISE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`series`: names of the columns drawn; `lignes`: name, then a value each or None."""

    titre: str
    series: tuple[str, ...]
    lignes: tuple[tuple[str, tuple[float | None, ...]], ...]


def read_tables(texte: str) -> Iterator[Table]:
    """Those of a Markdown text that have milliseconds; two may follow each other without an empty line."""
    for bloc in re.findall(r"(?:^\|.*\n?)+", texte, re.MULTILINE):
        rangees = [[mot.strip() for mot in une.strip("| ").split("|")] for une in bloc.strip().splitlines()]
        traits = [n for n, rangee in enumerate(rangees) if n and set("".join(rangee)) <= set("-: ")]
        for debut, suivant in zip(traits, [*traits[1:], len(rangees) + 1], strict=True):
            table = _table(rangees[debut - 1], rangees[debut + 1 : suivant - 1])
            if any(valeur for _, ligne in table.lignes for valeur in ligne):
                yield table


def _table(tete: Sequence[str], rangees: Sequence[Sequence[str]]) -> Table:
    colonnes = [n for n, mot in enumerate(tete) if TRACEES.fullmatch(mot)]
    return Table(
        titre=tete[0],
        series=tuple(tete[n] for n in colonnes),
        lignes=tuple((rangee[0], tuple(_number(rangee, n) for n in colonnes)) for rangee in rangees),
    )


def _number(rangee: Sequence[str], n: int) -> float | None:
    try:
        return float(rangee[n].replace(",", ""))
    except (IndexError, ValueError):
        return None


def draw(table: Table) -> str:
    """Decades of a logarithm: a choice of 10 ms and a storm of 3 s stand in one drawing."""
    valeurs = [v for _, ligne in table.lignes for v in ligne if v]
    bas, haut = math.floor(math.log10(min(valeurs) * AISE)), math.ceil(math.log10(max(valeurs)))
    pas = len(table.series) * BARRE + ECART
    hauteur = 74 + pas * len(table.lignes)

    def x(valeur: float) -> float:
        part = (math.log10(valeur) - bas) / max(1, haut - bas)
        return MARGE + max(0.0, part) * (LARGEUR - MARGE - DROITE)

    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LARGEUR} {hauteur}"',
            ' font-family="sans-serif" font-size="12">',
            f"<title>{escape(table.titre)}</title>",
            f'<rect width="{LARGEUR}" height="{hauteur}" fill="#fff"/>',
            f'<text x="12" y="22" font-size="15" font-weight="bold">{escape(table.titre)}, ms</text>',
            *_legend(table.series),
            *(mot for d in range(bas, haut + 1) for mot in _decade(d, x(10**d), hauteur)),
            *(mot for n, un in enumerate(table.lignes) for mot in _bars(*un, 56 + n * pas, x)),
            "</svg>\n",
        )
    )


def _legend(series: Sequence[str]) -> Iterator[str]:
    for n, nom in enumerate(series):
        x = MARGE + n * 96
        yield f'<rect x="{x}" y="32" width="10" height="10" fill="{COULEURS[n % len(COULEURS)]}"/>'
        yield f'<text x="{x + 14}" y="41">{escape(nom)}</text>'


def _decade(exposant: int, x: float, hauteur: int) -> Iterator[str]:
    yield f'<path d="M{x:.1f} 50V{hauteur - 18}" stroke="#ddd"/>'
    yield f'<text x="{x:.1f}" y="{hauteur - 4}" text-anchor="middle" fill="#555">{10.0**exposant:g}</text>'


def _bars(nom: str, ligne: Sequence[float | None], haut: float, x: Callable[[float], float]) -> Iterator[str]:
    milieu = haut + len(ligne) * BARRE / 2 + 4
    yield f'<text x="{MARGE - 8}" y="{milieu:.0f}" text-anchor="end">{escape(nom)}</text>'
    for n, valeur in enumerate(ligne):
        if not valeur:
            continue
        y, fin = haut + n * BARRE, x(valeur)
        taille = f'width="{max(1.0, fin - MARGE):.1f}" height="{BARRE - 2}"'
        yield f'<rect x="{MARGE}" y="{y}" {taille} fill="{COULEURS[n % len(COULEURS)]}"/>'
        yield f'<text x="{fin + 4:.1f}" y="{y + BARRE - 2}" font-size="10">{valeur:g}</text>'


def main(fichiers: Sequence[str]) -> None:
    fichier = Path(fichiers[0]) if fichiers else max(RESULTATS.glob("*.md"))
    for numero, table in enumerate(read_tables(fichier.read_text("utf-8")), start=1):
        sortie = fichier.with_name(f"{fichier.stem}-{numero}.svg")
        sortie.write_text(draw(table), encoding="utf-8")
        print(f"{sortie}: {table.titre}")


if __name__ == "__main__":
    main(sys.argv[1:])
