"""The wall screen of an amphi: read from afar, nothing to press."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from gradin.live.temps import maintenant_ms
from gradin.operations.permissions import Audience, acces
from gradin.queries.public import accueil, amphis
from gradin.queries.public.mur import read_mur
from gradin.queries.rattrapages import read_rattrapage
from gradin.queries.visiteurs import visiteur_of
from gradin.web.public import requete


@login_not_required
@require_safe
def ecran(request: HttpRequest, pk: int) -> HttpResponse:
    """Names for whoever reads them elsewhere: the amphi, the ARS, or everybody when the amphi says so."""
    row, amphi = amphis.get_row(pk), amphis.find_amphi(pk, requete.now())
    if row is None or amphi is None:
        raise Http404
    if row.seq == 0:
        return redirect("liste-appel", pk=pk)
    droit = acces(visiteur_of(request.user), row)
    mur = read_mur(pk, nommer=droit.audience is not Audience.PUBLIC or amphis.names_are_public(row))
    maintenant = maintenant_ms()
    contexte = {
        "amphi": amphi,
        "mur": mur,
        "sieges": accueil.seats_of(pk),
        "choisit": mur.tour.interne if mur.tour else None,
        "rattrapage": read_rattrapage(pk) if mur.tour is None else None,
        "maintenant": maintenant,
        "secondes": mur.tour.seconds_left(maintenant) if mur.tour else None,
    }
    return render(request, "public/ecran.html", contexte)
