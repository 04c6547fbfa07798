"""One campaign of agréments: demands to decide one by one or many at once, files and links of services."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gradin.domain.nombres import count_mots
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.agrements import campagnes as operations
from gradin.operations.agrements.decisions import DecisionAgrement, decide_demandes
from gradin.operations.agrements.refus import AgrementRefuse
from gradin.operations.agrements.reprises import reopen_demande
from gradin.queries.agrements import campagnes as queries
from gradin.queries.agrements.demandes import ETATS
from gradin.queries.visiteurs import Visiteur
from gradin.web.agrements.liste import today
from gradin.web.gestion.acces import enter_gestion
from gradin.web.gestion.agrements import GET_POST, ICI
from gradin.web.gestion.forms_agrements import DatesCampagne, DecisionSaisie
from gradin.web.public import requete
from gradin.web.public.requete import read_typed

PAR_PAGE = 50


@require_http_methods(GET_POST)
def campagne(request: HttpRequest, pk: int) -> HttpResponse:
    """The demands; `geste` of the form decides what is ticked, or one."""
    agent, lue = enter_campagne(request, pk)
    commissions = queries.list_commissions(lue.subdivision)
    formulaire = DecisionSaisie(request.POST or None, commissions=commissions)
    refus = ""
    if request.method == "POST":
        try:
            messages.success(request, _decide(request, pk, agent, formulaire))
            return redirect(request.get_full_path())
        except AgrementRefuse as erreur:
            refus = erreur.message
    etat = request.GET.get("etat", ETATS[0][0])
    demandes = queries.list_demandes(pk, etat if etat in dict(ETATS) else ETATS[0][0])
    contexte = {
        "ici": ICI,
        "campagne": lue,
        "is_open": lue.is_open(today()),
        "demandes": demandes,
        "decidables": any(demande.is_decidable for demande in demandes),
        "etats": requete.segments(request, "etat", ETATS),
        "form": formulaire,
        "refus": refus,
        "coches": set(request.POST.getlist("pk")),
        "repris": request.POST.get("geste", "").partition(":")[2] if refus else "",
    }
    return render(request, "gestion/agrements_campagne.html", contexte, status=409 if refus else 200)


@require_http_methods(GET_POST)
def services(request: HttpRequest, pk: int) -> HttpResponse:
    """The files: sent all at once or one by one, links closed, dates moved, a service added."""
    agent, lue = enter_campagne(request, pk)
    dates = DatesCampagne(
        request.POST if request.POST.get("geste") == "dates" else None,
        initial={"ouvre": lue.ouvre, "clot": lue.clot, "expire_avant": lue.expire_avant},
    )
    refus = ""
    if request.method == "POST":
        try:
            messages.success(request, _act(request, lue, agent, dates))
            return redirect(request.get_full_path())
        except AgrementRefuse as erreur:
            refus = erreur.message
    q = requete.read_words(request, "q")
    page: Page[Any] = Paginator(queries.find_dossiers(pk, q), PAR_PAGE).get_page(request.GET.get("page"))
    lus: Any = page.object_list
    page.object_list = queries.read_dossiers(lus)
    contexte = {
        "ici": ICI,
        "campagne": lue,
        "is_open": lue.is_open(today()),
        "page": page,
        "base": requete.base(request),
        "q": q,
        "dates": dates,
        "refus": refus,
    }
    return render(request, "gestion/agrements_services.html", contexte, status=409 if refus else 200)


def enter_campagne(request: HttpRequest, pk: int) -> tuple[Visiteur, queries.CampagneLue]:
    agent = enter_gestion(request)
    lue = queries.find_campagne(agent, pk)
    if lue is None:
        raise Http404
    return agent, lue


def _act(request: HttpRequest, lue: queries.CampagneLue, agent: Visiteur, dates: DatesCampagne) -> str:
    geste, maintenant = request.POST.get("geste", ""), maintenant_ms()
    acte, _, numero = geste.partition(":")
    if acte in ("lien", "fermer"):
        return _link(request, lue, agent, acte, numero, maintenant)
    match geste:
        case "envoyer":
            envoyes = by_writer(operations.send_dossiers)(lue.pk, agent, maintenant)
            return f"{count_mots(envoyes, 'dossier envoyé', 'dossiers envoyés')}."
        case "dates":
            if not dates.is_valid():
                raise AgrementRefuse("Écrivez trois dates.")
            by_writer(operations.set_dates)(
                lue.pk, **dates.cleaned_data, visiteur=agent, maintenant=maintenant
            )
            return "Les dates sont enregistrées. Les liens déjà envoyés les suivent."
        case "ajouter":
            imotep, courriel = request.POST.get("imotep", ""), request.POST.get("courriel", "")
            by_writer(operations.add_service)(lue.pk, imotep, check_courriel(courriel), agent, maintenant)
            return "Le service a son dossier. Envoyez-lui son lien."
        case _:
            raise AgrementRefuse("Choisissez ce que vous voulez faire.")


def _link(
    request: HttpRequest, lue: queries.CampagneLue, agent: Visiteur, acte: str, numero: str, maintenant: int
) -> str:
    dossier = queries.find_dossier(int(numero)) if numero.isascii() and numero.isdigit() else None
    if dossier is None or dossier.campagne != lue.pk:
        raise AgrementRefuse("Ce dossier n’est pas de cette campagne.")
    if acte == "fermer":
        by_writer(operations.revoke_liens)(dossier.pk, agent, maintenant)
        return f"Le lien de {dossier.service} est fermé."
    courriel = check_courriel(request.POST.get(f"courriel-{dossier.pk}", ""))
    adresse = by_writer(operations.send_lien)(dossier.pk, courriel, agent, maintenant)
    return f"Nouveau lien de {dossier.service}, les précédents sont fermés\u00a0: {adresse}"


def check_courriel(texte: str) -> str:
    courriel = texte.strip().lower()[:254]
    if courriel and ("@" not in courriel or " " in courriel):
        raise AgrementRefuse(f"«\u00a0{courriel}\u00a0» n’est pas une adresse. Corrigez-la.")
    return courriel


def _decide(request: HttpRequest, pk: int, agent: Visiteur, formulaire: DecisionSaisie) -> str:
    """What was done, in words."""
    geste, _, un = request.POST.get("geste", "").partition(":")
    if geste == "revenir":
        motif = read_typed(request, f"reprise-{un}")
        by_writer(reopen_demande)(next(iter(_keys(request)), 0), pk, motif, agent, maintenant_ms())
        return "La demande attend de nouveau une décision. Le service est prévenu."
    if not formulaire.is_valid():
        raise AgrementRefuse("Une date n’est pas lisible. Corrigez-la.")
    decision = _decision(request, formulaire)
    faits = by_writer(decide_demandes)(pk, _keys(request), decision, agent, maintenant_ms())
    return f"{count_mots(faits, 'demande décidée', 'demandes décidées')}."


def _keys(request: HttpRequest) -> list[int]:
    un = request.POST.get("geste", "").partition(":")[2]
    cles = [un] if un else request.POST.getlist("pk")
    return [int(cle) for cle in cles if cle.isascii() and cle.isdecimal() and len(cle) < 19]


def _decision(request: HttpRequest, formulaire: DecisionSaisie) -> DecisionAgrement:
    geste, lues = request.POST.get("geste", "").partition(":")[0], formulaire.cleaned_data
    if geste not in ("accorder", "refuser"):
        raise AgrementRefuse("Choisissez d’accorder ou de refuser.")
    return DecisionAgrement(
        accorde=geste == "accorder",
        du=lues["du"],
        au=lues["au"],
        motif=lues["motif"],
        commission=int(lues["commission"]) if lues["commission"] else None,
    )
