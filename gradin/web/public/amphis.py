"""« Liste des amphithéâtres », an amphi's call list and its sessions."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gradin.operations.permissions import Acces, Audience, acces
from gradin.queries.public import amphis as lus
from gradin.queries.public import appel
from gradin.queries.public.semestres import find_semestre, version_of
from gradin.queries.visiteurs import visiteur_of
from gradin.web.public import requete

FORMATIONS = (("medecin", "Médecin"), ("pharmacien", "Pharmacien"), ("dentiste", "Dentiste"))


@login_not_required
@require_safe
def amphis(request: HttpRequest) -> HttpResponse:
    semestre = find_semestre(requete.read_words(request, "semestre"))
    filtre = lus.FiltreAmphis(
        phase=requete.read_words(request, "phase"),
        formation=requete.read_words(request, "formation"),
        q=requete.read_words(request),
    )
    maintenant = requete.now()
    contexte: dict[str, object] = {
        "semestre": semestre,
        "version": version_of(semestre),
        "maintenant": maintenant,
        "filtre": filtre,
        "phases": lus.phases(),
        "formations": FORMATIONS,
        "amphis": lus.list_amphis(semestre, filtre, maintenant) if semestre else [],
    }
    return requete.render_list(request, "public/amphis.html", contexte)


@login_not_required
@require_safe
def liste_appel(request: HttpRequest, pk: int) -> HttpResponse:
    amphi, droit = _open(request, pk)
    filtre = appel.FiltreAppel(
        q=requete.read_words(request),
        page=requete.read_number(request, "page", 1),
        par_page=requete.read_par_page(request),
    )
    contexte: dict[str, object] = {
        "amphi": amphi,
        "liste": appel.find_liste(pk),
        "page": _page(pk, droit, filtre),
        "nommee": droit.audience is not Audience.PUBLIC,
        "agent": droit.audience is Audience.REGIE,
        "ma_place": droit.place,
        "filtre": filtre,
        "base": requete.base(request),
        "version": f"{amphi.semestre}",
        "tailles": requete.segments(request, "par_page", tuple((str(n), str(n)) for n in requete.PAR_PAGE)),
    }
    return requete.render_list(request, "public/liste_appel.html", contexte)


@login_not_required
@require_safe
def sessions(request: HttpRequest, pk: int) -> HttpResponse:
    amphi, droit = _open(request, pk)
    contexte: dict[str, object] = {
        "amphi": amphi,
        "sessions": lus.list_sessions(pk),
        "mon_rang": appel.rang_of(droit.place),
        "maintenant": requete.now(),
    }
    return render(request, "public/sessions.html", contexte)


def _open(request: HttpRequest, pk: int) -> tuple[lus.AmphiLu, Acces]:
    """An amphi not validated exists for the ARS only."""
    row, amphi = lus.get_row(pk), lus.find_amphi(pk, requete.now())
    if row is None or amphi is None:
        raise Http404
    droit = acces(visiteur_of(request.user), row)
    if amphi.etat == "brouillon" and droit.audience is not Audience.REGIE:
        raise Http404
    return amphi, droit


def _page(pk: int, droit: Acces, filtre: appel.FiltreAppel) -> Page:
    match droit.audience:
        case Audience.REGIE:
            return appel.page_of_agents(pk, filtre)
        case Audience.AMPHI:
            return appel.page_of_names(pk, filtre)
        case Audience.PUBLIC:
            return appel.page_of_ranks(pk, filtre)
