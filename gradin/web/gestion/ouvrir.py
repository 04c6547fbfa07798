"""Open amphis to favourites before their announced date, by name; close them again until then."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gradin.queries.cockpit.amphis import LigneAmphi
from gradin.queries.cockpit.parcours import ParcoursSemestre
from gradin.web.gestion.acces import enter_gestion
from gradin.web.gestion.cockpit import back_to, own_parcours
from gradin.web.gestion.en_serie import run_all
from gradin.web.public import requete

OUVERTS = ("amphi ouvert aux favoris", "amphis ouverts aux favoris")
REFERMES = ("amphi refermé", "amphis refermés")


@require_http_methods(["GET", "HEAD", "POST"])
def ouvrir(request: HttpRequest) -> HttpResponse:
    """What would open and when it was announced, nothing ticked; what is open early may be closed again."""
    agent = enter_gestion(request)
    semestre, ici = own_parcours(request, agent)
    attendent = [a for a in ici.amphis if a.etat == "valide"]
    en_avance = list_early(ici)
    if request.method == "POST":
        referme = request.POST.get("geste") == "refermer"
        permis, acte = (en_avance, "refermer") if referme else (attendent, "ouvrir")
        cochees = set(request.POST.getlist("amphi"))
        corps = {a.pk: {"type": acte} for a in permis if str(a.pk) in cochees}
        run_all(request, agent, corps, REFERMES if referme else OUVERTS)
        if corps:
            return back_to(semestre)
        return redirect(f"/gestion/ouvrir/?semestre={semestre.code}&subdivision={ici.pk}")
    contexte = {
        "semestre": semestre,
        "parcours": ici,
        "attendent": attendent,
        "en_avance": en_avance,
        "tout": "tout" in request.GET,
        "ici": "semestre",
    }
    return render(request, "gestion/ouvrir.html", contexte)


def list_early(ici: ParcoursSemestre) -> list[LigneAmphi]:
    """Open though their announced date is still to come."""
    maintenant = requete.now()
    return [a for a in ici.amphis if a.etat == "ouvert" and a.favoris and a.favoris > maintenant]
