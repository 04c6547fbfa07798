"""« Mon parcours », « Ma maquette », « Ma situation »: one's own, and nobody else's."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gradin.domain.demandes.natures import Nature
from gradin.domain.parcours.ecarts import SourceAnciennete
from gradin.domain.parcours.modele import RECHERCHE, STAGES, Situation
from gradin.live.ecriture import by_writer
from gradin.operations.parcours.declaration import declare_semestre, withdraw_declaration
from gradin.operations.parcours.refus import ParcoursRefuse
from gradin.operations.parcours.situations import declare_situation
from gradin.queries.demandes import closed_since, read_statut
from gradin.queries.individuelles.lecture import list_own
from gradin.queries.parcours import choix
from gradin.queries.parcours.anciennete import source_of
from gradin.queries.parcours.lignes import read_parcours
from gradin.queries.parcours.mienne import read_figures
from gradin.queries.parcours.progression import PHASES_DITES, judge_for, read_ma_maquette, read_sous
from gradin.queries.parcours.situations import read_ma_situation
from gradin.queries.profils import last_inscription
from gradin.queries.visiteurs import visiteur_of
from gradin.web.parcours.dessin import by_phase, draw_avancement, draw_frise
from gradin.web.parcours.forms import SemestrePasse, SituationSaisie
from gradin.web.public import requete

GET_POST = ["GET", "HEAD", "POST"]
REFUS = 409


@require_safe
def parcours(request: HttpRequest) -> HttpResponse:
    """For any account; who is no interne has none."""
    interne = visiteur_of(request.user).interne
    lu = read_parcours(interne) if interne else None
    contexte = {
        "parcours": lu,
        "frise": draw_frise(lu) if lu else (),
        "chiffres": read_figures(interne) if interne else None,
        "rang_importe": interne is not None and _is_rank_imported(interne),
        "situation": read_ma_situation(interne, requete.now()) if interne else None,
    }
    return render(request, "parcours/parcours.html", contexte)


@require_http_methods(GET_POST)
def ajouter(request: HttpRequest) -> HttpResponse:
    interne = _own(request)
    lu = read_parcours(interne)
    if lu is None:
        messages.error(request, "Vous n’êtes encore sur aucune liste. L’ARS doit d’abord vous y inscrire.")
        return redirect("parcours")
    formulaire = SemestrePasse(
        request.POST or None,
        initial={"semestre": request.GET.get("semestre", ""), "agrement": "principal"},
        semestres=choix.list_semestres(lu),
        des=choix.list_des(interne),
    )
    if request.method == "POST" and formulaire.is_valid():
        try:
            by_writer(declare_semestre)(interne, formulaire.declaration(), requete.now())
        except ParcoursRefuse as refus:
            formulaire.add_error(None, refus.message)
        else:
            messages.success(request, _declared(formulaire.declaration().situation))
            return redirect("parcours")
    contexte = {"form": formulaire, "services": choix.list_services(interne)}
    return render(request, "parcours/ajouter.html", contexte)


@require_POST
def retirer(request: HttpRequest, pk: int) -> HttpResponse:
    interne = _own(request)
    try:
        by_writer(withdraw_declaration)(interne, pk)
    except ParcoursRefuse as refus:
        raise Http404(refus.message) from None
    messages.success(request, "Semestre retiré de votre parcours.")
    return redirect("parcours")


@require_safe
def maquette(request: HttpRequest) -> HttpResponse:
    interne = _own(request)
    lue = read_ma_maquette(interne)
    contexte: dict[str, object] = {"lue": lue}
    if lue is not None:
        parcours_lu = read_parcours(interne)
        contexte |= {
            "manques": parcours_lu.manques if parcours_lu else (),
            "rang_importe": _is_rank_imported(interne),
            "phases": [
                (PHASES_DITES[un.phase], un, draw_avancement(un), un.phase == lue.phase)
                for un in lue.progression.phases
            ],
            "groupes": _groups(lue),
            "postes": judge_for(interne),
            "poste_choisi": statut.poste if (statut := read_statut(interne)) else "",
        }
    return render(request, "parcours/maquette.html", contexte)


@require_safe
def remords(request: HttpRequest) -> HttpResponse:
    """Which semesters are kept under another DES; the demand itself is filed with the others."""
    interne = _own(request)
    code = request.GET.get("des", "")[:20]
    lue, gardes = read_sous(interne, code) if code else (None, ())
    lu = read_parcours(interne)
    codes = {ligne.semestre for ligne in gardes}
    contexte = {
        "choix_des": choix.list_envisages(interne),
        "deposee": next(
            (un for un in list_own(interne) if un.nature == Nature.REMORDS.value and un.attend), None
        ),
        "code": code,
        "lue": lue,
        "gardes": gardes,
        "perdus": [
            ligne
            for ligne in (lu.lignes if lu else ())
            if lue is not None and lue.ecrite and not ligne.manque and ligne.semestre not in codes
        ],
        "groupes": _groups(lue) if lue else [],
    }
    return render(request, "parcours/remords.html", contexte)


@require_http_methods(GET_POST)
def situation(request: HttpRequest) -> HttpResponse:
    interne, maintenant = _own(request), requete.now()
    lue = read_ma_situation(interne, maintenant)
    initial = {"nature": lue.nature or "cas_general", "souhaits": lue.souhaits}
    formulaire = SituationSaisie(request.POST or None, initial=initial)
    statut = 200
    if request.method == "POST" and formulaire.is_valid():
        lues = formulaire.cleaned_data
        try:
            by_writer(declare_situation)(interne, lues["nature"], lues["souhaits"], maintenant)
        except ParcoursRefuse as refus:
            formulaire.add_error(None, refus.message)
            statut = REFUS
        else:
            messages.success(
                request, "Votre situation est enregistrée. Elle se change jusqu’au verrouillage."
            )
            return redirect("ma-situation")
    contexte = {"form": formulaire, "lue": lue, "surnombre_clos": _closed_surnombre(interne)}
    return render(request, "parcours/situation.html", contexte, status=statut)


def _closed_surnombre(interne: int) -> datetime | None:
    """The last day to ask for a surnombre, once over and nothing was asked: as « Mon statut » says it."""
    statut = read_statut(interne)
    if statut is None or statut.courante is not None:
        return None
    return closed_since(statut.inscription, requete.now())


def _is_rank_imported(interne: int) -> bool:
    """Whether the call list counts the ARS's figure rather than the lines of the parcours."""
    inscription = last_inscription(interne)
    if inscription is None:
        return False
    return source_of(inscription.semestre_id, inscription.subdivision_id) == SourceAnciennete.IMPORTEE


def _groups(lue) -> list[tuple[str, list[object]]]:  # type: ignore[no-untyped-def]
    """(title, requirements with their drawing and the stages that serve them)."""
    groupes = by_phase(lue.progression.exigences)
    return [
        (
            PHASES_DITES[phase] if phase else "Sur toute la maquette",  # type: ignore[index]
            [(un, dessin, lue.servent.get(un.exigence.cle, ())) for un, dessin in lignes],
        )
        for phase, lignes in groupes.items()
    ]


def _declared(situation: Situation) -> str:
    if situation in STAGES | RECHERCHE:
        return "Semestre déclaré. Il compte dès que votre faculté l’a validé."
    return "Semestre déclaré. Il ne compte pas dans l’ancienneté\u202f; votre faculté le vérifie."


def _own(request: HttpRequest) -> int:
    interne = visiteur_of(request.user).interne
    if interne is None:
        raise PermissionDenied("Cette page est celle des internes.")
    return interne
