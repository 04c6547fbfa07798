"""A mutant: the tree with one protection taken away, and the tests that must notice."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Retouche:
    """In `fichier`, the text `avant`, which stands there exactly once, becomes `apres`."""

    fichier: str
    avant: str
    apres: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """`tests`: what pytest is given. `magasin`: the store that they run on, `unit` for none."""

    nom: str
    faute: str
    retouches: tuple[Retouche, ...]
    tests: tuple[str, ...]
    magasin: str = "unit"


class RetoucheImpossible(Exception):
    """The text to change is not there, or more than once: the product has moved, its mutant must follow."""


def texts_of(racine: Path, mutant: Mutant) -> dict[str, str]:
    """What each file that it changes becomes; nothing is written. Raises RetoucheImpossible."""
    textes: dict[str, str] = {}
    for retouche in mutant.retouches:
        texte = textes.get(retouche.fichier) or (racine / retouche.fichier).read_text(encoding="utf-8")
        vus = texte.count(retouche.avant)
        if vus != 1:
            raise RetoucheImpossible(f"{retouche.fichier}: {vus} times: {retouche.avant!r}")
        textes[retouche.fichier] = texte.replace(retouche.avant, retouche.apres)
    return textes
