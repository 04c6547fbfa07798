"""« Ouverture » in « Mon espace »: an établissement proposes, a coordonnateur advises, others read."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gradin.documents.tableur import write_xlsx
from gradin.domain.nombres import count_mots
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.droits import Acte
from gradin.operations.ouverture.avis import SENS, give_avis
from gradin.operations.ouverture.propositions import (
    correct_propose,
    list_renewable,
    propose_postes,
    renew_postes,
    withdraw_proposes,
)
from gradin.operations.ouverture.refus import OuvertureRefusee
from gradin.operations.ouverture.trace import Geste
from gradin.operations.permissions import Interdit
from gradin.operations.permissions_offre import can_give_avis, can_propose
from gradin.queries.ouverture.campagnes import OuvertureLue
from gradin.queries.ouverture.proposes import ProposeLu, read_propose, read_proposes, services_of
from gradin.queries.ouverture.suivi import (
    find_siens,
    find_suivie,
    hide_advice,
    hide_avis,
    list_des,
    list_suivies,
    read_attente,
    say_besoins,
    without_avis_of,
)
from gradin.web.espace.saisie_ouverture import PosteForm
from gradin.web.espace.venue import Venue, context_of, enter
from gradin.web.public import recherche, requete

PAR_PAGE = 60
ADRESSE = "espace-ouverture"
DECRITS = ("regime", "type_poste", "flechage", "observations", "reserve")
ENTETES = (
    "N° poste", "État", "Établissement", "Ville", "Service", "IMOTEP", "Chef de service", "DES",
    "Régime de formation", "Type", "Fléchage", "Observations", "Allocation d’attractivité", "Motif du refus",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def ouverture(request: HttpRequest) -> HttpResponse:
    venue = enter(request, Acte.LIRE_OFFRE)
    lue = find_suivie(venue.perimetre, requete.read_number(request, "ouverture", 0) or None)
    contexte = context_of(venue) | {"ici": "ouverture", "ouverture": lue}
    if lue is None:
        return render(request, "espace/ouverture.html", contexte)
    formulaire = _form(venue, request) if can_propose(venue.visiteur) else None
    refus = ""
    if request.method == "POST":
        try:
            if _act(request, venue, lue, formulaire):
                return redirect(f"{request.path}?ouverture={lue.pk}")
        except OuvertureRefusee as erreur:
            refus = erreur.message
            if formulaire is not None and erreur.champ in formulaire.fields:
                formulaire.add_error(erreur.champ, erreur.message)
    rows = find_siens(venue.perimetre, lue)
    if request.GET.get("format") == "xlsx":
        return _download(lue, _hidden(venue, read_proposes(rows)))
    contexte |= _read(request, venue, lue, rows) | {"form": formulaire, "refus": refus}
    return render(request, "espace/ouverture.html", contexte, status=409 if refus else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def proposition(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own proposal, while it may still change."""
    venue = enter(request, Acte.LIRE_OFFRE)
    if not can_propose(venue.visiteur):
        raise PermissionDenied("Proposer des postes est réservé aux établissements.")
    suivies = list_suivies(venue.perimetre)
    trouvees = ((lue, find_siens(venue.perimetre, lue).filter(pk=pk).first()) for lue in suivies)
    lue, row = next(((lue, row) for lue, row in trouvees if row), (None, None))
    if lue is None or row is None:
        raise Http404
    initial = {nom: getattr(row, nom) for nom in DECRITS}
    initial |= {"service": row.service_id, "des": row.des_id}
    formulaire = PosteForm(request.POST or None, **_choices(venue), correction=True, initial=initial)
    refus, geste = "", Geste(visiteur=venue.visiteur, maintenant=maintenant_ms())
    if request.method == "POST":
        try:
            if request.POST.get("geste") == "retirer":
                by_writer(withdraw_proposes)(lue.pk, [pk], geste)
                messages.success(request, "La proposition est retirée.")
                return redirect(ADRESSE)
            if formulaire.is_valid():
                by_writer(correct_propose)(lue.pk, pk, formulaire.saisi(), geste)
                messages.success(request, "La proposition est enregistrée.")
                return redirect(ADRESSE)
        except OuvertureRefusee as erreur:
            refus = erreur.message
    contexte = context_of(venue) | {
        "ici": "ouverture",
        "ouverture": lue,
        "form": formulaire,
        "p": read_propose(row),
        "modifiable": lue.is_open(geste.maintenant) and row.etat == "propose",
        "refus": refus,
    }
    return render(request, "espace/proposition.html", contexte, status=409 if refus else 200)


def _act(request: HttpRequest, venue: Venue, lue: OuvertureLue, formulaire: PosteForm | None) -> bool:
    """Whether something was done; a form that is not right is shown again."""
    qui, geste = Geste(visiteur=venue.visiteur, maintenant=maintenant_ms()), request.POST.get("geste", "")
    try:
        if geste == "avis":
            faits = by_writer(give_avis)(
                lue.pk, _keys(request), request.POST.get("sens", ""), request.POST.get("texte", ""), qui
            )
            messages.success(request, f"Votre avis est enregistré sur {count_mots(faits, 'poste')}.")
            return True
        if geste == "entree":
            raise OuvertureRefusee("Choisissez votre avis, puis «\u00a0Donner cet avis\u00a0».")
        if geste == "renouveler":
            faits = by_writer(renew_postes)(lue.pk, qui)
            messages.success(request, f"{count_mots(faits, 'poste proposé', 'postes proposés')} de nouveau.")
            return True
        if formulaire is None:
            raise Interdit("Proposer des postes est réservé aux établissements.")
        if not formulaire.is_valid():
            return False
        faits = by_writer(propose_postes)(lue.pk, formulaire.saisi(), formulaire.cleaned_data["nombre"], qui)
    except Interdit as interdit:
        raise PermissionDenied(interdit.message) from None
    messages.success(request, f"{count_mots(faits, 'poste proposé', 'postes proposés')} à l’ARS.")
    return True


def _read(request: HttpRequest, venue: Venue, lue: OuvertureLue, rows: Any) -> dict[str, Any]:
    visiteur, maintenant = venue.visiteur, maintenant_ms()
    avise, propose = can_give_avis(visiteur), can_propose(visiteur)
    attendus = rows.filter(without_avis_of(visiteur)) if avise else rows.none()
    seuls = avise and request.GET.get("vue", "attente") == "attente" and attendus.exists()
    page: Page[Any] = Paginator(attendus if seuls else rows, PAR_PAGE).get_page(request.GET.get("page"))
    lus: Any = page.object_list
    page.object_list = _hidden(venue, read_proposes(lus))
    renouvelables = 0
    if propose and lue.is_open(maintenant):
        renouvelables = list_renewable(lue.pk, Geste(visiteur=visiteur, maintenant=maintenant)).total()
    return {
        "page": page,
        "base": requete.base(request),
        "attente": read_attente(visiteur, venue.perimetre, maintenant, lue),
        "is_open": lue.is_open(maintenant),
        "avise": avise,
        "propose": propose,
        "sens": SENS,
        "vues": requete.segments(request, "vue", (("attente", "Attendent mon avis"), ("tous", "Tous"))),
        "totaux": say_besoins(venue.perimetre, lue) if avise else None,
        "renouvelables": renouvelables,
        "ouvertures": list_suivies(venue.perimetre),
    }


def _hidden(venue: Venue, lus: tuple[ProposeLu, ...]) -> tuple[ProposeLu, ...]:
    """The motive is for who proposed and who advised, the opinions for the coordonnateur and the ARS."""
    if can_give_avis(venue.visiteur):
        return lus
    return hide_avis(lus) if can_propose(venue.visiteur) else hide_advice(lus)


def _form(venue: Venue, request: HttpRequest) -> PosteForm:
    envoye = request.POST if request.POST.get("geste") == "proposer" else None
    return PosteForm(envoye, **_choices(venue))


def _choices(venue: Venue) -> dict[str, Any]:
    services = services_of(venue.perimetre)
    plusieurs = len({service.etablissement_id for service in services}) > 1
    noms = [(s.pk, f"{s.nom}, {s.etablissement.nom}" if plusieurs else s.nom) for s in services]
    return {"services": noms, "des": list_des()}


def _keys(request: HttpRequest) -> list[int]:
    cles = request.POST.getlist("pk")
    return [int(cle) for cle in cles if cle.isascii() and cle.isdecimal() and len(cle) < 19]


def _download(lue: OuvertureLue, lus: tuple[ProposeLu, ...]) -> HttpResponse:
    lignes = [
        [
            p.numero, p.etat_dit, p.etablissement, p.ville, p.service, p.imotep, p.chef, p.des,
            p.regime, p.type_poste, p.flechage, p.observations, p.allocation, p.motif,
        ]
        for p in lus
    ]  # fmt: skip
    corps = write_xlsx("Postes proposés", ENTETES, lignes)
    return recherche.attach(corps, "xlsx", f"ouverture-{lue.code}.xlsx")
