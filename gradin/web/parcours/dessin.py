"""What the pages draw: the strip of semesters, the bar of a requirement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gradin.domain.maquettes.progression import Avancement, AvancementPhase
from gradin.domain.parcours.anciennete import next_semestre
from gradin.domain.parcours.modele import RECHERCHE, STAGES
from gradin.queries.parcours.lignes import LigneLue, ParcoursLu

LARGEUR, EPAISSEUR = 200, 14
MOIS = {"05": "mai", "11": "nov."}
SYMBOLES = {"valide": "coche", "presume": "horloge", "non_valide": "interdit"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One semester of the strip: never told by its colour alone."""

    mois: str
    annee: str
    classe: str
    symbole: str
    dit: str
    ancre: str


def draw_frise(lu: ParcoursLu) -> tuple[Case, ...]:
    """From the beginning of the internship to the semester one chooses, the oldest first."""
    lignes = {ligne.semestre: ligne for ligne in lu.lignes}
    codes = sorted({*lignes, lu.pour})
    toutes, code = [], codes[0]
    while code <= codes[-1]:
        toutes.append(_case(code, lignes.get(code), lu.pour))
        code = next_semestre(code)
    return tuple(toutes)


def draw_avancement(un: Avancement | AvancementPhase) -> SafeString:
    """Done, projected, owed, one after the other over what is demanded; the words beside say the same."""
    total = un.nombre if isinstance(un, AvancementPhase) else un.exigence.nombre
    fait, projete = min(un.fait, total), min(un.projete, max(0, total - un.fait))
    return format_html(
        '<svg class="jauge" viewBox="0 0 {0} {1}" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="jauge__du" width="{0}" height="{1}"/>'
        '<rect class="jauge__projete" width="{2}" height="{1}"/>'
        '<rect class="jauge__fait" width="{3}" height="{1}"/>{4}</svg>',
        LARGEUR,
        EPAISSEUR,
        f"{(fait + projete) / total * LARGEUR:.1f}",
        f"{fait / total * LARGEUR:.1f}",
        format_html_join("", "{}", ((_notch(rang / total * LARGEUR),) for rang in range(1, total))),
    )


def _notch(x: float) -> SafeString:
    return format_html('<line class="jauge__cran" x1="{0}" x2="{0}" y1="0" y2="{1}"/>', f"{x:.1f}", EPAISSEUR)


def _case(code: str, ligne: LigneLue | None, pour: str) -> Case:
    if ligne is None or ligne.manque:
        classe, symbole = ("a-choisir", "main") if code >= pour else ("manque", "alerte")
        dit = "semestre à choisir" if code >= pour else "rien n’est connu"
    else:
        genre = "stage" if ligne.situation in STAGES else "hors"
        genre = "recherche" if ligne.situation in RECHERCHE else genre
        classe, symbole = f"{ligne.etat} est-{genre}", SYMBOLES[ligne.etat]
        dit = f"{ligne.situation_dite}, {ligne.etat_dit.lower()}"
    return Case(
        mois=MOIS[code[5:]],
        annee=code[:4],
        classe=f"est-{classe}",
        symbole=symbole,
        dit=dit,
        ancre=f"#s{code}" if ligne is not None else "",
    )


def by_phase(avancements: Iterable[Avancement]) -> dict[str, list[tuple[Avancement, SafeString]]]:
    """Phase (empty: the whole course) → its requirements with their drawing."""
    groupes: dict[str, list[tuple[Avancement, SafeString]]] = {}
    for un in avancements:
        groupes.setdefault(un.exigence.phase or "", []).append((un, draw_avancement(un)))
    return groupes
