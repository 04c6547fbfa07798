"""« Mes demandes »: what one may ask of the ARS, one form a kind, and how each demand goes on."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from gradin.domain.demandes.effets import effets_of, explain
from gradin.domain.demandes.natures import DEMARCHES, Nature
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.demandes.individuelles import file_individuelle, withdraw_individuelle
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.operations.permissions import Interdit
from gradin.operations.permissions_demandes import check_can_file
from gradin.queries.individuelles.anciennete import parametres_of
from gradin.queries.individuelles.lecture import find_own, list_etapes, list_own
from gradin.queries.individuelles.reglages import list_reglages, list_semestres, read_reglage
from gradin.queries.individuelles.tenus import list_tenus
from gradin.queries.parcours.choix import list_des
from gradin.queries.profils import last_inscription
from gradin.queries.visiteurs import visiteur_of
from gradin.web.compte.moi import own_pk
from gradin.web.compte.saisie_demande import FormulaireDemande


@require_safe
def mes_demandes(request: HttpRequest) -> HttpResponse:
    interne = own_interne(request)
    inscription = last_inscription(interne)
    demarches = []
    if inscription is not None:
        jour = _today(inscription.subdivision.fuseau)
        demarches = [
            {"reglage": un, "nature": un.demarche.nature.value, "prochain": list_semestres(un, jour)[0]}
            for un in list_reglages(inscription.subdivision_id)
        ]
    contexte = {"demandes": list_own(interne), "demarches": demarches}
    return render(request, "compte/mes_demandes.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def nouvelle(request: HttpRequest, nature: str) -> HttpResponse:
    interne = own_interne(request)
    if nature not in set(Nature):
        raise Http404
    inscription = last_inscription(interne)
    if inscription is None:
        raise PermissionDenied("Cette page est celle d’un interne inscrit pour un semestre.")
    genre, jour = Nature(nature), _today(inscription.subdivision.fuseau)
    reglage = read_reglage(inscription.subdivision_id, genre)
    des = tuple((code, f"{code} - {mot}") for code, mot in list_des(interne)[1:])
    # A DES looked at in « Ma maquette » comes along.
    envisage = dict(des).get(request.GET.get("des", ""), "")
    formulaire = FormulaireDemande(reglage, jour, des, request.POST or None, initial={"objet": envisage})
    if request.method == "POST" and formulaire.is_valid():
        try:
            pk = by_writer(file_individuelle)(
                inscription.pk,
                formulaire.read(),
                jour=jour,
                auteur=own_pk(request),
                maintenant=maintenant_ms(),
            )
        except DemandeRefusee as refus:
            champ = refus.champ if refus.champ in formulaire.fields else None
            formulaire.add_error(champ, refus.message)
        else:
            messages.success(request, "Votre demande est déposée. Envoyez maintenant les pièces, hors d’ici.")
            return redirect("ma-demande", pk)
    offerts = [un.code for un in list_semestres(reglage, jour)]
    exemple = effets_of(genre, "", offerts[0], DEMARCHES[genre].durees[0])
    dits = explain(exemple, parametres_of(inscription).plafond)
    contexte = {
        "form": formulaire,
        "reglage": reglage,
        "demarche": DEMARCHES[genre],
        "tenus": list_tenus(interne, offerts) if DEMARCHES[genre].absent else (),
        "effets": dits[: 1 if genre is Nature.DISPONIBILITE else None],
    }
    return render(request, "compte/nouvelle_demande.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def ma_demande(request: HttpRequest, pk: int) -> HttpResponse:
    """Only one's own; POST withdraws it."""
    lue = find_own(own_interne(request), pk)
    if lue is None:
        raise Http404
    if request.method == "POST":
        try:
            by_writer(withdraw_individuelle)(pk, auteur=own_pk(request), maintenant=maintenant_ms())
            messages.success(request, "Votre demande est retirée.")
        except DemandeRefusee as refus:
            messages.error(request, refus.message)
        return redirect("ma-demande", pk)
    inscription = last_inscription(lue.interne)
    assert inscription is not None
    contexte = {
        "demande": lue,
        "etapes": list_etapes(pk, own_pk(request)),
        "reglage": read_reglage(inscription.subdivision_id, Nature(lue.nature)),
    }
    return render(request, "compte/ma_demande.html", contexte)


def own_interne(request: HttpRequest) -> int:
    try:
        return check_can_file(visiteur_of(request.user))
    except Interdit as interdit:
        raise PermissionDenied(interdit.message) from None


def _today(fuseau: str) -> date:
    return datetime.fromtimestamp(maintenant_ms() / 1000, ZoneInfo(fuseau)).date()
