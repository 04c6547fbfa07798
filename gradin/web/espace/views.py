"""« Mon espace »: the first page says why he came; each list is a page and a file."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from gradin.live.temps import maintenant_ms
from gradin.operations.droits import Acte, Qui
from gradin.operations.permissions import can_read_espace
from gradin.queries.agrements.demandes import find_attendues
from gradin.queries.appariement.attendus import list_rankings_due
from gradin.queries.espaces.accueil import read_bilan
from gradin.queries.individuelles.avis import count_waiting
from gradin.queries.ouverture.suivi import read_attente
from gradin.queries.parcours.faculte import count_states
from gradin.queries.public.semestres import SemestreLu
from gradin.queries.visiteurs import visiteur_of
from gradin.web.espace import tableaux
from gradin.web.espace.venue import Venue, context_of, enter, readable
from gradin.web.public import requete

logger = logging.getLogger(__name__)
FORMATS = ("xlsx", "csv")
APERCU = 8


@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    """An agent's own first page is the régie, an interne's his amphi."""
    visiteur = visiteur_of(request.user)
    if visiteur.is_agent:
        return redirect("regie")
    if visiteur.role == Qui.INTERNE:
        return redirect("salle")
    venue = enter(request, Acte.LIRE_ESPACE)
    contexte = context_of(venue)
    if can_read_espace(visiteur, Acte.LIRE_OFFRE):
        contexte["attente"] = read_attente(visiteur, venue.perimetre, maintenant_ms())
    if venue.semestre is not None:
        contexte["bilan"] = read_bilan(venue.perimetre, venue.semestre, venue.maintenant)
        contexte["apercus"] = [_preview(venue, venue.semestre, un) for un in readable(visiteur)[:1]]
        contexte["avis_attendus"] = count_waiting(venue.perimetre)
    if can_read_espace(visiteur, Acte.AVISER_AGREMENT):
        contexte["agrements_attendus"] = find_attendues(venue.perimetre, visiteur).count()
    if visiteur.role == Qui.RESPONSABLE_TERRAIN:
        contexte["classements_dus"] = list_rankings_due(visiteur, venue.maintenant)
    if can_read_espace(visiteur, Acte.VALIDER_PARCOURS):
        contexte["semestres_presumes"] = count_states(venue.perimetre, venue.maintenant).get("presume", 0)
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
    venue, q = enter(request, tableau.acte), requete.read_words(request)
    contexte = context_of(venue) | {"tableau": tableau, "filtre": {"q": q}}
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


def _preview(venue: Venue, semestre: SemestreLu, tableau: tableaux.Tableau) -> dict[str, object]:
    rows = tableau.find(venue.perimetre, semestre, "")
    return {
        "tableau": tableau,
        "total": rows.count(),
        "colonnes": tableaux.shown(tableau),
        "lignes": tableaux.lines(tableau, list(rows[:APERCU])),
    }
