"""Couples that both internes have accepted: the ARS grants or refuses."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.demandes.couples import grant_couple, refuse_couple
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.operations.permissions import Interdit
from gradin.queries.couples import couples_of_amphi
from gradin.web.regie.acces import Entree, enter


@require_http_methods(["GET", "HEAD", "POST"])
def couples(request: HttpRequest, pk: int) -> HttpResponse:
    entree = enter(request, pk)
    if request.method == "POST":
        _decide(request, entree)
        return redirect("regie-couples", pk=pk)
    contexte = {"amphi": entree.row, "couples": couples_of_amphi(pk), "socle": "regie/page.html"}
    return render(request, "regie/couples.html", contexte)


def _decide(request: HttpRequest, entree: Entree) -> None:
    numero, maintenant = request.POST.get("couple", ""), maintenant_ms()
    couple = int(numero) if numero.isascii() and numero.isdigit() and len(numero) < 12 else 0
    try:
        if request.POST.get("acte") == "accorder":
            by_writer(grant_couple)(entree.visiteur, couple, maintenant=maintenant)
            messages.success(request, "Le couple est accordé.")
        else:
            motif = request.POST.get("motif", "")
            by_writer(refuse_couple)(entree.visiteur, couple, motif, maintenant=maintenant)
            messages.success(request, "La demande est refusée\u202f; les deux internes lisent le motif.")
    except DemandeRefusee as refus:
        messages.error(request, refus.message)
    except Interdit:
        raise Http404 from None
