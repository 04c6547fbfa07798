"""How texts are folded to be sorted and found: one function, so that both stores agree."""

import unicodedata


def fold(texte: str) -> str:
    """No case, no accents: « Réanimation » and « REANIMATION » are one word."""
    plat = unicodedata.normalize("NFKD", texte)
    return "".join(signe for signe in plat if not unicodedata.combining(signe)).casefold()
