"""Bars and columns drawn by the server; their words are HTML beside them, of a size that never shrinks."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

LARGEUR, HAUTEUR = 200, 120
EPAISSEUR = 12
# What is not nought is seen.
MINIMUM = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Colonne:
    """`mot` under it, `valeur` over it."""

    mot: str
    valeur: str
    dessin: SafeString
    marque: bool = False


def draw_bar(part: float | None) -> SafeString:
    """A trough of one hundred and what is full of it; empty without a figure."""
    if part is None:
        return SafeString("")
    return format_html(
        '<svg class="barre" viewBox="0 0 {0} {1}" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="barre__creux" width="{0}" height="{1}"/>'
        '<rect class="barre__plein" width="{2}" height="{1}"/></svg>',
        LARGEUR,
        EPAISSEUR,
        f"{_seen(part * LARGEUR / 100):.1f}",
    )


def draw_columns(
    mots: Sequence[str], valeurs: Sequence[float | None], dites: Sequence[str], bout: float, marque: int = -1
) -> tuple[Colonne, ...]:
    """`bout`: the value of a whole column. `marque`: the one looked at."""
    return tuple(
        Colonne(
            mot=mot, valeur=dite, dessin=_column((valeur or 0) / bout if bout else 0), marque=rang == marque
        )
        for rang, (mot, valeur, dite) in enumerate(zip(mots, valeurs, dites, strict=True))
    )


def draw_need(ouverts: int, proposes: int, requis: int) -> SafeString:
    """What is opened, what is still proposed after it, and a line where the need stands."""
    bout = max(ouverts + proposes, requis)
    if not bout:
        return SafeString("")
    plein, etude, besoin = (LARGEUR * un / bout for un in (ouverts, proposes, requis))
    return format_html(
        '<svg class="barre barre--besoin" viewBox="0 0 {0} {1}" preserveAspectRatio="none" '
        'aria-hidden="true"><rect class="barre__creux" width="{0}" height="{1}"/>'
        '<rect class="barre__plein" width="{2}" height="{1}"/>'
        '<rect class="barre__etude" x="{2}" width="{3}" height="{1}"/>'
        '<rect class="barre__seuil" x="{4}" width="2" height="{1}"/></svg>',
        LARGEUR,
        EPAISSEUR,
        f"{plein:.1f}",
        f"{etude:.1f}",
        f"{min(besoin, LARGEUR - 2):.1f}",
    )


def _column(part: float) -> SafeString:
    haut = _seen(part * HAUTEUR)
    return format_html(
        '<svg class="colonne__dessin" viewBox="0 0 10 {0}" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="barre__creux" width="10" height="{0}"/>'
        '<rect class="barre__plein" y="{1}" width="10" height="{2}"/></svg>',
        HAUTEUR,
        f"{HAUTEUR - haut:.1f}",
        f"{haut:.1f}",
    )


def _seen(longueur: float) -> float:
    return max(MINIMUM, longueur) if longueur > 0 else 0.0
