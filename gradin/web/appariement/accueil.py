"""« Appariement » for anybody: the campaigns, their calendar, what is published; one's own first."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gradin.queries.appariement.campagnes import list_files, list_public, read_file
from gradin.queries.appariement.candidat import list_candidatures
from gradin.queries.appariement.site import list_own_sites
from gradin.queries.visiteurs import visiteur_of
from gradin.web.appariement.acces import instant


@login_not_required
@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    visiteur, maintenant = visiteur_of(request.user), instant()
    contexte = {
        "campagnes": [(une, list_files(une.pk, maintenant)) for une in list_public(maintenant)],
        "candidatures": list_candidatures(visiteur.interne) if visiteur.interne else (),
        "sites": list_own_sites(visiteur),
    }
    return render(request, "appariement/accueil.html", contexte)


@login_not_required
@require_safe
def fichier(request: HttpRequest, tour: int, code_des: str) -> HttpResponse:
    """The published input and result of one DES, from the announced hour."""
    texte = read_file(tour, code_des, instant())
    if texte is None:
        raise Http404
    reponse = HttpResponse(texte, content_type="application/json; charset=utf-8")
    reponse["Content-Disposition"] = f'attachment; filename="appariement-{tour}-{code_des}.json"'
    return reponse
