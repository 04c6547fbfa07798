"""« Ouverture des postes »: needs against seats, DES by DES, as the commission looks at them."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from gradin.documents.tableur import write_xlsx
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.ouverture.campagne import open_ouverture
from gradin.operations.ouverture.publication import number_accordes
from gradin.operations.ouverture.refus import OuvertureRefusee
from gradin.operations.ouverture.trace import Geste
from gradin.operations.permissions import Interdit
from gradin.operations.permissions_offre import can_set_ouverture
from gradin.queries.ouverture.campagnes import (
    OuvertureLue,
    find_ouverture,
    list_a_ouvrir,
    list_lieux,
    list_ouvertures,
)
from gradin.queries.ouverture.comptes import LigneOuverture, read_lignes, sum_lignes
from gradin.queries.visiteurs import Visiteur
from gradin.web.gestion.acces import enter_gestion, refuse
from gradin.web.gestion.cockpit import coming_semestre
from gradin.web.gestion.forms_ouverture import OuvertureSaisie
from gradin.web.gestion.graphiques import draw_need
from gradin.web.public import recherche, requete

ICI = "ouverture"
VUES = (("", "Tous"), ("manque", "En manque"), ("etude", "À étudier"))
ENTETES = (
    "Code",
    "DES",
    "Phase",
    "Internes",
    "dont surnombres validants",
    "Surnombres non validants",
    "Absences prévues",
    "Postes nécessaires",
    "Proposés",
    "Accordés",
    "Publiés",
    "Refusés",
    "Ouverts",
    "Écart",
)
VOLETS = {"socle": "Phase socle", "approfondissement": "Ancien régime et approfondissement"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """A line with its words and its drawing."""

    lue: LigneOuverture
    volet: str
    ecart: str
    barre: SafeString


@require_http_methods(["GET", "HEAD", "POST"])
def ouvertures(request: HttpRequest) -> HttpResponse:
    """Sends to the latest one; « nouvelle » starts another semestre's."""
    agent = enter_gestion(request)
    lues = list_ouvertures(agent)
    if request.method != "POST" and lues and "nouvelle" not in request.GET:
        return redirect("gestion-ouverture", lues[0].pk)
    lieux = list_lieux({ou for ou, _ in agent.portees if can_set_ouverture(agent, ou)})
    formulaire = OuvertureSaisie(
        request.POST or None,
        semestres=list_a_ouvrir(coming_semestre()),
        lieux=lieux,
    )
    if request.method == "POST" and formulaire.is_valid():
        try:
            saisie = formulaire.demande()
            pk = by_writer(open_ouverture)(*saisie, Geste(visiteur=agent, maintenant=maintenant_ms()))
            messages.success(request, "Les établissements peuvent proposer leurs postes jusqu’à cette date.")
            return redirect("gestion-ouverture", pk)
        except OuvertureRefusee as refus:
            formulaire.add_error(refus.champ or None, refus.message)
    contexte = {"ici": ICI, "form": formulaire, "lieux": lieux, "ouvertures": lues}
    return render(request, "gestion/ouverture_nouvelle.html", contexte)


@require_safe
def ouverture(request: HttpRequest, pk: int) -> HttpResponse:
    agent, lue = enter_ouverture(request, pk)
    lignes = read_lignes(lue)
    if request.GET.get("format") == "xlsx":
        return _download(lue, lignes)
    vue = request.GET.get("vue", "")
    vues = [un for un in lignes if _is_shown(un, vue)]
    totaux = sum_lignes(lignes)
    maintenant = maintenant_ms()
    geste = Geste(visiteur=agent, maintenant=maintenant)
    contexte = {
        "ici": ICI,
        "ouverture": lue,
        "ouvertures": list_ouvertures(agent),
        "is_open": lue.is_open(maintenant),
        "peut_regler": can_set_ouverture(agent, lue.subdivision),
        "lignes": [say_ligne(un) for un in vues],
        "totaux": totaux,
        "barre": draw_need(totaux.ouverts, totaux.proposes, totaux.requis),
        "a_publier": len(number_accordes(pk, geste, 1)),
        "vues": requete.segments(request, "vue", VUES),
        "vue": vue,
    }
    return render(request, "gestion/ouverture.html", contexte)


def enter_ouverture(request: HttpRequest, pk: int) -> tuple[Visiteur, OuvertureLue]:
    """Outside his scope it does not exist."""
    agent = enter_gestion(request)
    lue = find_ouverture(agent, pk)
    if lue is None:
        raise Http404
    return agent, lue


def enter_reglages(request: HttpRequest, pk: int) -> tuple[Visiteur, OuvertureLue]:
    """Whoever runs one groupe does not move the date of all."""
    agent, lue = enter_ouverture(request, pk)
    if not can_set_ouverture(agent, lue.subdivision):
        raise refuse(
            Interdit("La date limite et la règle se fixent avec toute la subdivision dans sa portée.")
        )
    return agent, lue


def say_ligne(lue: LigneOuverture) -> Ligne:
    return Ligne(
        lue=lue,
        volet=VOLETS[lue.besoin.volet],
        ecart=say_ecart(lue.ecart),
        barre=draw_need(lue.ouverts, lue.proposes, lue.requis),
    )


def say_ecart(ecart: int) -> str:
    if ecart < 0:
        return f"il en manque {-ecart}"
    return f"{ecart} de plus" if ecart else "le compte y est"


def _is_shown(un: LigneOuverture, vue: str) -> bool:
    return un.ecart < 0 if vue == "manque" else un.proposes > 0 if vue == "etude" else True


def _download(lue: OuvertureLue, lignes: tuple[LigneOuverture, ...]) -> HttpResponse:
    corps = write_xlsx(
        "Ouverture des postes", ENTETES, [[str(cellule) for cellule in _cells(un)] for un in lignes]
    )
    return recherche.attach(corps, "xlsx", f"ouverture-{lue.code_subdivision}-{lue.code}.xlsx")


def _cells(un: LigneOuverture) -> list[Any]:
    besoin = un.besoin
    return [
        besoin.code_des,
        besoin.intitule,
        VOLETS[besoin.volet],
        besoin.internes,
        besoin.validants,
        besoin.non_validants,
        besoin.absents,
        un.requis,
        un.proposes,
        un.accordes,
        un.publies,
        un.refuses,
        un.ouverts,
        un.ecart,
    ]
