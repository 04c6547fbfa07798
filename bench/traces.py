"""Draws each table of a run: one SVG a table and unit, bars on a logarithmic scale.

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
SERIES = 3
VALEUR = re.compile(r"(?:[≤≥] )?(\d+(?:\.\d+)?) ?(\S*)")
COULEURS = ("#1b4965", "#f4a259", "#62b6cb")
LARGEUR, MARGE, DROITE, BARRE, ECART = 960, 380, 90, 11, 12
# 12 ms is still seen when the scale begins at 10.
AISE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The lines of one unit: name, then what was measured, the goal and the reference, or None."""

    titre: str
    reference: str
    lignes: tuple[tuple[str, tuple[float | None, ...]], ...]


def read_tables(texte: str) -> Iterator[Table]:
    """Those that `tableau.py` writes; what has no unit is a count, and is not drawn."""
    for bloc in re.findall(r"(?:^\|.*\n?)+", texte, re.MULTILINE):
        tete, _, *rangees = ([mot.strip() for mot in une.strip("| ").split("|")] for une in bloc.splitlines())
        for unite in dict.fromkeys(_read(rangee[1])[1] for rangee in rangees):
            lignes = tuple(_line(rangee) for rangee in rangees if _read(rangee[1])[1] == unite)
            if unite and any(valeur for _, valeurs in lignes for valeur in valeurs):
                yield Table(titre=f"{tete[0]}, {unite}", reference=tete[2], lignes=lignes)


def _line(rangee: Sequence[str]) -> tuple[str, tuple[float | None, ...]]:
    """A goal that is a ratio is drawn where the reference puts it."""
    nom, mesure, reference, _, but, *_ = rangee
    vise, genre = _read(but)
    if vise is not None and genre == "×":
        vise *= _read(reference)[0] or 0
    return nom, (_read(mesure)[0], vise, _read(reference)[0])


def _read(mots: str) -> tuple[float | None, str]:
    lu = VALEUR.fullmatch(mots)
    return (float(lu[1]), lu[2]) if lu else (None, "")


def draw(table: Table) -> str:
    """Decades of a logarithm: a choice of 10 ms and a storm of 3 s stand in one drawing."""
    valeurs = [v for _, ligne in table.lignes for v in ligne if v]
    bas, haut = math.floor(math.log10(min(valeurs) * AISE)), math.ceil(math.log10(max(valeurs)))
    pas = SERIES * BARRE + ECART
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
            f'<text x="12" y="22" font-size="15" font-weight="bold">{escape(table.titre)}</text>',
            *_legend(table.reference),
            *(mot for d in range(bas, haut + 1) for mot in _decade(d, x(10**d), hauteur)),
            *(mot for n, un in enumerate(table.lignes) for mot in _bars(*un, 56 + n * pas, x)),
            "</svg>\n",
        )
    )


def _legend(reference: str) -> Iterator[str]:
    for n, nom in enumerate(("measured", "goal", reference)):
        x = MARGE + n * 96
        yield f'<rect x="{x}" y="32" width="10" height="10" fill="{COULEURS[n]}"/>'
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
        yield f'<rect x="{MARGE}" y="{y}" {taille} fill="{COULEURS[n]}"/>'
        yield f'<text x="{fin + 4:.1f}" y="{y + BARRE - 2}" font-size="10">{valeur:g}</text>'


def main(fichiers: Sequence[str]) -> None:
    fichier = Path(fichiers[0]) if fichiers else max(RESULTATS.glob("*.md"))
    for numero, table in enumerate(read_tables(fichier.read_text("utf-8")), start=1):
        sortie = fichier.with_name(f"{fichier.stem}-{numero}.svg")
        sortie.write_text(draw(table), encoding="utf-8")
        print(f"{sortie}: {table.titre}")


if __name__ == "__main__":
    main(sys.argv[1:])
