"""Publish the call lists of a subdivision: chosen one by one, said to be read, then frozen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gradin.domain.nombres import count_mots
from gradin.queries.cockpit.amphis import LigneAmphi
from gradin.queries.cockpit.chemin import Statut
from gradin.queries.cockpit.etapes import tell_bad_hour
from gradin.queries.cockpit.parcours import ParcoursSemestre
from gradin.queries.public.semestres import SemestreLu
from gradin.queries.visiteurs import Visiteur
from gradin.web.gestion.acces import enter_gestion
from gradin.web.gestion.cockpit import back_to, own_parcours
from gradin.web.gestion.en_serie import run_all
from gradin.web.public import requete

PUBLIEES = ("liste d’appel publiée", "listes d’appel publiées")
OUBLI_LISTE = "Rien n’est coché\u00a0: choisissez au moins une liste."
OUBLI_RELU = "Rien n’est publié\u00a0: cochez aussi que vous avez relu ces listes."
RECALCULEES = ("liste provisoire recalculée", "listes provisoires recalculées")


@require_http_methods(["GET", "HEAD", "POST"])
def publier(request: HttpRequest) -> HttpResponse:
    """Nothing ticked; what is ticked is named and read beside its effect, and the act is confirmed apart."""
    agent = enter_gestion(request)
    semestre, ici = own_parcours(request, agent)
    if request.POST.get("geste") == "recalculer":
        return _recompute(request, agent, semestre, ici)
    lues = request.POST.getlist("liste")
    if lues and request.POST.get("relu"):
        return _publish(request, agent, semestre, ici, lues)
    if request.method == "POST":
        messages.info(request, OUBLI_RELU if lues else OUBLI_LISTE)
    return render(request, "gestion/publier.html", _context(request, semestre, ici, lues))


def tell_remarks(amphi: LigneAmphi, maintenant: datetime) -> list[str]:
    """What is still to be settled about this amphi, though its list may be published."""
    remarques = [texte] if (texte := tell_bad_hour(amphi, maintenant)) else []
    if not amphi.sessions:
        remarques.append("aucune session découpée")
    if not amphi.postes:
        remarques.append("aucun poste")
    elif amphi.postes < amphi.internes:
        postes = count_mots(amphi.postes, "poste", "postes")
        remarques.append(f"{postes} pour {count_mots(amphi.internes, 'interne', 'internes')}")
    return remarques


def _context(
    request: HttpRequest, semestre: SemestreLu, ici: ParcoursSemestre, lues: list[str]
) -> dict[str, Any]:
    """`lues`: what was ticked stays ticked."""
    maintenant, tout = requete.now(), "tout" in request.GET
    pretes = [
        {"lu": a, "remarques": tell_remarks(a, maintenant), "cochee": tout or f"{a.pk}:{a.empreinte}" in lues}
        for a in ici.amphis
        if a.is_publishable
    ]
    return {
        "semestre": semestre,
        "parcours": ici,
        "pretes": pretes,
        "tout": tout,
        "autres": [a for a in ici.amphis if not (a.is_publishable or a.publiee or a.is_started)],
        "a_regler": [e for e in ici.etapes if e.statut is Statut.BLOQUE and e.cle != "listes"],
        "ici": "semestre",
    }


def _publish(
    request: HttpRequest, agent: Visiteur, semestre: SemestreLu, ici: ParcoursSemestre, lues: list[str]
) -> HttpResponse:
    """`lues`: amphi and fingerprint of what was read; a list computed again meanwhile is refused."""
    siens = {str(a.pk) for a in ici.amphis}
    corps = {
        int(pk): {"type": "publier_liste", "empreinte": empreinte}
        for pk, _, empreinte in (lue.partition(":") for lue in lues)
        if pk in siens
    }
    run_all(request, agent, corps, PUBLIEES)
    return back_to(semestre)


def _recompute(
    request: HttpRequest, agent: Visiteur, semestre: SemestreLu, ici: ParcoursSemestre
) -> HttpResponse:
    """Any provisional one that is asked for; a published list is corrected by two, from its own page."""
    voulues = set(request.POST.getlist("amphi"))
    provisoires = [a for a in ici.amphis if a.calculee and not (a.publiee or a.is_started)]
    corps = {a.pk: {"type": "corriger_liste"} for a in provisoires if str(a.pk) in voulues}
    run_all(request, agent, corps, RECALCULEES)
    return redirect(f"/gestion/publier/?semestre={semestre.code}&subdivision={ici.pk}")
