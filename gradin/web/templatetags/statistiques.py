"""Figures as a French reader writes them: rates, seconds, points gained or lost."""

from django import template

register = template.Library()
INSECABLE = "\u00a0"
MOINS = "\u2212"


@register.filter
def taux(valeur: float | None) -> str:
    """« 92,4 % »; nothing was offered: a dash."""
    return "–" if valeur is None else f"{_comma(valeur)}{INSECABLE}%"


@register.filter
def secondes(ms: int | None) -> str:
    """« 42 s », « 1 min 05 s »."""
    if ms is None:
        return "–"
    minutes, reste = divmod(round(ms / 1_000), 60)
    if not minutes:
        return f"{reste}{INSECABLE}s"
    return f"{minutes}{INSECABLE}min{INSECABLE}{reste:02d}{INSECABLE}s"


@register.filter
def points(ecart: float | None) -> str:
    """« + 3,2 points » against the semester before; empty when it cannot be said."""
    if ecart is None:
        return ""
    signe = "+" if ecart >= 0 else MOINS
    mot = "point" if abs(round(ecart, 1)) < 2 else "points"
    return f"{signe}{INSECABLE}{_comma(abs(ecart))}{INSECABLE}{mot}"


def _comma(valeur: float) -> str:
    """One decimal, dropped when it is nought; never rounded up to a full hundred."""
    arrondi = min(round(valeur, 1), 99.9) if valeur < 100 else round(valeur, 1)
    return f"{arrondi:.1f}".removesuffix(".0").replace(".", ",")
