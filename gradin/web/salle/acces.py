"""Whose salle this request is about: mine, my mandant's, or nothing."""

from django.http import Http404, HttpRequest

from gradin.live.temps import maintenant_ms
from gradin.queries.salle import Salle, find_salle
from gradin.queries.visiteurs import visiteur_of
from gradin.web.salle.role import Role, mandats_now, role_of, salle_of_mandant


def salle_of(request: HttpRequest) -> Salle | None:
    """The amphi asked for or my current one; one in which I have no place does not exist here."""
    visiteur = visiteur_of(request.user)
    if mandats := mandats_now(request, visiteur):
        return salle_of_mandant(mandats, asked_amphi(request))
    if visiteur.interne is None:
        return None
    return find_salle(visiteur.interne, asked_amphi(request))


def own_role(request: HttpRequest, salle: Salle) -> Role:
    return role_of(request, visiteur_of(request.user), salle, maintenant_ms())


def started_salle(request: HttpRequest) -> Salle:
    """For what only a started amphi has."""
    salle = salle_of(request)
    if salle is None or not salle.commence:
        raise Http404
    return salle


def asked_amphi(request: HttpRequest) -> int | None:
    demande = request.POST.get("amphi") or request.GET.get("amphi") or ""
    return int(demande) if demande.isascii() and demande.isdigit() and len(demande) < 19 else None


def contact_of(salle: Salle) -> dict[str, str]:
    """« Besoin d'assistance ? »"""
    equipe = f"L’équipe «\u00a0internat\u00a0» de l’ARS ({', '.join(salle.agents)} pour votre groupe)"
    return {
        "telephone": salle.telephone,
        "courriel": salle.courriel,
        "horaires": salle.horaires,
        "equipe": equipe if salle.agents else "",
    }
