"""« Situations »: the queue of individual demands, one of them beside what the roster says, the deadlines."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gradin.domain.demandes.etats import Acteur
from gradin.domain.demandes.natures import Nature
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.demandes import effets, individuelles
from gradin.operations.demandes.effets import BilanEffets
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.operations.demandes.reserves import Reserve, reserves_of
from gradin.operations.permissions import Interdit
from gradin.operations.permissions_demandes import can_set_demarches, check_can_settle_individuelle
from gradin.queries.individuelles import ars as queries
from gradin.queries.individuelles.lecture import list_etapes
from gradin.queries.individuelles.reglages import list_lieux, list_reglages
from gradin.queries.individuelles.restes import list_restes
from gradin.queries.visiteurs import Visiteur
from gradin.web.compte.moi import own_pk
from gradin.web.gestion.acces import enter_gestion, refuse
from gradin.web.gestion.suivi_listes import follow_lists
from gradin.web.public.requete import now, read_typed, read_words
from gradin.web.templatetags.gradin import localize

ETATS = (
    ("attente", "À traiter"),
    ("deposee", "Déposées"),
    ("en_instruction", "En instruction"),
    ("avis_rendu", "Avis rendu"),
    ("decidees", "Décidées"),
    ("toutes", "Toutes"),
)
Acte = Callable[[HttpRequest, Visiteur, int], str]


@require_safe
def situations(request: HttpRequest) -> HttpResponse:
    agent = enter_gestion(request)
    filtre = read_filtre(request)
    rows = queries.find_situations(agent, filtre)
    contexte = {
        "filtre": filtre,
        "demandes": queries.read_situations(rows[: queries.PAR_PAGE]),
        "total": rows.count(),
        "natures": queries.count_natures(agent),
        "etats": ETATS,
        "a_appliquer": queries.list_to_apply(agent),
        "ici": "situations",
    }
    return render(request, "gestion/situations.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def situation(request: HttpRequest, pk: int) -> HttpResponse:
    agent = enter_gestion(request)
    demande = own(agent, pk)
    reserves: tuple[Reserve, ...] = ()
    if request.method == "POST" and request.POST.get("acte") == "accepter" and "confirme" not in request.POST:
        reserves = reserves_of(demande)
    if request.method == "POST" and not reserves:
        acte = ACTES.get(request.POST.get("acte", ""))
        if acte is None:
            raise Http404
        try:
            messages.success(request, acte(request, agent, pk))
        except DemandeRefusee as refus:
            messages.error(request, refus.message)
        return redirect("gestion-situation", pk)
    contexte = {
        "demande": queries.read_situation(demande),
        "faits": queries.facts_of(demande),
        "etapes": list_etapes(pk),
        "restes": list_restes(demande),
        "aujourdhui": localize(maintenant_ms(), demande.inscription.subdivision.fuseau).date(),
        "reserves": reserves,
        "mot": read_typed(request, "motif") if reserves else "",
        "ici": "situations",
    }
    return render(request, "gestion/situation.html", contexte)


@require_POST
def lot(request: HttpRequest) -> HttpResponse:
    """The same step for those ticked; each says what became of it."""
    agent = enter_gestion(request)
    acte = LOT.get(request.POST.get("acte", ""))
    cochees = [int(pk) for pk in request.POST.getlist("pk") if pk.isascii() and pk.isdigit() and len(pk) < 19]
    if acte is None or not cochees:
        messages.error(request, "Cochez au moins une demande, et choisissez ce qu’il faut en faire.")
        return redirect("gestion-situations")
    faites, refusees = 0, []
    for pk in cochees:
        demande = own(agent, pk)
        try:
            acte(request, agent, pk)
            faites += 1
        except DemandeRefusee as refus:
            refusees.append(f"{demande.inscription.interne}\u00a0: {refus.message}")
    if faites:
        messages.success(request, "Une demande traitée." if faites == 1 else f"{faites} demandes traitées.")
    for mots in refusees:
        messages.warning(request, mots)
    return redirect("gestion-situations")


@require_http_methods(["GET", "HEAD", "POST"])
def delais(request: HttpRequest) -> HttpResponse:
    """Deadlines, openness and addresses, of each subdivision that he holds whole."""
    agent = enter_gestion(request)
    lieux = list_lieux(frozenset(sub for sub, groupe in agent.portees if groupe is None))
    if request.method == "POST":
        _set_delai(request, agent)
        return redirect("gestion-situations-delais")
    contexte = {
        "lieux": [{"pk": pk, "nom": nom, "reglages": list_reglages(pk)} for pk, nom in lieux],
        "ici": "situations",
    }
    return render(request, "gestion/situations_delais.html", contexte)


def read_filtre(request: HttpRequest) -> queries.FiltreSituations:
    nature, etat = request.GET.get("nature", ""), request.GET.get("etat", "attente")
    return queries.FiltreSituations(
        nature=nature if nature in set(Nature) else "",
        etat=etat if etat in queries.GROUPES else "attente",
        q=read_words(request),
    )


def own(agent: Visiteur, pk: int) -> Any:
    """Outside his scope it does not exist."""
    demande = queries.find_situation(pk)
    try:
        check_can_settle_individuelle(agent, demande)
    except Interdit as interdit:
        raise refuse(interdit) from None
    assert demande is not None
    return demande


def _instruct(request: HttpRequest, agent: Visiteur, pk: int) -> str:
    by_writer(individuelles.instruct_individuelle)(pk, agent=own_pk(request), maintenant=maintenant_ms())
    return (
        "L’instruction commence\u00a0: l’interne en est averti, et le coordonnateur si son avis est demandé."
    )


def _receive(request: HttpRequest, agent: Visiteur, pk: int) -> str:
    piece, texte = read_typed(request, "piece")[:120], read_typed(request, "recue_le")
    try:
        le = date.fromisoformat(texte) if texte else None
    except ValueError:
        raise DemandeRefusee("Donnez le jour où la pièce est arrivée.") from None
    by_writer(individuelles.receive_piece)(pk, piece, le, agent=own_pk(request), maintenant=maintenant_ms())
    return "C’est noté. Aucun document n’est gardé sur la plateforme."


def _advise(request: HttpRequest, agent: Visiteur, pk: int) -> str:
    by_writer(individuelles.give_avis)(
        pk,
        read_typed(request, "avis"),
        read_typed(request, "texte"),
        acteur=Acteur.ARS,
        auteur=own_pk(request),
        maintenant=maintenant_ms(),
    )
    return "L’avis reçu par écrit est enregistré à votre nom."


def _accept(request: HttpRequest, agent: Visiteur, pk: int) -> str:
    motif = read_typed(request, "motif")
    bilan = by_writer(effets.accept_individuelle)(pk, motif, agent, maintenant=maintenant_ms())
    return f"Demande acceptée\u00a0: l’interne en est averti. {_finish(bilan)}"


def _refuse(request: HttpRequest, agent: Visiteur, pk: int) -> str:
    motif = read_typed(request, "motif")
    by_writer(individuelles.refuse_individuelle)(pk, motif, agent=own_pk(request), maintenant=maintenant_ms())
    return "Demande refusée\u00a0: l’interne lit votre motif sur sa page."


def _apply(request: HttpRequest, agent: Visiteur, pk: int) -> str:
    bilan = by_writer(effets.apply_effets)(pk, agent, maintenant=maintenant_ms())
    return _finish(bilan) or "Rien ne restait à écrire."


def _reopen(request: HttpRequest, agent: Visiteur, pk: int) -> str:
    motif = read_typed(request, "motif")
    bilan = by_writer(effets.reopen_individuelle)(pk, motif, agent, maintenant=maintenant_ms())
    return f"La décision est reprise, la demande est de nouveau en instruction. {_finish(bilan)}"


def _finish(bilan: BilanEffets) -> str:
    """Provisional lists follow, now that what was decided stands."""
    follow_lists(bilan.lieux, now())
    return _tell(bilan)


def _tell(bilan: BilanEffets) -> str:
    """What was written, what was not and why, which published lists it may touch."""
    mots = [f"{fait}." for fait in bilan.faits]
    mots += [f"Pas encore écrit\u00a0: {un.mots}. {un.message}" for un in bilan.empeches]
    mots += [
        f"La liste d’appel publiée de «\u00a0{verrou.intitule}\u00a0» ne change pas d’elle-même\u00a0: "
        "corrigez-la avec un second agent, depuis cet amphi."
        for verrou in bilan.publies
    ]
    return " ".join(mots)


def _set_delai(request: HttpRequest, agent: Visiteur) -> None:
    subdivision, nature = read_typed(request, "subdivision"), read_typed(request, "nature")
    delai = request.POST.get("delai", "").strip()
    connue = subdivision.isascii() and subdivision.isdecimal() and len(subdivision) < 19
    if not connue or nature not in set(Nature):
        raise Http404
    if not can_set_demarches(agent, int(subdivision)):
        raise PermissionDenied("Les délais se fixent avec toute la subdivision dans sa portée.")
    if delai and not (delai.isascii() and delai.isdecimal() and len(delai) < 4 and int(delai) <= 366):
        messages.error(request, "Donnez un nombre de jours, de 0 à 366, ou laissez vide.")
        return
    by_writer(individuelles.set_reglage)(
        int(subdivision),
        Nature(nature),
        delai=int(delai) if delai else None,
        ouverte="ouverte" in request.POST,
        envoyer_a=read_typed(request, "envoyer_a"),
    )
    messages.success(request, "C’est enregistré. Les demandes déjà déposées ne changent pas.")


ACTES: dict[str, Acte] = {
    "instruire": _instruct,
    "piece": _receive,
    "avis": _advise,
    "accepter": _accept,
    "refuser": _refuse,
    "appliquer": _apply,
    "rouvrir": _reopen,
}
LOT: dict[str, Acte] = {"instruire": _instruct, "accepter": _accept, "refuser": _refuse, "appliquer": _apply}
