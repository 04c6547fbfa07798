"""The progress chart of an amphi, drawn by the server: choices made, hours foreseen, pauses."""

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gradin.queries.regie.avancement import Avancement
from gradin.web.templatetags.gradin import heure

LARGEUR, HAUTEUR = 570, 222
GAUCHE, DROITE, HAUT, BAS = 38.0, 560.0, 18.0, 196.0
PAS_DES_HEURES = (5, 10, 15, 30, 60, 120, 240, 480, 1_440)
POINTS_DESSINES = 240


def draw(avancement: Avancement, fuseau: str) -> SafeString:
    """An SVG whose sentence says the same as the drawing; the figures stand in a table beside it."""
    trace = _thin([*avancement.points, (_now(avancement), avancement.faits)])
    return format_html(
        '<svg class="courbe" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}{}{}</svg>',
        LARGEUR,
        HAUTEUR,
        describe(avancement, fuseau),
        _pauses(avancement),
        _lines(avancement),
        _hours(avancement, fuseau),
        _curves(avancement, trace),
        _here(avancement, fuseau),
    )


def describe(avancement: Avancement, fuseau: str) -> str:
    mot = "choix fait" if avancement.faits < 2 else "choix faits"
    return f"{avancement.faits} {mot} sur {avancement.total} à {heure(_now(avancement), fuseau)}"


def _now(avancement: Avancement) -> int:
    """The curve stops at the last choice once nobody has a tour to come."""
    if avancement.fin_estimee is None:
        return avancement.points[-1][0]
    return min(avancement.maintenant, avancement.fin)


def _x(avancement: Avancement, a: int) -> float:
    part = (a - avancement.debut) / (avancement.fin - avancement.debut)
    return GAUCHE + max(0.0, min(1.0, part)) * (DROITE - GAUCHE)


def _y(avancement: Avancement, choix: int) -> float:
    return BAS - choix / avancement.total * (BAS - HAUT)


def _path(avancement: Avancement, points: Iterable[tuple[int, int]]) -> str:
    return "L".join(f"{_x(avancement, a):.1f} {_y(avancement, choix):.1f}" for a, choix in points)


def _curves(avancement: Avancement, trace: Sequence[tuple[int, int]]) -> SafeString:
    reel = _path(avancement, trace)
    debut, fin = _x(avancement, trace[0][0]), _x(avancement, trace[-1][0])
    prevu = _path(avancement, avancement.prevu)
    return format_html(
        '<path class="aire" d="M{0}L{1:} {3}L{2:} {3}z"/>{4}<path class="reel" d="M{0}"/>',
        reel,
        f"{fin:.1f}",
        f"{debut:.1f}",
        f"{BAS:g}",
        format_html('<path class="prevu" d="M{}"/>', prevu) if prevu else "",
    )


def _pauses(avancement: Avancement) -> SafeString:
    return format_html_join(
        "",
        '<rect class="pause" x="{}" y="18" width="{}" height="178"/>',
        (
            (f"{_x(avancement, de):.1f}", f"{max(1.5, _x(avancement, a) - _x(avancement, de)):.1f}")
            for de, a in avancement.pauses
        ),
    )


def _lines(avancement: Avancement) -> SafeString:
    """Five levels at most, whole numbers of choices."""
    niveaux = sorted({round(avancement.total * quart / 4) for quart in range(5)})
    return format_html_join(
        "",
        '<line class="grille" x1="38" y1="{0}" x2="560" y2="{0}"/>'
        '<text x="30" y="{1}" text-anchor="end">{2}</text>',
        ((f"{_y(avancement, n):.1f}", f"{_y(avancement, n) + 4:.1f}", n) for n in niveaux),
    )


def _hours(avancement: Avancement, fuseau: str) -> SafeString:
    duree = (avancement.fin - avancement.debut) / 60_000
    pas = next((pas for pas in PAS_DES_HEURES if duree / pas <= 6), PAS_DES_HEURES[-1]) * 60_000
    premier = -(-avancement.debut // pas) * pas
    return format_html_join(
        "",
        '<text x="{}" y="216" text-anchor="middle">{}</text>',
        (
            (f"{_x(avancement, a):.1f}", heure(a, fuseau))
            for a in range(premier, avancement.fin + 1, pas)
            if _x(avancement, a) > GAUCHE - 1
        ),
    )


def _here(avancement: Avancement, fuseau: str) -> SafeString:
    x, y = _x(avancement, _now(avancement)), _y(avancement, avancement.faits)
    loin = x > DROITE - 130
    return format_html(
        '<circle class="ici" cx="{}" cy="{}" r="6"/>'
        '<text class="fort" x="{}" y="{}" text-anchor="{}">{}</text>',
        f"{x:.1f}",
        f"{y:.1f}",
        f"{x - 12 if loin else x + 12:.1f}",
        f"{min(y + 16, BAS - 6):.1f}",
        "end" if loin else "start",
        f"{avancement.faits} choix à {heure(_now(avancement), fuseau)}",
    )


def _thin(points: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """As many points as the eye can tell apart, the last one kept."""
    pas = max(1, len(points) // POINTS_DESSINES)
    return [*points[:-1:pas], points[-1]]
