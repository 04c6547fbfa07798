"""« Reporter »: one amphi, or every amphi of a phase, to another day; the new sessions are read first."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gradin.domain.nombres import count_mots
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.preparation.refus import PreparationRefusee
from gradin.operations.preparation.report import DemandeReport, PlanReport, plan_report, report
from gradin.queries.cockpit.amphis import LigneAmphi
from gradin.queries.visiteurs import Visiteur
from gradin.web.gestion.acces import enter_gestion
from gradin.web.gestion.cockpit import own_parcours
from gradin.web.gestion.forms_semestre import ReportPhase, ReportSaisi
from gradin.web.public import requete
from gradin.web.regie.acces import enter
from gradin.web.templatetags.gradin import localize

GET_POST = ["GET", "HEAD", "POST"]
TOUTES = ("toutes", "Tous les amphis à venir")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sujet:
    """What moves: its title, its amphis, where to come back. `fuseau`: the wall its hours are read on."""

    titre: str
    amphis: tuple[int, ...]
    retour: str
    fuseau: str
    champs: dict[str, str]


@require_http_methods(GET_POST)
def amphi(request: HttpRequest, pk: int) -> HttpResponse:
    entree = enter(request, pk)
    row = entree.row
    initial = _filled(row.debut, entree.fuseau)
    formulaire = ReportSaisi(request.POST or None, initial=initial)
    sujet = Sujet(
        titre=f"Reporter\u00a0: {row.intitule}",
        amphis=(pk,),
        retour=f"/gestion/?semestre={row.semestre.code}",
        fuseau=entree.fuseau,
        champs={},
    )
    if row.seq:
        return _render(
            request, sujet, formulaire, refus=COMMENCE, statut=409 if request.method == "POST" else 200
        )
    return _answer(request, entree.visiteur, sujet, formulaire)


@require_http_methods(GET_POST)
def phase(request: HttpRequest) -> HttpResponse:
    """Every amphi of the phase that has not started, as much later each."""
    agent = enter_gestion(request)
    semestre, ici = own_parcours(request, agent)
    attendus = [a for a in ici.amphis if not a.is_started and a.debut is not None]
    formulaire = ReportPhase(
        request.POST or None,
        initial=_filled(attendus[0].debut, ici.fuseau) if attendus else {},
        phases=(*ici.phases, TOUTES),
    )
    sujet = Sujet(
        titre=f"Reporter une phase\u00a0: {ici.nom}",
        amphis=_of_phase(attendus, request.POST.get("phase", TOUTES[0])),
        retour=f"/gestion/?semestre={semestre.code}",
        fuseau=ici.fuseau,
        champs={"semestre": semestre.code, "subdivision": str(ici.pk)},
    )
    return _answer(request, agent, sujet, formulaire)


COMMENCE = (
    "Cet amphi a commencé\u00a0: il ne se reporte plus. Mettez-le en pause dans la régie, "
    "puis dites à tous quand il reprend."
)


def _answer(request: HttpRequest, agent: Visiteur, sujet: Sujet, formulaire: ReportSaisi) -> HttpResponse:
    if request.method != "POST" or not formulaire.is_valid():
        return _render(request, sujet, formulaire)
    debut = formulaire.debut()
    assert debut is not None, "the form wants both"
    demande = DemandeReport(amphis=sujet.amphis, debut=debut, texte=formulaire.cleaned_data["texte"])
    empreinte = request.POST.get("empreinte", "")
    refus = ""
    if request.POST.get("geste") == "reporter":
        try:
            fait = by_writer(report)(demande, empreinte, auteur=agent.compte, maintenant=maintenant_ms())
        except PreparationRefusee as erreur:
            refus = erreur.message
        else:
            messages.success(request, _tell(fait))
            return redirect(sujet.retour)
    try:
        plan = plan_report(demande, maintenant=requete.now())
    except PreparationRefusee as erreur:
        return _render(request, sujet, formulaire, refus=refus or erreur.message, statut=409)
    return _render(request, sujet, formulaire, plan=plan, refus=refus, statut=409 if refus else 200)


def _tell(plan: PlanReport) -> str:
    mots = count_mots(len(plan.amphis), "amphi reporté", "amphis reportés")
    return f"{mots}\u00a0: l’annonce est à l’accueil, les courriels partent, les agendas suivent."


def _render(
    request: HttpRequest,
    sujet: Sujet,
    formulaire: ReportSaisi,
    *,
    plan: PlanReport | None = None,
    refus: str = "",
    statut: int = 200,
) -> HttpResponse:
    contexte: dict[str, Any] = {
        "sujet": sujet,
        "form": formulaire,
        "plan": plan,
        "refus": refus,
        "ici": "semestre",
    }
    return render(request, "gestion/reporter.html", contexte, status=statut)


def _of_phase(amphis: list[LigneAmphi], nom: str) -> tuple[int, ...]:
    return tuple(a.pk for a in amphis if nom in (TOUTES[0], a.phase))


def _filled(debut: Any, fuseau: str) -> dict[str, Any]:
    if debut is None:
        return {}
    local = localize(debut, fuseau)
    return {"jour": local.date(), "heure": local.time()}
