"""« Mon espace »: the first page says why he came; each list is a page and a file."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from gradin.operations.droits import Acte, Qui
from gradin.operations.permissions import Interdit, can_read_espace, check_can_read_espace
from gradin.queries.espaces.accueil import read_bilan
from gradin.queries.espaces.perimetre import Perimetre, perimetre_of
from gradin.queries.individuelles.avis import count_waiting
from gradin.queries.public.semestres import SemestreLu, find_semestre
from gradin.queries.visiteurs import Visiteur, visiteur_of
from gradin.web.espace import tableaux
from gradin.web.public import requete

logger = logging.getLogger(__name__)
FORMATS = ("xlsx", "csv")
APERCU = 8
TITRES: dict[str, str] = {
    Qui.FACULTE: "Faculté",
    Qui.COORDONNATEUR: "Coordination du DES",
    Qui.ETABLISSEMENT: "Établissement",
    Qui.RESPONSABLE_TERRAIN: "Terrain de stage",
    Qui.REPRESENTANT: "Représentant des internes",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    """Who came, and what is his."""

    visiteur: Visiteur
    perimetre: Perimetre
    semestre: SemestreLu | None
    maintenant: datetime


@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    """An agent's own first page is the régie, an interne's his amphi."""
    visiteur = visiteur_of(request.user)
    if visiteur.is_agent:
        return redirect("regie")
    if visiteur.role == Qui.INTERNE:
        return redirect("salle")
    venue = _enter(request, Acte.LIRE_ESPACE)
    contexte = _context(venue)
    if venue.semestre is not None:
        contexte["bilan"] = read_bilan(venue.perimetre, venue.semestre, venue.maintenant)
        contexte["apercus"] = [_preview(venue, venue.semestre, un) for un in readable(visiteur)[:1]]
        contexte["avis_attendus"] = count_waiting(venue.perimetre)
    return render(request, "espace/accueil.html", contexte)


@require_safe
def internes(request: HttpRequest) -> HttpResponse:
    return _list(request, tableaux.INTERNES)


@require_safe
def affectations(request: HttpRequest) -> HttpResponse:
    return _list(request, tableaux.AFFECTATIONS)


@require_safe
def postes(request: HttpRequest) -> HttpResponse:
    return _list(request, tableaux.POSTES)


def _list(request: HttpRequest, tableau: tableaux.Tableau) -> HttpResponse:
    venue, q = _enter(request, tableau.acte), requete.read_words(request)
    contexte = _context(venue) | {"tableau": tableau, "filtre": {"q": q}}
    if venue.semestre is None:
        return render(request, "espace/liste.html", contexte)
    rows = tableau.find(venue.perimetre, venue.semestre, q)
    genre = request.GET.get("format", "")
    if genre in FORMATS:
        logger.info("export %s compte=%s lignes=%s", tableau.nom, venue.visiteur.compte, rows.count())
        return tableaux.download(genre, tableau, rows, venue.maintenant)
    page = requete.read_number(request, "page", 1)
    contexte |= {
        "page": tableaux.cut(tableau, rows, page, requete.read_par_page(request)),
        "colonnes": tableaux.shown(tableau),
        "tailles": requete.segments(request, "par_page", tuple((str(n), str(n)) for n in requete.PAR_PAGE)),
        "base": requete.base(request),
        "fichiers": [(mot.upper(), requete.link(request, format=mot)) for mot in FORMATS],
    }
    return render(request, "espace/liste.html", contexte)


def _enter(request: HttpRequest, acte: Acte) -> Venue:
    visiteur = visiteur_of(request.user)
    try:
        check_can_read_espace(visiteur, acte)
    except Interdit as interdit:
        raise PermissionDenied(interdit.message) from None
    return Venue(
        visiteur=visiteur,
        perimetre=perimetre_of(visiteur),
        semestre=find_semestre(requete.read_words(request, "semestre")),
        maintenant=requete.now(),
    )


def readable(visiteur: Visiteur) -> list[tableaux.Tableau]:
    """The role's own question comes first: who are they (faculté, coordonnateur), or who arrives."""
    lisibles = [un for un in tableaux.TABLEAUX if can_read_espace(visiteur, un.acte)]
    return sorted(lisibles, key=lambda un: un is not tableaux.INTERNES)


def _context(venue: Venue) -> dict[str, object]:
    return {
        "titre_role": TITRES[venue.visiteur.role],
        "parts": venue.perimetre.parts,
        "semestre": venue.semestre,
        "tableaux": readable(venue.visiteur),
    }


def _preview(venue: Venue, semestre: SemestreLu, tableau: tableaux.Tableau) -> dict[str, object]:
    rows = tableau.find(venue.perimetre, semestre, "")
    return {
        "tableau": tableau,
        "total": rows.count(),
        "colonnes": tableaux.shown(tableau),
        "lignes": tableaux.lines(tableau, list(rows[:APERCU])),
    }
