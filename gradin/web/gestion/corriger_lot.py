"""Correct one field of many rows: named first, then changed by short transactions."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gradin.live.ecriture import by_writer
from gradin.operations.roster.internes import BilanLot
from gradin.operations.roster.verrous import CorrectionRefusee
from gradin.queries.roster.page import Filtre
from gradin.queries.visiteurs import Visiteur
from gradin.web.gestion.acces import enter_gestion
from gradin.web.gestion.corriger import asked_fields, filtre_of, now, query_of, tell
from gradin.web.gestion.forms_roster import Cellules
from gradin.web.gestion.registre import Registre, word_of
from gradin.web.gestion.roster import tell_refus
from gradin.web.gestion.suivi_listes import follow_lists

PAR_ECRITURE = 250


@require_POST
def lot(request: HttpRequest, registre: Registre) -> HttpResponse:
    """First the field and its value for so many rows, named; then, once confirmed, the change."""
    agent = enter_gestion(request)
    nom = request.POST.get("champ", "")
    cles = chosen(request, agent, registre)
    if nom not in registre.en_lot or not cles:
        messages.error(request, f"Cochez au moins un {registre.un}, et choisissez le champ à changer.")
        return redirect(f"{registre.adresse}?{query_of(request)}")
    noms = asked_fields(registre, nom)
    confirme = "confirme" in request.POST
    formulaire = Cellules(registre, noms, registre.options(agent), request.POST if confirme else None)
    if confirme and request.POST.get("nombre") != str(len(cles)):
        formulaire = Cellules(registre, noms, registre.options(agent))
        messages.warning(request, "La sélection a changé entre-temps\u00a0: relisez leur nombre.")
    elif confirme and formulaire.is_valid():
        try:
            bilan = change_all(registre, cles, formulaire.read(), nom, agent)
        except CorrectionRefusee as refus:
            tell_refus(formulaire, refus)
        else:
            tell(request, registre, bilan, follow_lists(bilan.lieux, now()))
            return redirect(f"{registre.adresse}?{query_of(request)}")
    return _show_lot(request, agent, registre, nom, cles, formulaire)


def change_all(
    registre: Registre, cles: list[int], lus: Mapping[str, str], nom: str, agent: Visiteur
) -> BilanLot:
    """By short transactions: no lock is held for the time of thousands of rows."""
    options = {"motif": lus["motif"]} if "motif" in lus else {}
    faits: list[BilanLot] = []
    refuses: list[str] = []
    for debut in range(0, len(cles), PAR_ECRITURE):
        morceau = cles[debut : debut + PAR_ECRITURE]
        fait = by_writer(registre.lot)(morceau, nom, lus[nom], agent, maintenant=now(), **options)
        faits.append(fait)
        refuses += fait.refuses
    return BilanLot(
        changes=sum(fait.changes for fait in faits),
        identiques=sum(fait.identiques for fait in faits),
        refuses=tuple(refuses),
        lieux=frozenset().union(*(fait.lieux for fait in faits)),
        publies=tuple({v.amphi: v for fait in faits for v in fait.publies}.values()),
    )


def chosen(request: HttpRequest, agent: Visiteur, registre: Registre) -> list[int]:
    """Keys of the rows ticked, or of all that the filter finds; of the agent's scope alone."""
    filtre = filtre_of(request, registre)
    rows = registre.trouver(agent, filtre)
    if request.POST.get("portee") != "tous":
        cochees = [int(pk) for pk in request.POST.getlist("pk") if pk.isascii() and pk.isdigit()]
        rows = registre.trouver(agent, Filtre(semestre=filtre.semestre)).filter(pk__in=cochees)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _show_lot(
    request: HttpRequest, agent: Visiteur, registre: Registre, nom: str, cles: list[int], formulaire: Cellules
) -> HttpResponse:
    tous = request.POST.get("portee") == "tous"
    verrous = registre.verrous(cles)
    contexte = {
        "registre": registre,
        "champ": nom,
        "mot": word_of(registre, nom),
        "form": formulaire,
        "nombre": len(cles),
        "retenus": sum(verrou.commence for verrou in verrous.values()),
        "publies": sum(not verrou.commence for verrou in verrous.values()),
        "cles": [] if tous else cles,
        "tous": tous,
        "semestre": request.POST.get("semestre", ""),
        "retour": query_of(request),
        "ici": registre.cle,
    }
    return render(request, "gestion/lot.html", contexte)
