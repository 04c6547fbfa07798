"""The two figures of the product, drawn once by the server: l'hémicycle and le minuteur."""

import math
from dataclasses import dataclass
from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

CENTRE_X, CENTRE_Y = 240.0, 222.0
RAYON_MILIEU = 138.0
PROFONDEUR = 120.0
PAS_MAXIMAL = 30.0
MARGE_DEGRES = 4.0
PALIERS = (126, 111, 96)
SIEGES_PAR_PALIER = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Siege:
    """Where a seat stands in the drawing, and how big seats are there."""

    x: float
    y: float
    rayon: float


@register.simple_tag
def hemicycle(internes, moi: int | None = None, choisit: int | None = None) -> SafeString:
    """Draws one seat per interne, in call order.

    `internes`: objects or dictionaries with `interne`, `rang`, `statut`. `moi`, `choisit`: their numbers.
    The module of the salle only changes the class of seats that this drawing has placed.
    """
    lignes = [read_line(ligne) for ligne in internes]
    sieges = place_seats(len(lignes))
    devant = internes_before(lignes, moi, choisit)
    ronds = mark_safe(
        "".join(
            draw_seat(numero, seat_class(numero, statut, moi, choisit, devant), siege)
            for (numero, _, statut), siege in zip(lignes, sieges, strict=True)
        )
    )
    places = {numero: siege for (numero, _, _), siege in zip(lignes, sieges, strict=True)}
    return format_html(
        '<svg class="hemicycle" viewBox="0 0 480 234" role="img" aria-label="{}" data-hemicycle>'
        '<defs><radialGradient id="halo"><stop class="halo-1" offset="0"/><stop class="halo-2" offset="1"/>'
        '</radialGradient></defs><path class="hemicycle__estrade" d="M200 222a40 40 0 0 1 80 0"/>'
        "{}{}{}</svg>",
        describe(lignes, moi, choisit),
        draw_light(places.get(choisit) if choisit is not None else None),
        ronds,
        draw_me(places.get(moi) if moi is not None else None),
    )


@register.simple_tag
def minuteur(reste_ms: int, total_ms: int = 90_000) -> SafeString:
    """Three tiers are the whole turn; the outer one empties first. `reste_ms` as of this rendering."""
    reste = max(0, min(reste_ms, total_ms))
    allumes = -(-reste * SIEGES_PAR_PALIER * len(PALIERS) // total_ms) if total_ms else 0
    paliers = format_html_join("", "{}", ((draw_tier(i, allumes),) for i in range(len(PALIERS))))
    secondes = math.ceil(reste / 1000)
    return format_html(
        '<div class="minuteur" data-minuteur><svg viewBox="18 6 264 134" aria-hidden="true">{}</svg>'
        '<p class="minuteur__temps" role="timer" aria-live="off"><span data-secondes>{}</span>'
        "<small data-unite>{}</small></p></div>",
        paliers,
        secondes,
        "seconde" if secondes < 2 else "secondes",
    )


def draw_seat(numero: int, classe: str, siege: Siege) -> str:
    """Numbers and known words only: nothing to escape, and 1,100 of them on a page."""
    return (
        f'<circle class="siege{classe}" data-siege="{int(numero)}"'
        f' cx="{siege.x:.1f}" cy="{siege.y:.1f}" r="{siege.rayon:g}"/>'
    )


@lru_cache(maxsize=256)
def place_seats(combien: int) -> tuple[Siege, ...]:
    """Rows filled from the front, each read the other way round, so that the light never jumps."""
    if combien == 0:
        return ()
    # Seats as far apart along a row as rows are from each other; few internes sit in few rows.
    rangs = max(1, min(round(combien / 10), round((1 + math.sqrt(1 + 0.93 * combien)) / 2)))
    pas = min(PAS_MAXIMAL, PROFONDEUR / max(1, rangs - 1))
    rayons = [RAYON_MILIEU + pas * (i - (rangs - 1) / 2) for i in range(rangs)]
    tailles = share_seats(combien, rayons)
    rayon = round(0.3 * pas, 1)
    return tuple(
        place_seat(r, i, taille, rayon, reverse=bool(numero % 2))
        for numero, (r, taille) in enumerate(zip(rayons, tailles, strict=True))
        for i in range(taille)
    )


def share_seats(combien: int, rayons: list[float]) -> list[int]:
    """Each row receives seats as its length allows, to the last one."""
    total = sum(rayons)
    parts = [combien * r / total for r in rayons]
    tailles = [int(part) for part in parts]
    restes = sorted(range(len(parts)), key=lambda i: tailles[i] - parts[i])
    for i in restes[: combien - sum(tailles)]:
        tailles[i] += 1
    return tailles


def place_seat(rayon_rang: float, i: int, taille: int, rayon: float, *, reverse: bool) -> Siege:
    part = i / (taille - 1) if taille > 1 else 0.5
    if reverse:
        part = 1 - part
    angle = math.radians(180 - MARGE_DEGRES - part * (180 - 2 * MARGE_DEGRES))
    return Siege(
        x=CENTRE_X + rayon_rang * math.cos(angle), y=CENTRE_Y - rayon_rang * math.sin(angle), rayon=rayon
    )


def read_line(ligne) -> tuple[int, int, str]:
    if isinstance(ligne, dict):
        return ligne["interne"], ligne["rang"], str(ligne["statut"])
    return ligne.interne, ligne.rang, str(ligne.statut)


def internes_before(lignes, moi: int | None, choisit: int | None) -> frozenset[int]:
    """Who has a tour before mine, as far as the order of ranks says it."""
    rang_moi = next((rang for numero, rang, _ in lignes if numero == moi), None)
    if rang_moi is None:
        return frozenset()
    return frozenset(n for n, rang, statut in lignes if statut == "a_venir" and rang < rang_moi)


def seat_class(numero: int, statut: str, moi: int | None, choisit: int | None, devant: frozenset[int]) -> str:
    if numero == choisit:
        return " siege--choisit"
    if numero == moi:
        return " siege--moi"
    if statut == "a_choisi":
        return " siege--pris"
    if statut in ("passe", "hors_choix"):
        return " siege--absent"
    return " siege--devant" if numero in devant else ""


def describe(lignes, moi: int | None, choisit: int | None) -> str:
    rangs = {numero: rang for numero, rang, _ in lignes}
    phrases = [f"Les {len(lignes)} places de l’amphithéâtre."]
    if choisit in rangs:
        phrases.append(f"Le rang {rangs[choisit]} choisit.")
    if moi in rangs:
        phrases.append(f"Vous êtes au rang {rangs[moi]}.")
    return " ".join(phrases)


def draw_light(siege: Siege | None) -> SafeString:
    x, y, rayon = (siege.x, siege.y, siege.rayon * 6) if siege else (CENTRE_X, CENTRE_Y, 0.0)
    return format_html(
        '<circle data-halo cx="{}" cy="{}" r="{}" fill="url(#halo)"/>', f"{x:.1f}", f"{y:.1f}", f"{rayon:g}"
    )


def draw_me(siege: Siege | None) -> SafeString | str:
    if siege is None:
        return ""
    return format_html(
        '<circle class="siege__anneau" cx="{0}" cy="{1}" r="{2}"/>'
        '<text class="hemicycle__mot" x="{0}" y="{3}">vous</text>',
        f"{siege.x:.1f}",
        f"{siege.y:.1f}",
        f"{max(siege.rayon * 1.62, 6):.1f}",
        f"{siege.y - max(siege.rayon * 1.62, 6) - 4.5:.1f}",
    )


def draw_tier(palier: int, allumes: int) -> SafeString:
    """The outermost tier is drawn first and holds the seconds that go first."""
    rayon = PALIERS[palier]
    gardes = SIEGES_PAR_PALIER * (len(PALIERS) - 1 - palier)
    sieges = max(0, min(SIEGES_PAR_PALIER, allumes - gardes))
    trace = f"M{150 - rayon} 139a{rayon} {rayon} 0 0 1 {2 * rayon} 0"
    return format_html(
        '<path class="eteint" d="{0}" pathLength="29.7" stroke-dasharray=".7 .3"/>'
        '<path class="allume" d="{0}" pathLength="29.7" stroke-dasharray="{1}" data-palier="{2}"/>',
        trace,
        lit_dashes(sieges),
        palier,
    )


def lit_dashes(sieges: int) -> str:
    """`stroke-dasharray` of a tier in which the first seats only are lit."""
    return "0 60" if sieges == 0 else ".7 .3 " * (sieges - 1) + ".7 60"
