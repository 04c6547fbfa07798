"""La salle and the receipt: which page an interne gets, by the state of his amphi."""

import secrets

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gradin.documents.fiche import lignes_of
from gradin.live.billet import cookie_name
from gradin.live.temps import maintenant_ms
from gradin.queries.couples import awaits_my_answer
from gradin.queries.profils import missing_ufr
from gradin.queries.rattrapages import read_rattrapage
from gradin.queries.recus import own_recu, recu_json
from gradin.queries.salle import Salle, other_amphis
from gradin.queries.salle_suivi import Suivi, load_suivi, recent_durations
from gradin.web.salle.acces import contact_of, own_role, salle_of
from gradin.web.salle.questions import question_context
from gradin.web.salle.rendu import render_offre
from gradin.web.salle.simple import show_simple

MAINTENANT = "Gradin-Maintenant"
# All that salle.js imports, so that the browser asks for everything at once.
MODULES = tuple(
    f"gradin/js/{nom}.js"
    for nom in (
        "appel",
        "choix",
        "compteurs",
        "direct",
        "etat",
        "etoiles",
        "faits",
        "hemicycle",
        "horloge",
        "lignes",
        "maquette",
        "messages",
        "mien",
        "minuteur",
        "modeles",
        "mots",
        "onglets",
        "postes",
        "proches",
        "questions",
        "recu",
        "reseau",
        "scene",
        "veille",
    )
)


@require_safe
def show_salle(request: HttpRequest) -> HttpResponse:
    """Live, simple (without JavaScript), before the start, or nothing to choose."""
    salle = salle_of(request)
    if salle is None:
        return render(request, "salle/aucun.html")
    if not salle.commence:
        return render(request, "salle/avant.html", before_context(request, salle))
    if request.GET.get("simple"):
        return show_simple(request, salle)
    return show_live(request, salle)


def show_live(request: HttpRequest, salle: Salle) -> HttpResponse:
    suivi, role = load_suivi(salle), own_role(request, salle)
    contexte = {
        "rattrapage": read_rattrapage(salle.amphi),
        "salle": salle,
        "devant": suivi.devant or 0,
        "cadences": recent_durations(salle.amphi),
        "choisit": suivi.choisit,
        "titre": "Choix par vœux" if salle.par_voeux else title_of(suivi, muet=role.muet),
        "en_role": role,
        "assistance": contact_of(salle),
        "cle": secrets.token_urlsafe(16),
        "modules": MODULES,
        "autres": () if role.mandat else other_amphis(salle.moi.interne, salle.amphi),
        "couple_attend": not role.mandat and awaits_my_answer(salle.moi.interne, salle.amphi),
        **question_context(salle, request.user.pk),
    }
    response = render(request, "salle/salle.html", contexte)
    if role.mandat:
        # A ticket given before the procuration would let the stream in as oneself only.
        response.delete_cookie(cookie_name(salle.amphi), path=f"/api/v1/amphis/{salle.amphi}/")
    response[MAINTENANT] = str(maintenant_ms())
    return response


@require_safe
def show_offre(request: HttpRequest) -> HttpResponse:
    """The rows alone, asked again by an open page when the offer has changed."""
    salle = salle_of(request)
    if salle is None:
        raise Http404
    response = HttpResponse(render_offre(salle.amphi, salle.version_offre))
    if request.GET.get("v") == str(salle.version_offre):
        response["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


@require_safe
def show_recu(request: HttpRequest) -> HttpResponse:
    """The receipt of one's own choice; `format=json` is what `verify-journal --recu` reads."""
    salle = salle_of(request)
    recu = own_recu(salle.moi.interne, salle.amphi) if salle else None
    if salle is None or recu is None:
        return render(request, "salle/sans_recu.html", {"salle": salle}, status=404)
    if request.GET.get("format") == "json":
        return download_recu(recu_json(recu), recu.n)
    contexte = {
        "salle": salle,
        "recu": recu,
        "lignes": lignes_of(recu.fiche),
        "assistance": contact_of(salle),
    }
    return render(request, "salle/recu.html", contexte)


def download_recu(corps: dict[str, object], n: int) -> HttpResponse:
    response = JsonResponse(corps)
    response["Content-Disposition"] = f'attachment; filename="recu-{n}.json"'
    return response


def before_context(request: HttpRequest, salle: Salle) -> dict[str, object]:
    role = own_role(request, salle)
    return {
        "salle": salle,
        "en_role": role,
        "maintenant": maintenant_ms(),
        "assistance": contact_of(salle),
        "autres": () if role.mandat else other_amphis(salle.moi.interne, salle.amphi),
        "couple_attend": not role.mandat and awaits_my_answer(salle.moi.interne, salle.amphi),
        "ufr_a_dire": () if role.mandat else missing_ufr(salle.moi.interne),
    }


def title_of(suivi: Suivi, *, muet: bool = False) -> str:
    if suivi.mon_tour:
        return "Votre mandataire choisit" if muet else "C’est votre tour"
    if suivi.statut == "a_choisi":
        return "Vous avez choisi"
    if suivi.devant is None:
        return "Mon amphithéâtre"
    return f"{suivi.devant} {'interne' if suivi.devant < 2 else 'internes'} devant vous"
