"""« Commissions » of the ARS: prepare, convene, record the decisions, state and print the minutes."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from gradin.domain.nombres import count_mots
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.commissions import seances as operations
from gradin.operations.commissions.convocation import cancel_commission, convene
from gradin.operations.commissions.refus import CommissionRefusee
from gradin.operations.permissions import Interdit
from gradin.operations.permissions_offre import can_hold_commissions
from gradin.queries.agrements.campagnes import list_lieux
from gradin.queries.commissions.seances import CommissionLue, find_row, list_held, read_commission
from gradin.queries.visiteurs import Visiteur
from gradin.web.commissions.papier import serve_compte_rendu
from gradin.web.gestion.acces import enter_gestion, refuse
from gradin.web.gestion.forms_commissions import CommissionForm

ICI = "commissions"
GET_POST = ["GET", "HEAD", "POST"]
CREEE = {
    False: "La commission est créée\u00a0: relisez son ordre du jour.",
    True: "La commission est enregistrée comme déjà tenue\u00a0: écrivez ses décisions.",
}
Acte = Callable[[HttpRequest, int, int, Visiteur, int], str]


@require_http_methods(GET_POST)
def commissions(request: HttpRequest) -> HttpResponse:
    agent = enter_gestion(request)
    lieux = list_lieux(agent)
    formulaire = CommissionForm(request.POST or None, lieux=lieux, maintenant=maintenant_ms())
    if request.method == "POST" and formulaire.is_valid():
        try:
            pk = by_writer(operations.create_commission)(formulaire.saisie(), agent, maintenant_ms())
            messages.success(request, CREEE[formulaire.cleaned_data["deja_tenue"]])
            return redirect("gestion-commission", pk)
        except CommissionRefusee as refus:
            formulaire.add_error(refus.champ or None, refus.message)
        except Interdit as interdit:
            raise refuse(interdit) from None
    contexte = {
        "ici": ICI,
        "form": formulaire,
        "lieux": lieux,
        "commissions": list_held(agent),
        "maintenant": maintenant_ms(),
    }
    return render(request, "gestion/commissions.html", contexte)


@require_http_methods(GET_POST)
def commission(request: HttpRequest, pk: int) -> HttpResponse:
    agent, lue = enter_commission(request, pk)
    formulaire = CommissionForm(
        request.POST if request.POST.get("geste") == "changer" else None,
        lieux=list_lieux(agent),
        lue=lue,
        maintenant=maintenant_ms(),
    )
    refus = ""
    if request.method == "POST":
        try:
            messages.success(request, _act(request, lue, agent, formulaire))
            return redirect(request.path)
        except CommissionRefusee as erreur:
            refus = erreur.message
    contexte = {
        "ici": ICI,
        "c": lue,
        "form": formulaire,
        "sens": operations.SENS,
        "refus": refus,
        "passee": lue.debut <= maintenant_ms(),
        "adresse": f"/commissions/{pk}/",
    }
    return render(request, "gestion/commission.html", contexte, status=409 if refus else 200)


@require_safe
def proces_verbal(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft until the minutes are stated."""
    _, lue = enter_commission(request, pk)
    return serve_compte_rendu(lue, maintenant_ms())


def enter_commission(request: HttpRequest, pk: int) -> tuple[Visiteur, CommissionLue]:
    """Outside his whole subdivisions it does not exist."""
    agent, row = enter_gestion(request), find_row(pk)
    if row is None or not can_hold_commissions(agent, row.subdivision_id):
        raise Http404
    return agent, read_commission(pk)


def _act(request: HttpRequest, lue: CommissionLue, agent: Visiteur, formulaire: CommissionForm) -> str:
    nom, _, numero = request.POST.get("geste", "").partition(":")
    cible = int(numero) if numero.isascii() and numero.isdigit() and len(numero) < 19 else 0
    if nom == "changer":
        if not formulaire.is_valid():
            raise CommissionRefusee("Un champ est à corriger.")
        by_writer(operations.change_commission)(lue.pk, formulaire.saisie(), agent, maintenant_ms())
        return "La commission est changée. Convoquez de nouveau si la date ou le lieu changent."
    acte = ACTES.get(nom)
    if acte is None:
        raise CommissionRefusee("Choisissez ce que vous voulez faire.")
    return acte(request, lue.pk, cible, agent, maintenant_ms())


def _point(request: HttpRequest, pk: int, cible: int, agent: Visiteur, at: int) -> str:
    by_writer(operations.add_point)(pk, _word(request, "titre"), _word(request, "texte"), agent, at)
    return "Le point est à l’ordre du jour."


def _point_off(request: HttpRequest, pk: int, cible: int, agent: Visiteur, at: int) -> str:
    by_writer(operations.remove_point)(pk, cible, agent, at)
    return "Le point est retiré de l’ordre du jour."


def _decide(request: HttpRequest, pk: int, cible: int, agent: Visiteur, at: int) -> str:
    sens, decision = _word(request, f"sens-{cible}"), _word(request, f"decision-{cible}")
    by_writer(operations.decide_point)(pk, cible, sens, decision, agent, at)
    return "La décision est enregistrée."


def _membre(request: HttpRequest, pk: int, cible: int, agent: Visiteur, at: int) -> str:
    nom, qualite, courriel = (_word(request, champ) for champ in ("nom", "qualite", "courriel"))
    by_writer(operations.add_membre)(pk, nom, qualite, courriel, agent, at)
    return "Le membre est ajouté. Il n’est pas encore convoqué."


def _membre_off(request: HttpRequest, pk: int, cible: int, agent: Visiteur, at: int) -> str:
    by_writer(operations.remove_membre)(pk, cible, agent, at)
    return "Le membre est retiré, son lien est fermé."


def _convene(request: HttpRequest, pk: int, cible: int, agent: Visiteur, at: int) -> str:
    ecrits = by_writer(convene)(pk, agent, at, cible or None)
    return f"{count_mots(ecrits, 'membre convoqué', 'membres convoqués')} par courriel."


def _cancel(request: HttpRequest, pk: int, cible: int, agent: Visiteur, at: int) -> str:
    avertis = by_writer(cancel_commission)(pk, agent, at)
    suite = f" {count_mots(avertis, 'membre averti', 'membres avertis')} par courriel." if avertis else ""
    return f"La commission est annulée.{suite}"


def _presences(request: HttpRequest, pk: int, cible: int, agent: Visiteur, at: int) -> str:
    lus = frozenset(int(cle) for cle in request.POST.getlist("present") if cle.isascii() and cle.isdecimal())
    by_writer(operations.mark_presences)(pk, lus, agent, at)
    return "Les présences sont enregistrées."


def _document(request: HttpRequest, pk: int, cible: int, agent: Visiteur, at: int) -> str:
    recu = request.FILES.get("fichier")
    if recu is None:
        raise CommissionRefusee("Choisissez un fichier.")
    by_writer(operations.add_document)(pk, recu.name or "", recu.read(), agent, at)
    return "Le document est déposé\u00a0: les membres le lisent."


def _document_off(request: HttpRequest, pk: int, cible: int, agent: Visiteur, at: int) -> str:
    by_writer(operations.remove_document)(pk, cible, agent, at)
    return "Le document est retiré."


def _close(request: HttpRequest, pk: int, cible: int, agent: Visiteur, at: int) -> str:
    by_writer(operations.close_commission)(pk, _word(request, "observations"), agent, at)
    return "Le procès-verbal est arrêté\u00a0: les membres le lisent."


ACTES: dict[str, Acte] = {
    "point": _point,
    "point-retirer": _point_off,
    "decider": _decide,
    "membre": _membre,
    "membre-retirer": _membre_off,
    "convoquer": _convene,
    "annuler": _cancel,
    "presences": _presences,
    "document": _document,
    "document-retirer": _document_off,
    "clore": _close,
}


def _word(request: HttpRequest, nom: str) -> str:
    return request.POST.get(nom, "").replace("\x00", "")
