"""« Paramètres » of an amphi, and of all those of a campaign: read, previewed, saved, kept in a history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gradin.domain.nombres import count_mots
from gradin.domain.reglages.modele import Nature, Reglage, valeur_of
from gradin.domain.reglages.mots import say_valeur
from gradin.domain.reglages.table import REGLAGES
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.ouverture.campagne import set_regles_campagne
from gradin.operations.ouverture.trace import Geste
from gradin.operations.permissions import can_publish
from gradin.operations.preparation.effets import ApercuReglages, preview_amphi
from gradin.operations.preparation.refus import PreparationRefusee
from gradin.operations.preparation.reglages import (
    apply_changements,
    change_amphi,
    change_campagne,
    follow_campagne,
    keep_free,
    list_changements,
)
from gradin.queries import reglages as lus
from gradin.queries.cockpit.amphis import LigneAmphi
from gradin.queries.regie.pupitre import find_row
from gradin.queries.visiteurs import Visiteur
from gradin.web.gestion.acces import enter_gestion
from gradin.web.gestion.cockpit import own_parcours
from gradin.web.gestion.forms_ouverture import FormulaireRegles
from gradin.web.gestion.forms_parametres import FormulaireReglages
from gradin.web.regie.acces import enter

GET_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_POST)
def amphi(request: HttpRequest, pk: int) -> HttpResponse:
    """« Voir l’effet » writes nothing; what changes no more says why."""
    entree = enter(request, pk)
    row = entree.row
    fixes = _fixes(row)
    formulaire = FormulaireReglages(request.POST or None, parametres=row.parametres, fixes=fixes)
    apercu, refus = None, ""
    if request.method == "POST" and formulaire.is_valid():
        try:
            apercu = preview_amphi(row, formulaire.voulus(), maintenant_ms())
            if request.POST.get("geste") == "enregistrer":
                return _save_amphi(request, pk, formulaire, entree.visiteur.compte)
        except PreparationRefusee as erreur:
            refus = erreur.message
    contexte = {
        "titre": row.intitule,
        "amphi": row,
        "retour": f"/gestion/?semestre={row.semestre.code}",
        "fuseau": entree.fuseau,
        "apercu": apercu,
        "changements": apercu.changements if apercu else None,
        "historique": lus.historique_amphi(pk),
        "subdivision": row.subdivision_id,
    }
    return _render(request, formulaire, contexte, refus)


@require_http_methods(GET_POST)
def campagne(request: HttpRequest) -> HttpResponse:
    """For the amphis to come, and with the box ticked for those that have not started."""
    agent = enter_gestion(request)
    semestre, ici = own_parcours(request, agent)
    # A campaign is the whole subdivision's: who runs one groupe has its amphis' own parameters.
    if not can_publish(agent, ici.pk):
        raise Http404
    stockes, des_regles = lus.campagne_of(semestre.pk, ici.pk), request.POST.get("geste") == "regles"
    regles = FormulaireRegles(
        request.POST if des_regles else None, parametres=lus.regles_ouverture_of(semestre.pk, ici.pk)
    )
    if des_regles and regles.is_valid():
        return _save_regles(request, semestre, ici.pk, regles, agent)
    attendus = [a for a in ici.amphis if not a.is_started]
    formulaire = FormulaireReglages(None if des_regles else request.POST or None, parametres=stockes)
    changements, effets, refus = None, [], ""
    if request.method == "POST" and formulaire.is_valid():
        voulus = formulaire.voulus()
        changements = list_changements(stockes, voulus)
        change = {un.reglage.cle: un.apres for un in changements}
        try:
            apply_changements(stockes, changements)
            if request.POST.get("geste") == "enregistrer":
                cibles = attendus if request.POST.get("appliquer") else []
                return _save_campagne(request, semestre, ici.pk, change, cibles, agent.compte)
            effets = [_effect_on(a, change) for a in attendus] if change else []
        except PreparationRefusee as erreur:
            refus = erreur.message
    contexte = {
        "titre": f"Campagne de {semestre.libelle}, {ici.nom}",
        "retour": f"/gestion/?semestre={semestre.code}",
        "champs": {"semestre": semestre.code, "subdivision": str(ici.pk)},
        "fuseau": ici.fuseau,
        "changements": changements,
        "effets": effets,
        "regles": regles,
        "attendus": len(attendus),
        "historique": lus.historique_campagne(semestre.pk, ici.pk),
        "subdivision": ici.pk,
    }
    return _render(request, formulaire, contexte, refus)


def _save_amphi(
    request: HttpRequest, pk: int, formulaire: FormulaireReglages, compte: int | None
) -> HttpResponse:
    voulus = formulaire.voulus()
    faits = by_writer(change_amphi)(pk, voulus, auteur=compte, maintenant=maintenant_ms())
    if faits:
        messages.success(request, f"{count_mots(len(faits), 'réglage changé', 'réglages changés')}.")
    else:
        messages.info(request, "Rien n’a changé.")
    return redirect("gestion-amphi-parametres", pk)


def _save_campagne(
    request: HttpRequest,
    semestre: Any,
    subdivision: int,
    change: Mapping[str, Any],
    cibles: Sequence[LigneAmphi],
    compte: int | None,
) -> HttpResponse:
    """The campaign, then each amphi in its own transaction; a refusal of one stops no other."""
    maintenant = maintenant_ms()
    by_writer(change_campagne)(semestre.pk, subdivision, change, auteur=compte, maintenant=maintenant)
    messages.success(request, f"{count_mots(len(change), 'réglage', 'réglages')} de campagne enregistrés.")
    changes = 0
    for cible in cibles:
        try:
            changes += bool(
                by_writer(follow_campagne)(cible.pk, change, auteur=compte, maintenant=maintenant)
            )
        except PreparationRefusee as erreur:
            messages.warning(request, f"{cible.titre} garde les siens. {erreur.message}")
    if cibles:
        messages.info(request, f"{count_mots(changes, 'amphi changé', 'amphis changés')}.")
    return redirect(f"/gestion/parametres/?semestre={semestre.code}&subdivision={subdivision}")


def _save_regles(
    request: HttpRequest, semestre: Any, subdivision: int, regles: FormulaireRegles, agent: Visiteur
) -> HttpResponse:
    """The rule of postes needed has no amphi to apply to: it is saved at once."""
    geste = Geste(visiteur=agent, maintenant=maintenant_ms())
    faits = by_writer(set_regles_campagne)(semestre.pk, subdivision, regles.voulus(), geste)
    messages.success(request, f"{count_mots(faits, 'règle changée', 'règles changées')}.")
    return redirect(f"/gestion/parametres/?semestre={semestre.code}&subdivision={subdivision}")


def _effect_on(cible: LigneAmphi, change: Mapping[str, Any]) -> tuple[LigneAmphi, ApercuReglages | None, str]:
    """(amphi, what would change, what would not and why)."""
    row = find_row(cible.pk)
    assert row is not None
    libres = keep_free(row, change)
    gardes = "" if len(libres) == len(change) else "la liste est publiée, les rangs ne changent pas."
    try:
        return cible, preview_amphi(row, libres, maintenant_ms()), gardes
    except PreparationRefusee as erreur:
        return cible, None, erreur.message


def _fixes(row: Any) -> dict[str, str]:
    publiee = row.listes.filter(published_at__isnull=False).exists()
    raisons = {r.cle: lus.why_fixed(r, commence=bool(row.seq), publiee=publiee) for r in REGLAGES}
    return {cle: raison for cle, raison in raisons.items() if raison}


def _render(
    request: HttpRequest, formulaire: FormulaireReglages, contexte: dict[str, Any], refus: str
) -> HttpResponse:
    sections = _sections(formulaire, formulaire.parametres)
    contexte |= {"form": formulaire, "sections": sections, "refus": refus, "ici": "semestre"}
    return render(request, "gestion/parametres.html", contexte, status=409 if refus else 200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """One field of the page. `dit`: its stored value in words; `change`: it is not the default."""

    champ: BoundField
    fixe: str
    case: bool
    dit: str
    change: bool


def _sections(
    formulaire: FormulaireReglages, parametres: Mapping[str, Any]
) -> list[tuple[str, str, list[Ligne]]]:
    """Title of each section, why all of it changes no more (else empty), its lines."""
    sections = []
    for famille, reglages in groupby(REGLAGES, key=lambda reglage: reglage.famille):
        lignes = [_ligne(formulaire, parametres, reglage) for reglage in reglages]
        raisons = {ligne.fixe for ligne in lignes}
        sections.append((str(famille.value), raisons.pop() if len(raisons) == 1 else "", lignes))
    return sections


def _ligne(formulaire: FormulaireReglages, parametres: Mapping[str, Any], reglage: Reglage) -> Ligne:
    valeur = valeur_of(parametres, reglage)
    return Ligne(
        champ=formulaire[reglage.nom],
        fixe=formulaire.fixes.get(reglage.cle, ""),
        case=reglage.nature is Nature.OUI_NON,
        dit=say_valeur(reglage, valeur),
        change=valeur != reglage.defaut,
    )
