"""« Agréments » in « Mon espace »: the coordonnateur's opinion on the demands of his DES."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gradin.domain.nombres import count_mots
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.agrements.avis import SENS, give_avis
from gradin.operations.agrements.refus import AgrementRefuse
from gradin.operations.droits import Acte
from gradin.operations.permissions import Interdit
from gradin.queries.agrements.demandes import find_attendues, find_siennes, read_demandes
from gradin.web.espace.venue import Venue, context_of, enter
from gradin.web.public import requete

VUES = (("", "Attendent mon avis"), ("toutes", "Toutes"))


@require_http_methods(["GET", "HEAD", "POST"])
def agrements(request: HttpRequest) -> HttpResponse:
    venue = enter(request, Acte.AVISER_AGREMENT)
    refus = ""
    if request.method == "POST":
        try:
            faits = _advise(request, venue)
            messages.success(request, f"Votre avis est enregistré sur {count_mots(faits, 'demande')}.")
            return redirect(request.get_full_path())
        except AgrementRefuse as erreur:
            refus = erreur.message
        except Interdit as interdit:
            raise PermissionDenied(interdit.message) from None
    toutes = request.GET.get("vue") == "toutes"
    rows = find_siennes(venue.perimetre) if toutes else find_attendues(venue.perimetre, venue.visiteur)
    contexte = context_of(venue) | {
        "ici": "agrements",
        "demandes": read_demandes(rows),
        "sens": SENS,
        "toutes": toutes,
        "vues": requete.segments(request, "vue", VUES),
        "refus": refus,
    }
    return render(request, "espace/agrements.html", contexte, status=409 if refus else 200)


def _advise(request: HttpRequest, venue: Venue) -> int:
    cles = [cle for cle in request.POST.getlist("pk") if cle.isascii() and cle.isdecimal() and len(cle) < 19]
    return by_writer(give_avis)(
        [int(cle) for cle in cles],
        request.POST.get("sens", ""),
        request.POST.get("texte", ""),
        venue.visiteur,
        maintenant_ms(),
    )
