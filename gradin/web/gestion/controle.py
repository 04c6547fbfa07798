"""« Contrôle avant ouverture »: what blocks and where to mend it, what is acknowledged, until ready."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gradin.domain.prevol.dossier import CodeConstat, Constat
from gradin.live.ecriture import by_writer
from gradin.operations.amphis import run_commande_agent
from gradin.queries.regie.avant import ConstatLu, read_avant
from gradin.web.gestion.rangs import show
from gradin.web.public import requete
from gradin.web.regie.acces import enter

REFUSE = 400
TITRES = {
    CodeConstat.DEJA_AFFECTE: "Déjà une affectation ce semestre",
    CodeConstat.DEUX_LISTES: "Attendus dans un autre amphi commencé",
    CodeConstat.MAQUETTE_TERMINEE: "Maquette terminée",
    CodeConstat.AUTRE_REGIME: "Autre régime de formation",
    CodeConstat.CONSOLIDATION: "Phase de consolidation",
    CodeConstat.RANG_MANQUANT: "Rang local manquant",
    CodeConstat.EX_AEQUO: "Ex æquo à confirmer",
    CodeConstat.LISTE_NON_PUBLIEE: "Liste d’appel",
    CodeConstat.LISTE_VIDE: "Liste d’appel",
    CodeConstat.ABSENTS_DE_LA_LISTE: "Internes absents de la liste d’appel",
    CodeConstat.LISTE_PERIMEE: "Liste d’appel dépassée par les données",
    CodeConstat.POSTES_INSUFFISANTS: "Moins de postes que d’internes",
    CodeConstat.RESERVE_SANS_PRENEUR: "Réserves sans preneur possible",
    CodeConstat.COUPLAGE_IMPOSSIBLE: "Pas de poste possible pour chacun",
    CodeConstat.PROCURATION_EN_ATTENTE: "Procurations non acceptées",
    CodeConstat.SEMESTRES_INSUFFISANTS: "Trop peu de semestres pour la phase",
    CodeConstat.AUTRE_GROUPE: "Groupe inhabituel pour le DES",
    CodeConstat.EFFECTIF_COMPTE: "Effectif local compté sur le fichier",
    CodeConstat.VOEUX_SANS_DATE: "Dates des vœux",
    CodeConstat.SANS_AGREMENT: "Postes sans agrément valide",
    CodeConstat.EN_AVANCE: "Avant l’heure annoncée",
}


@require_http_methods(["GET", "HEAD", "POST"])
def controle(request: HttpRequest, pk: int) -> HttpResponse:
    entree = enter(request, pk)
    if request.method == "POST":
        corps = {"type": "confirmer_constats", "constats": request.POST.getlist("constat")}
        reponse = by_writer(run_commande_agent)(pk, corps, entree.visiteur, entree.maintenant, None)
        if reponse.statut >= REFUSE:
            messages.error(request, str(reponse.corps["message"]))
        else:
            messages.success(request, "C’est confirmé, à votre nom et à cette heure.")
        return redirect("gestion-amphi-controle", pk)
    avant = None if entree.row.seq else read_avant(entree.row, requete.now())
    contexte: dict[str, Any] = {"avant": avant, "maintenant": entree.maintenant, "onglet": "controle"}
    if avant is not None:
        contexte["bloquants"] = group(
            ConstatLu(constat=c, confirmation=None) for c in avant.rapport.bloquants
        )
        contexte["a_confirmer"] = group(avant.a_confirmer)
        contexte["a_savoir"] = group(ConstatLu(constat=c, confirmation=None) for c in avant.a_savoir)
    return show(request, entree, "gestion/controle.html", contexte)


def group(lus: Iterable[ConstatLu]) -> list[dict[str, Any]]:
    """By kind of finding, so that three hundred of one kind hide no other."""
    groupes: dict[str, list[ConstatLu]] = {}
    for lu in lus:
        groupes.setdefault(lu.constat.code, []).append(lu)
    return [
        {
            "titre": title_of(une[0].constat),
            "lus": une,
            "restants": sum(lu.confirmation is None for lu in une),
        }
        for une in groupes.values()
    ]


def title_of(constat: Constat) -> str:
    return TITRES[constat.code]
