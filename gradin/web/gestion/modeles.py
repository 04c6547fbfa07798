"""« Modèles » of mails: read by every agent, written by those who hold a whole subdivision."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from gradin.documents.courriel import Courrier, Gabarit
from gradin.live.ecriture import by_writer
from gradin.operations.courriers.catalogue import MODELES, Modele
from gradin.operations.courriers.modeles import (
    SUJET_MAX,
    ModeleRefuse,
    check_gabarit,
    preview,
    restore_modele,
    write_modele,
)
from gradin.operations.permissions import Interdit, can_write_modeles
from gradin.queries.modeles import gabarit_in_force, last_versions, versions_of
from gradin.queries.visiteurs import Visiteur
from gradin.web.compte.champs import Saisie
from gradin.web.compte.profil import now
from gradin.web.gestion.acces import enter_gestion, refuse


class Redaction(Saisie):
    sujet = forms.CharField(label="Objet", strip=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    texte = forms.CharField(
        label="Texte",
        strip=False,
        help_text="Une ligne vide sépare deux paragraphes.",
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "true"}),
    )


@require_safe
def modeles(request: HttpRequest) -> HttpResponse:
    agent = enter_gestion(request)
    changes = last_versions()
    familles: dict[str, list[tuple[Modele, Any]]] = {}
    for modele in MODELES.values():
        familles.setdefault(modele.famille, []).append((modele, changes.get(modele.cle)))
    contexte = {"familles": familles, "peut_ecrire": can_write_modeles(agent), "ici": "courriels"}
    return render(request, "gestion/modeles.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def modele(request: HttpRequest, cle: str) -> HttpResponse:
    """POST: `apercu` shows what is typed, `origine` gives the first words back, else it is kept."""
    agent = enter_gestion(request)
    ecrit = MODELES.get(cle)
    if ecrit is None:
        raise Http404
    actuel = gabarit_in_force(cle) or ecrit.origine
    if request.method != "POST":
        return _render(request, agent, ecrit, Redaction(initial=_initial(actuel)), actuel)
    try:
        return _act(request, agent, ecrit, actuel)
    except Interdit as interdit:
        raise refuse(interdit) from None


def _act(request: HttpRequest, agent: Visiteur, ecrit: Modele, actuel: Gabarit) -> HttpResponse:
    if request.POST.get("acte") == "origine":
        if by_writer(restore_modele)(ecrit.cle, agent, now()):
            messages.success(request, "Le texte d’origine est de nouveau en vigueur.")
        return redirect("gestion-modele", ecrit.cle)
    formulaire = Redaction(request.POST)
    if not formulaire.is_valid():
        return _render(request, agent, ecrit, formulaire, actuel)
    saisi = Gabarit(**formulaire.cleaned_data)
    try:
        if request.POST.get("acte") == "apercu":
            return _render(request, agent, ecrit, formulaire, check_gabarit(ecrit, saisi), essai=True)
        change = by_writer(write_modele)(ecrit.cle, saisi, agent, now())
    except ModeleRefuse as refus:
        formulaire.add_error(refus.champ, refus.message)
        return _render(request, agent, ecrit, formulaire, actuel)
    mots = "Le texte est enregistré\u00a0: le prochain courriel le prend." if change else "Rien n’a changé."
    messages.success(request, mots)
    return redirect("gestion-modele", ecrit.cle)


def _initial(gabarit: Gabarit) -> dict[str, str]:
    return {"sujet": gabarit.sujet, "texte": gabarit.texte}


def _render(
    request: HttpRequest,
    agent: Visiteur,
    ecrit: Modele,
    formulaire: Redaction,
    montre: Gabarit,
    *,
    essai: bool = False,
) -> HttpResponse:
    """`essai`: the preview is of words not kept yet."""
    apercu = preview(ecrit, montre)
    contexte = {
        "modele": ecrit,
        "form": formulaire,
        "apercu": apercu,
        "corps": _body(apercu),
        "essai": essai,
        "change": gabarit_in_force(ecrit.cle) is not None,
        "peut_ecrire": can_write_modeles(agent),
        "versions": versions_of(ecrit.cle),
        "sujet_max": SUJET_MAX,
        "ici": "courriels",
    }
    return render(request, "gestion/modele.html", contexte)


def _body(courrier: Courrier) -> str:
    """What stands between the body's tags: `documents.courriel` escaped every word of it."""
    corps = courrier.html.partition("<body>")[2].removesuffix("</body></html>")
    return mark_safe(corps)
