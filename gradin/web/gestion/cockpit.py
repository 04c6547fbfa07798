"""The semester at a glance: its path in each subdivision, and the acts that take all amphis on."""

import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gradin.domain.nombres import count_mots
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.preparation.amphis import (
    AmphiPrepare,
    DemandePreparation,
    finish_preparation,
    list_groupes,
    prepare_groupes,
)
from gradin.operations.preparation.horaires import usual_debut
from gradin.operations.preparation.refus import PreparationRefusee
from gradin.queries.cockpit.amphis import BIENTOT, LigneAmphi
from gradin.queries.cockpit.parcours import ParcoursSemestre, list_parcours, list_prepares
from gradin.queries.public.semestres import SemestreLu
from gradin.queries.visiteurs import Visiteur
from gradin.web.gestion.acces import enter_gestion
from gradin.web.gestion.forms_imports import Televersement
from gradin.web.gestion.forms_semestre import DebutSaisi
from gradin.web.public import requete
from gradin.web.public.dates import say_date
from gradin.web.templatetags.gradin import FUSEAU, localize


@dataclass(frozen=True, slots=True, kw_only=True)
class Partie:
    """Some amphis of a subdivision, folded together on the page."""

    titre: str
    amphis: tuple[LigneAmphi, ...]
    ouverte: bool


@require_safe
def cockpit(request: HttpRequest) -> HttpResponse:
    agent = enter_gestion(request)
    semestres = list_prepares(agent)
    semestre = _chosen(semestres, requete.read_words(request, "semestre"))
    maintenant = requete.now()
    parcours = list_parcours(agent, semestre, maintenant)
    depots = {un.pk: deposit_form(agent, un, semestre) for un in parcours}
    contexte = {
        "semestre": semestre,
        "choix": _segments(semestres, semestre),
        "parcours": [_say(un, semestre, maintenant) | {"depot": depots[un.pk]} for un in parcours],
        "ici": "semestre",
    }
    return render(request, "gestion/cockpit.html", contexte)


@require_POST
def preparer(request: HttpRequest) -> HttpResponse:
    """One groupe after the other, so that a choice made meanwhile elsewhere never waits for them all."""
    agent = enter_gestion(request)
    semestre, ici = own_parcours(request, agent)
    formulaire = DebutSaisi(request.POST)
    if not formulaire.is_valid():
        messages.error(request, "Écrivez le jour et l’heure de la première session.")
        return back_to(semestre)
    demande = DemandePreparation(
        semestre=semestre.code,
        subdivision=ici.code,
        debut=formulaire.debut(),
        graine=secrets.token_hex(16),
    )
    prepares: list[AmphiPrepare] = []
    try:
        for groupe in list_groupes(demande, agent):
            prepares += by_writer(prepare_groupes)(demande, (groupe,), maintenant=requete.now())
    except PreparationRefusee as refus:
        messages.error(request, refus.message)
        return back_to(semestre)
    by_writer(finish_preparation)(maintenant_ms())
    _tell_prepared(request, prepares)
    return _onward(agent, semestre, ici)


def _tell_prepared(request: HttpRequest, prepares: list[AmphiPrepare]) -> None:
    internes = sum(p.internes for p in prepares)
    mots = count_mots(len(prepares), "amphi préparé", "amphis préparés")
    messages.success(request, f"{mots} pour {count_mots(internes, 'interne', 'internes')}.")
    notes = Counter(p.note for p in prepares if p.note)
    for note, nombre in notes.items():
        messages.info(request, f"{count_mots(nombre, 'amphi', 'amphis')}\u00a0: {note}.")


def own_parcours(request: HttpRequest, agent: Visiteur) -> tuple[SemestreLu, ParcoursSemestre]:
    """The semestre and the subdivision that the form names; outside his scope they do not exist.

    An address typed without them means the current semestre and his first subdivision: reading alone.
    """
    lus = request.POST if request.method == "POST" else request.GET
    nu = request.method != "POST" and not lus.get("semestre") and not lus.get("subdivision")
    semestre = next((s for s in list_prepares(agent) if nu or s.code == lus.get("semestre")), None)
    parcours = list_parcours(agent, semestre, requete.now()) if semestre else ()
    ici = next((p for p in parcours if nu or str(p.pk) == lus.get("subdivision")), None)
    if semestre is None or ici is None:
        raise Http404
    return semestre, ici


def _say(un: ParcoursSemestre, semestre: SemestreLu | None, maintenant: datetime) -> dict[str, Any]:
    depart = usual_debut(semestre.code) if semestre and not un.amphis else None
    initial = {"jour": depart.date(), "heure": depart.time()} if depart else {}
    return {
        "lu": un,
        "debut": DebutSaisi(initial=initial, auto_id=f"id_{un.pk}_%s", obligatoire=False),
        "parties": fold_amphis(un.amphis, maintenant),
        "en_avance": sum(
            a.etat == "ouvert" and bool(a.favoris and a.favoris > maintenant) for a in un.amphis
        ),
        "dates": [say_date(date, maintenant) for date in un.dates],
    }


def fold_amphis(amphis: tuple[LigneAmphi, ...], maintenant: datetime) -> list[Partie]:
    """What runs or is due within a week stays open; alone, a part is open whatever it holds."""
    parties = [
        Partie(titre=titre, amphis=siens, ouverte=ouverte)
        for titre, ouverte, juge in PARTIES
        if (siens := tuple(a for a in amphis if juge(a, maintenant)))
    ]
    return parties if len(parties) > 1 else [replace(un, ouverte=True) for un in parties]


def _is_over(amphi: LigneAmphi, maintenant: datetime) -> bool:
    return amphi.etat == "clos"


def _is_due(amphi: LigneAmphi, maintenant: datetime) -> bool:
    if amphi.etat == "clos":
        return False
    return amphi.is_started or (amphi.debut is not None and amphi.debut <= maintenant + BIENTOT)


def _is_later(amphi: LigneAmphi, maintenant: datetime) -> bool:
    return not (_is_over(amphi, maintenant) or _is_due(amphi, maintenant))


PARTIES: tuple[tuple[str, bool, Callable[[LigneAmphi, datetime], bool]], ...] = (
    ("En cours et dans les sept jours", True, _is_due),
    ("Plus tard", False, _is_later),
    ("Clos", False, _is_over),
)


def deposit_form(agent: Visiteur, un: ParcoursSemestre, semestre: SemestreLu | None) -> Televersement | None:
    """Where the next act is a file, its form: the address asked for is that of the imports' page."""
    acte = un.suite.acte if un.suite else ""
    if acte not in ("internes", "postes"):
        return None
    initial = {
        "nature": acte,
        "subdivision": un.code,
        "semestre": semestre.code if semestre else coming_semestre(un.fuseau),
    }
    formulaire = Televersement(agent, initial=initial, auto_id=f"depot_{un.pk}_%s")
    for nom in ("nature", "subdivision", *(("semestre",) if semestre else ())):
        formulaire.fields[nom].widget = forms.HiddenInput()
    return formulaire


def next_deposit(agent: Visiteur, code: str, subdivision: str) -> dict[str, Any] | None:
    """Once a file is in, the form of the next one that its semester waits for."""
    semestre = next((s for s in list_prepares(agent) if s.code == code), None)
    parcours = list_parcours(agent, semestre, requete.now()) if semestre else ()
    for un in parcours:
        if subdivision.casefold() in ("", un.code.casefold(), un.nom.casefold()) and un.suite:
            formulaire = deposit_form(agent, un, semestre)
            return {"form": formulaire, "mot": un.suite.mot} if formulaire else None
    return None


def coming_semestre(fuseau: str = FUSEAU) -> str:
    """The semestre that begins next where the subdivision is: 2 May or 2 November."""
    jour = localize(requete.now(), fuseau).date()
    debuts = (date(jour.year + n, mois, 2) for n in (0, 1) for mois in (5, 11))
    debut = next(un for un in debuts if un > jour)
    return f"{debut:%Y-%m}"


def _chosen(semestres: tuple[SemestreLu, ...], code: str) -> SemestreLu | None:
    return next((s for s in semestres if s.code == code), semestres[0] if semestres else None)


def _segments(semestres: tuple[SemestreLu, ...], ici: SemestreLu | None) -> list[dict[str, object]]:
    return [{"href": f"?semestre={s.code}", "mot": s.libelle, "actif": s == ici} for s in semestres[:4]]


def _onward(agent: Visiteur, semestre: SemestreLu, ici: ParcoursSemestre) -> HttpResponse:
    """Straight to the next act when it is to publish: the lists are there to be read."""
    apres = next(p for p in list_parcours(agent, semestre, requete.now()) if p.pk == ici.pk)
    if apres.suite is not None and apres.suite.acte == "publier":
        return redirect(f"/gestion/publier/?semestre={semestre.code}&subdivision={ici.pk}")
    return back_to(semestre)


def back_to(semestre: SemestreLu) -> HttpResponse:
    return redirect(f"/gestion/?semestre={semestre.code}")
