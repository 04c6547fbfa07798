"""When a forecast may be shown, and in which words: few who share would be few who can be guessed."""

from math import ceil

PARTAGES_MINIMAUX = 5
PART_MINIMALE_POUR_CENT = 20
# Fewer than that among those before me: their own lists are not followed, everybody's are imitated.
PARTAGES_AVANT = 5


def partages_voulus(effectif: int) -> int:
    return max(PARTAGES_MINIMAUX, ceil(effectif * PART_MINIMALE_POUR_CENT / 100))


def say_chance(pour_cent: int) -> tuple[int, str, str]:
    """(tenths of the bar, the figure, the word)."""
    dixiemes = round(pour_cent / 10)
    if dixiemes >= 10:
        return 10, "plus de 9 chances sur 10", "presque sûr"
    if dixiemes == 0:
        return 0, "moins d’1 chance sur 10", "très peu probable"
    figure = f"{dixiemes}\u00a0chance{'s' if dixiemes > 1 else ''} sur 10"
    return dixiemes, figure, "probable" if dixiemes >= 7 else "possible" if dixiemes >= 4 else "peu probable"
