"""Versions of a call list: what differs between two, publish, correct with a motive and a second agent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from gradin.domain.nombres import count_mots
from gradin.domain.rang.ecarts import ChiffreChange, Ecart
from gradin.live.ecriture import by_writer
from gradin.operations.amphis import run_commande_agent
from gradin.operations.amphis.liste_avant import preview_correction
from gradin.queries.rangs.perimees import count_perimes, read_dernieres
from gradin.queries.rangs.versions import compare_two, list_versions
from gradin.web.gestion.acces import watch_reading
from gradin.web.gestion.rangs import MOTS, show
from gradin.web.public import requete
from gradin.web.regie.acces import Entree, enter

GET_POST = ["GET", "HEAD", "POST"]
REFUSE = 400
ATTEND_UN_SECOND = 202
PAR_PAGE = 100


@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """All of them, and what differs between two: the last and the one before, unless others are asked."""
    entree = enter(request, pk)
    if trop := watch_reading(request, entree.visiteur, "versions"):
        return trop
    signees = list_versions(pk)
    numeros = [signee.lue.version for signee in signees]
    a = requete.read_number(request, "a", numeros[0] if numeros else 0)
    de = requete.read_number(request, "de", max((n for n in numeros if n < a), default=0))
    if numeros and (a not in numeros or (de and de not in numeros)):
        raise Http404
    page = Paginator(compare_two(pk, de, a), PAR_PAGE).get_page(requete.read_number(request, "page", 1))
    contexte = {
        "versions": signees,
        "de": de,
        "a": a,
        "page": page,
        "ecarts": say_all(page.object_list),
        "base": requete.base(request),
        "onglet": "versions",
    }
    return show(request, entree, "gestion/versions.html", contexte)


@require_http_methods(GET_POST)
def publier(request: HttpRequest, pk: int) -> HttpResponse:
    """Frozen, hashed, announced: what stands against it is said before."""
    entree = enter(request, pk)
    corps = {"type": "publier_liste", "empreinte": request.POST.get("empreinte", "")}
    if request.method == "POST" and _run(request, entree, corps, PUBLIEE):
        return redirect("gestion-amphi-liste", pk)
    signees = list_versions(pk)
    contexte = {
        "version": signees[0].lue if signees else None,
        "perimes": count_perimes([entree.row], read_dernieres([pk])).get(pk, 0),
        "onglet": "liste",
    }
    return show(request, entree, "gestion/publier_liste.html", contexte)


@require_http_methods(GET_POST)
def corriger(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom computing again moves, by name, before anything is saved; then the motive, then another agent."""
    entree = enter(request, pk)
    if trop := watch_reading(request, entree.visiteur, "correction"):
        return trop
    if request.method == "POST" and _run(request, entree, read_corps(request), FAITS[_acte(request)]):
        return redirect(
            "gestion-amphi-corriger" if _acte(request) == "corriger" else "gestion-amphi-versions", pk
        )
    correction = None if entree.row.seq else preview_correction(pk)
    ecarts = correction.ecarts if correction else ()
    page = Paginator(ecarts, PAR_PAGE).get_page(requete.read_number(request, "page", 1))
    contexte = {
        "correction": correction,
        "causes": say_all(e for e in ecarts if e.is_cause),
        "touches": sum(e.moved and not e.is_cause for e in ecarts),
        "page": page,
        "ecarts": say_all(page.object_list),
        "motif": request.POST.get("motif", ""),
        "base": requete.base(request),
        "onglet": "corriger",
    }
    return show(request, entree, "gestion/corriger_liste.html", contexte)


PUBLIEE = "La liste d’appel est publiée\u202f: ses chiffres sont figés et les internes en sont avertis."
FAITS = {
    "corriger": "La liste provisoire est calculée de nouveau.",
    "approuver": "La liste corrigée est publiée\u202f; les internes dont le rang change en sont avertis.",
}


def read_corps(request: HttpRequest) -> dict[str, Any]:
    """What the API takes."""
    if _acte(request) == "approuver":
        numero = request.POST.get("proposition", "")
        return {
            "type": "approuver",
            "proposition": int(numero) if numero.isdecimal() and len(numero) < 12 else 0,
        }
    return {"type": "corriger_liste", "motif": request.POST.get("motif", "")}


def say_all(ecarts: Iterable[Ecart]) -> list[dict[str, Any]]:
    return [{"e": ecart, "pourquoi": explain(ecart), "sens": _direction(ecart)} for ecart in ecarts]


def explain(ecart: Ecart) -> str:
    """Why, in words: his own figures first, then what follows from others."""
    if ecart.avant is None:
        return "Ajouté à la liste"
    if ecart.apres is None:
        return "Retiré de la liste"
    if ecart.apportes:
        return "\u202f; ".join(_say(chiffre) for chiffre in ecart.apportes)
    suite = [chiffre for chiffre in ecart.calcules if chiffre.champ == "effectif_theorique"]
    if suite:
        return f"{_say(suite[0])}, à cause des autres"
    return "D’autres passent avant ou après"


def _say(chiffre: ChiffreChange) -> str:
    return f"{MOTS[chiffre.champ]}\u00a0: {_value(chiffre.avant)} → {_value(chiffre.apres)}"


def _value(valeur: Any) -> str:
    return "manquant" if valeur is None else str(valeur)


def _direction(ecart: Ecart) -> str:
    if ecart.avant is None or ecart.apres is None or not ecart.moved:
        return ""
    places = abs(ecart.avant - ecart.apres)
    gagne = ecart.apres < ecart.avant
    return f"{'gagne' if gagne else 'perd'} {count_mots(places, 'place', 'places')}"


def _acte(request: HttpRequest) -> str:
    return "approuver" if request.POST.get("acte") == "approuver" else "corriger"


def _run(request: HttpRequest, entree: Entree, corps: dict[str, Any], fait: str) -> bool:
    """True when it is done, or waits for a second agent."""
    reponse = by_writer(run_commande_agent)(
        entree.row.pk, corps, entree.visiteur, entree.maintenant, request.POST.get("cle") or None
    )
    if reponse.statut >= REFUSE:
        messages.error(request, str(reponse.corps["message"]))
        return False
    if reponse.statut == ATTEND_UN_SECOND:
        messages.warning(request, str(reponse.corps["message"]))
    elif reponse.corps.get("deja"):
        messages.info(request, "C’était déjà fait.")
    else:
        messages.success(request, fait)
    return True
