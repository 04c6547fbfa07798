"""« Appariement » for anybody: the campaigns, their calendar, what is published; one's own first."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gradin.queries.appariement.campagnes import list_files, list_public
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
