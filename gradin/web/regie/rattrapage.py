"""« Rattrapage »: whom it is for, its hour announced to them, then opened when everybody has been called."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gradin.domain.amphi.presence import connected
from gradin.domain.amphi.state import Etat, Statut
from gradin.domain.nombres import count_mots
from gradin.live.ecriture import by_writer
from gradin.live.presence import PRESENCES
from gradin.operations.amphis.rattrapage import AnnonceRefusee, announce_rattrapage
from gradin.queries.etats import lire_etat
from gradin.queries.rattrapages import read_rattrapage
from gradin.queries.regie.personnes import people_of
from gradin.web.gestion.forms_semestre import DebutSaisi
from gradin.web.regie.acces import Entree, enter


@require_http_methods(["GET", "HEAD", "POST"])
def rattrapage(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody has passed before the first fact."""
    entree = enter(request, pk)
    if entree.row.seq == 0:
        raise Http404
    formulaire = RattrapageSaisi(request.POST or None)
    refus = ""
    if request.method == "POST" and formulaire.is_valid():
        refus = _announce(request, entree, formulaire.debut())
        if not refus:
            return redirect("regie-rattrapage", pk=pk)
        formulaire.add_error(None, refus)
    etat = lire_etat(pk)[1]
    contexte = {
        "amphi": entree.row,
        "fuseau": entree.fuseau,
        "form": formulaire,
        "annonce": read_rattrapage(pk),
        "passes": list_passes(pk, etat),
        "attendent": sum(statut in (Statut.A_VENIR, Statut.EN_COURS) for statut in etat.statuts.values()),
        "ouvert": etat.rattrapage,
        "clos": entree.row.etat == "clos",
    }
    return render(request, "regie/rattrapage.html", contexte, status=409 if refus else 200)


class RattrapageSaisi(DebutSaisi):
    """Local to the subdivision; both are wanted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, obligatoire=True, **kwargs)
        self.fields["jour"].label = "Jour du rattrapage"


def _announce(request: HttpRequest, entree: Entree, debut: datetime | None) -> str:
    """What is refused, in words."""
    assert debut is not None
    a = round(debut.replace(tzinfo=ZoneInfo(entree.fuseau)).timestamp() * 1000)
    announce = by_writer(announce_rattrapage)
    try:
        prevenus = announce(entree.row.pk, a, auteur=entree.visiteur.compte, maintenant=entree.maintenant)
    except AnnonceRefusee as refus:
        return str(refus)
    messages.success(request, f"C’est annoncé à {count_mots(prevenus, 'interne', 'internes')}, par courriel.")
    return ""


def list_passes(pk: int, etat: Etat) -> list[dict[str, object]]:
    """In call order."""
    personnes, presents = people_of(pk), connected(PRESENCES.presents(pk), etat.procurations)
    return [
        {
            "numero": numero,
            "rang": etat.lignes[numero].rang,
            "personne": personnes.get(numero),
            "present": numero in presents,
            "mandataire": numero in etat.procurations,
        }
        for numero in etat.ordre
        if etat.statuts[numero] is Statut.PASSE
    ]
