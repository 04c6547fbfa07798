"""The last ranks of a service as bars, one a line of their table: how far down the list a poste was left."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from gradin.queries.services.rangs import RangPasse, SerieRangs

LARGEUR, HAUTEUR = 200, 20


def draw_bars(serie: SerieRangs, mon_rang: int | None) -> tuple[SafeString, ...]:
    """One drawing a semestre, all to one scale; the table beside says the same in words."""
    bout = max([scale_of(serie), mon_rang or 1])
    return tuple(_bar(rang, bout, mon_rang) for rang in serie.rangs)


def scale_of(serie: SerieRangs) -> int:
    return max((max(rang.effectif or 0, rang.rang or 0) for rang in serie.rangs), default=1) or 1


def _bar(rang: RangPasse, bout: int, mon_rang: int | None) -> SafeString:
    """The trough is the call list of that semestre; a bar to its end: some were left when all had chosen."""
    liste = _x(rang.effectif or bout, bout)
    plein = liste if rang.restants else _x(rang.rang or 0, bout)
    return format_html(
        '<svg class="barre-rang" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="barre-rang__liste" y="5" height="10" width="{}"/>'
        '<rect class="barre-rang__rang" y="5" height="10" width="{}"/>{}</svg>',
        LARGEUR,
        HAUTEUR,
        f"{liste:.1f}",
        f"{plein:.1f}",
        "" if mon_rang is None else _mine(_x(mon_rang, bout)),
    )


def _mine(x: float) -> SafeString:
    return format_html(
        '<line class="barre-rang__moi" x1="{0}" x2="{0}" y1="0" y2="{1}"/>', f"{x:.1f}", HAUTEUR
    )


def _x(rang: int, bout: int) -> float:
    return rang / bout * LARGEUR
