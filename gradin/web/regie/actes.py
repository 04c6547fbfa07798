"""An act of the ARS: its form and consequence, and its run when the page has no JavaScript."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_safe

from gradin.domain.amphi.parametres import Mode
from gradin.domain.amphi.presence import connected
from gradin.domain.amphi.state import Etat
from gradin.domain.eligibilite.situation import TypeChoix
from gradin.domain.texte import fold
from gradin.live.ecriture import by_writer
from gradin.live.presence import PRESENCES
from gradin.operations.amphis import run_commande_agent
from gradin.queries.etats import lire_etat
from gradin.queries.regie import file, offre
from gradin.queries.regie.personnes import Personne, people_of
from gradin.queries.regie.propositions import list_propositions
from gradin.web.public import requete
from gradin.web.regie import catalogue
from gradin.web.regie.acces import Entree, enter, to_console
from gradin.web.regie.fin_tour import question_of
from gradin.web.regie.propositions import describe_all, describe_close

ATTEND_UN_SECOND = 202
REFUSE = 400
CHIFFRES = 12
ENONCE = "Choix énoncé en salle"
# Said in the room instead of a number.
SANS_POSTE = {"absent": "absent", "a": "absent", "passe": "passer", "p": "passer"}
# Fields of the form that are not the act's.
TUS = frozenset({"csrfmiddlewaretoken", "cle", "acte", "retour"})


@require_http_methods(["GET", "HEAD", "POST"])
def actes(request: HttpRequest, pk: int) -> HttpResponse:
    entree = enter(request, pk)
    if request.method == "POST":
        return _run(request, entree)
    champs = request.GET.dict()
    acte = SANS_POSTE.get(fold(champs.get("poste", "")).strip(), champs.get("acte", ""))
    return _ask(request, entree, _acte(acte), champs)


@require_safe
def interne(request: HttpRequest, pk: int, numero: int) -> HttpResponse:
    """Everything the ARS may do for one interne."""
    entree = enter(request, pk)
    seq, etat = lire_etat(pk)
    if numero not in etat.lignes:
        raise Http404
    personnes = people_of(pk)
    contexte = {
        "amphi": entree.row,
        "ligne": file.read_one(etat, numero, personnes, connected(PRESENCES.presents(pk), etat.procurations)),
        "personne": personnes.get(numero),
        "choisit": etat.tour is not None and etat.tour.interne == numero,
        "tour": etat.tour,
        "en_salle": etat.parametres.mode is Mode.EN_SALLE,
        "types": catalogue.TYPES,
        "type_choix": str(etat.lignes[numero].prive.type_choix),
        "vu": seq,
        "cle": secrets.token_urlsafe(16),
    }
    return _render(request, "regie/interne.html", contexte)


def _run(request: HttpRequest, entree: Entree) -> HttpResponse:
    acte = _acte(request.POST.get("acte") or request.POST.get("type", ""))
    corps = read_corps(request)
    reponse = by_writer(run_commande_agent)(
        entree.row.pk, corps, entree.visiteur, entree.maintenant, request.POST.get("cle") or None
    )
    if reponse.statut >= REFUSE and acte.type == "demarrer":
        messages.error(request, str(reponse.corps["message"]))
        return to_console(entree.row.pk)
    if reponse.statut >= REFUSE:
        return _ask(request, entree, acte, request.POST.dict(), str(reponse.corps["message"]), reponse.statut)
    if reponse.statut == ATTEND_UN_SECOND:
        messages.warning(request, str(reponse.corps["message"]))
    else:
        messages.success(request, "C’était déjà fait." if reponse.corps.get("deja") else acte.fait)
    return redirect("regie") if request.POST.get("retour") == "regie" else to_console(entree.row.pk)


def read_corps(request: HttpRequest) -> dict[str, Any]:
    """The JSON that the API takes, from a form's fields; what is empty is left out."""
    corps: dict[str, Any] = {}
    for nom, valeur in request.POST.items():
        if nom in TUS or not valeur:
            continue
        mot = str(valeur)
        corps[nom] = int(mot) if nom in catalogue.NOMBRES and is_number(mot) else mot
    if corps.get("type") == "coupler":
        corps["internes"] = [corps.pop("interne", None), corps.pop("avec", None)]
    if corps.get("type") == "corriger_liste":
        corps["liste"] = read_liste(corps)
    if "depasser" in corps:
        corps["depasser"] = True
    return corps


def is_number(mot: str) -> bool:
    """Short enough to be one: Python refuses to read thousands of digits."""
    return mot.isdecimal() and len(mot) < CHIFFRES


def read_liste(corps: dict[str, Any]) -> list[dict[str, Any]]:
    """Two ranks exchanged (`interne` of `rang`, `echange` "autre:son rang"), or an INE that takes a rank."""
    if "ine" in corps:
        return [{"ine": corps["ine"], "rang": corps.get("rang")}]
    autre, _, rang = str(corps.get("echange", "")).partition(":")
    if not (is_number(autre) and is_number(rang)):
        return []
    return [
        {"interne": corps.get("interne"), "rang": int(rang)},
        {"interne": int(autre), "rang": corps.get("rang")},
    ]


def _ask(
    request: HttpRequest,
    entree: Entree,
    acte: catalogue.ActeMis,
    champs: dict[str, str],
    refus: str = "",
    statut: int = 200,
) -> HttpResponse:
    """The form, with what the agent had written when a rule refused it."""
    contexte = {
        "amphi": entree.row,
        "acte": acte,
        "champs": champs,
        "refus": refus,
        "cle": secrets.token_urlsafe(16),
        "labels": catalogue.LABELS,
        "types": catalogue.TYPES,
        "multiplicateurs": catalogue.MULTIPLICATEURS,
        "durees": catalogue.DUREES,
        **_context_of(entree, acte, champs),
    }
    return _render(request, "regie/acte.html", contexte, statut)


def _context_of(entree: Entree, acte: catalogue.ActeMis, champs: dict[str, str]) -> dict[str, object]:
    pk = entree.row.pk
    seq, etat = lire_etat(pk)
    contexte: dict[str, object] = {"vu": seq}
    if seq == 0:
        return contexte
    personnes = people_of(pk)
    contexte |= _concerned(entree, acte, champs, etat, personnes)
    if acte.type == "clore":
        contexte["apercu"] = describe_close(etat, personnes)
    if acte.type == "approuver":
        attendues = list_propositions(pk, entree.visiteur.compte, entree.maintenant)
        dites = describe_all(attendues, etat, personnes)
        contexte["proposition"] = next((p for p in dites if str(p.pk) == champs.get("proposition")), None)
    if acte.type == "choisir_pour":
        contexte |= _for_choice(etat, champs)
    if acte.nom in ("coupler", "corriger_liste"):
        contexte["autres"] = file.read_file(etat, personnes, frozenset(), limite=None).suite
    contexte["rang_suivant"] = len(etat.lignes) + 1
    contexte["postes"] = _postes(entree, acte, etat)
    return contexte


def _concerned(
    entree: Entree,
    acte: catalogue.ActeMis,
    champs: dict[str, str],
    etat: Etat,
    personnes: Mapping[int, Personne],
) -> dict[str, object]:
    """Whom the act is about: the one choosing, or the interne that the form names."""
    numero = champs.get("interne", "")
    concerne = int(numero) if is_number(numero) else None
    contexte: dict[str, object] = {}
    if acte.tour and etat.tour is not None:
        concerne = etat.tour.interne
        contexte["tour"] = champs.get("tour") or etat.tour.tour
    if concerne is None or concerne not in etat.lignes:
        return contexte
    presents = connected(PRESENCES.presents(entree.row.pk), etat.procurations)
    ligne = file.read_one(etat, concerne, personnes, presents)
    if acte.tour:
        return {**contexte, "ligne": ligne, **question_of(acte, etat, ligne, entree.maintenant)}
    return {**contexte, "ligne": ligne, "interne": concerne}


def _for_choice(etat: Etat, champs: dict[str, str]) -> dict[str, object]:
    """In a room a number said aloud is confirmed by one key, unless a rule keeps the poste from him."""
    en_salle = etat.parametres.mode is Mode.EN_SALLE
    if en_salle:
        champs.setdefault("motif", ENONCE)
    poste = champs.get("poste", "")
    if etat.tour is None:
        return {}
    interne = etat.tour.interne
    classique: dict[str, object] = {"classique": etat.lignes[interne].prive.type_choix is TypeChoix.CLASSIQUE}
    if not poste:
        return classique
    return {**classique, "enonce": en_salle, "ferme": offre.why_closed(etat, interne, poste)}


def _postes(entree: Entree, acte: catalogue.ActeMis, etat: Etat) -> tuple[offre.PosteRegie, ...]:
    """The postes that this act may name."""
    pk = entree.row.pk
    match acte.type:
        case "choisir_pour" if etat.tour is not None:
            return offre.open_to(pk, etat, etat.tour.interne)
        case "retirer_poste" | "corriger_choix":
            return offre.free_postes(pk)
        case "lever_reserve":
            return offre.reserved_postes(pk)
        case "ajouter_poste":
            return offre.postes_to_add(entree.row)
        case _:
            return ()


def _acte(nom: str) -> catalogue.ActeMis:
    if nom not in catalogue.ACTES:
        raise Http404
    return catalogue.ACTES[nom]


def _render(
    request: HttpRequest, gabarit: str, contexte: dict[str, object], statut: int = 200
) -> HttpResponse:
    """Alone when the page's module puts it in its dialog."""
    contexte["seul"] = bool(request.headers.get(requete.FRAGMENT))
    contexte["socle"] = "regie/fragment.html" if contexte["seul"] else "regie/page.html"
    response = render(request, gabarit, contexte, status=statut)
    patch_vary_headers(response, [requete.FRAGMENT])
    return response
