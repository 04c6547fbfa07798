"""The rest of an opening: its date and rule, the numbering read before it is done, the trail of every act."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from gradin.domain.nombres import count_mots
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.ouverture.campagne import set_limite, set_regles
from gradin.operations.ouverture.publication import next_numero, number_accordes, publish_postes
from gradin.operations.ouverture.refus import OuvertureRefusee
from gradin.operations.ouverture.trace import Geste
from gradin.operations.permissions_offre import can_set_ouverture
from gradin.queries.ouverture.actes import find_actes, read_acte
from gradin.queries.ouverture.campagnes import OuvertureLue
from gradin.web.gestion.forms_ouverture import FormulaireRegles, LimiteSaisie, PremierSaisi
from gradin.web.gestion.ouverture import ICI, enter_ouverture, enter_reglages
from gradin.web.public import requete

PAR_PAGE = 50
APERCU = 200


@require_http_methods(["GET", "HEAD", "POST"])
def reglages(request: HttpRequest, pk: int) -> HttpResponse:
    """Two forms: the date until which one proposes, the parameters of the rule."""
    agent, lue = enter_reglages(request, pk)
    qui, geste = Geste(visiteur=agent, maintenant=maintenant_ms()), request.POST.get("geste", "")
    date = LimiteSaisie(request.POST if geste == "limite" else None, fuseau=lue.fuseau, limite=lue.limite)
    regles = FormulaireRegles(request.POST if geste == "regles" else None, parametres=lue.regles)
    try:
        if geste == "fermer":
            by_writer(set_limite)(pk, None, qui)
            messages.success(request, "Les établissements ne peuvent plus proposer ni corriger de postes.")
            return redirect("gestion-ouverture", pk)
        if geste == "limite" and date.is_valid():
            by_writer(set_limite)(pk, date.limite(), qui)
            messages.success(request, "La date limite est changée.")
            return redirect("gestion-ouverture", pk)
        if geste == "regles" and regles.is_valid():
            faits = by_writer(set_regles)(pk, regles.voulus(), qui)
            messages.success(request, f"{count_mots(faits, 'règle changée', 'règles changées')}.")
            return redirect("gestion-ouverture", pk)
    except OuvertureRefusee as refus:
        date.add_error(refus.champ or None, refus.message)
    contexte = {
        "ici": ICI,
        "ouverture": lue,
        "date": date,
        "regles": regles,
        "is_open": lue.is_open(qui.maintenant),
        "erreur": date if geste == "limite" else regles,
    }
    return render(request, "gestion/ouverture_reglages.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def publier(request: HttpRequest, pk: int) -> HttpResponse:
    """Numbers are read before they are given: afterwards the internes see them."""
    agent, lue = enter_ouverture(request, pk)
    geste = Geste(visiteur=agent, maintenant=maintenant_ms())
    formulaire = PremierSaisi(request.POST or None, initial={"premier": next_numero(pk)})
    premier = formulaire.cleaned_data["premier"] if formulaire.is_valid() else next_numero(pk)
    if request.method == "POST" and formulaire.is_valid() and request.POST.get("geste") == "publier":
        try:
            if request.POST.get("accord") != "oui":
                raise OuvertureRefusee("Cochez la case\u00a0: les internes voient aussitôt ces postes.")
            faits = by_writer(publish_postes)(pk, premier, geste)
            _tell_published(request, lue, faits)
            return redirect("gestion-ouverture", pk)
        except OuvertureRefusee as refus:
            formulaire.add_error(refus.champ or None, refus.message)
    numerotes = number_accordes(pk, geste, premier)
    contexte = {
        "ici": ICI,
        "ouverture": lue,
        "peut_regler": can_set_ouverture(agent, lue.subdivision),
        "form": formulaire,
        "numerotes": numerotes[:APERCU],
        "nombre": len(numerotes),
        "dernier": premier + len(numerotes) - 1,
    }
    return render(request, "gestion/ouverture_publier.html", contexte)


@require_safe
def actes(request: HttpRequest, pk: int) -> HttpResponse:
    agent, lue = enter_ouverture(request, pk)
    page: Page[Any] = Paginator(find_actes(lue), PAR_PAGE).get_page(request.GET.get("page"))
    page.object_list = [read_acte(row) for row in page.object_list]
    contexte = {
        "ici": ICI,
        "ouverture": lue,
        "peut_regler": can_set_ouverture(agent, lue.subdivision),
        "page": page,
        "base": requete.base(request),
    }
    return render(request, "gestion/ouverture_actes.html", contexte)


def _tell_published(request: HttpRequest, lue: OuvertureLue, faits: int) -> None:
    messages.success(
        request,
        format_html(
            "{} dans l’offre de {}. Si des amphis sont déjà préparés, ils n’y entrent qu’ensuite\u00a0: "
            '<a href="/gestion/?semestre={}">Préparer de nouveau</a>.',
            count_mots(faits, "poste publié", "postes publiés"),
            lue.libelle,
            lue.code,
        ),
    )
