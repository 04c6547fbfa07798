"""La régie: all amphis of the agent, and the console of one of them."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from gradin.domain.amphi.presence import connected
from gradin.domain.amphi.state import Etat
from gradin.live.presence import PRESENCES
from gradin.queries.etats import lire_etat
from gradin.queries.public.semestres import find_semestre
from gradin.queries.questions import answered_questions, waiting_questions
from gradin.queries.regie import amphis, avancement, besoins, file, journal, offre, propositions
from gradin.queries.regie.apres import read_apres
from gradin.queries.regie.avant import read_avant
from gradin.queries.regie.personnes import Personne, people_of
from gradin.queries.regie.pupitre import Pupitre, read_pupitre
from gradin.queries.visiteurs import Visiteur
from gradin.web.public import requete
from gradin.web.regie import courbe
from gradin.web.regie.acces import Entree, enter, enter_regie
from gradin.web.regie.propositions import describe_all
from gradin.web.regie.questions import queue_context

SECTIONS = {
    amphis.Urgence.A_TRAITER: "À traiter d’abord",
    amphis.Urgence.EN_COURS: "En cours",
    amphis.Urgence.PLUS_TARD: "Plus tard",
    amphis.Urgence.CLOS: "Clos",
}
VUES = (("file", "File d’appel"), ("postes", "Postes"))


@require_safe
def regie(request: HttpRequest) -> HttpResponse:
    visiteur = enter_regie(request)
    contexte = {"sections": list_sections(visiteur), "visiteur": visiteur, **_needs(visiteur)}
    return _render(request, "regie/amphis.html", contexte)


def _needs(visiteur: Visiteur) -> dict[str, object]:
    semestre = find_semestre()
    if semestre is None:
        return {}
    lus, questions = besoins.list_besoins(visiteur, semestre, connected_in, requete.now())
    return {"besoins": lus, **queue_context(questions)}


def connected_in(pk: int) -> frozenset[int]:
    return connected(PRESENCES.presents(pk), lire_etat(pk)[1].procurations)


@require_safe
def console(request: HttpRequest, pk: int) -> HttpResponse:
    entree = enter(request, pk)
    contexte = {
        "amphi": entree.row,
        "sections": list_sections(entree.visiteur),
        "fuseau": entree.fuseau,
        "maintenant": entree.maintenant,
        "visiteur": entree.visiteur,
    }
    if entree.row.seq == 0:
        return _render(request, "regie/avant.html", contexte | _before(entree))
    return _render(request, "regie/console.html", contexte | _live(request, entree))


def list_sections(visiteur: Visiteur) -> list[tuple[str, list[amphis.AmphiRegie]]]:
    """(title, amphis) of each section that has some."""
    semestre = find_semestre()
    if semestre is None:
        return []
    lus = amphis.list_amphis(visiteur, semestre, requete.now())
    return [(SECTIONS[urgence], [*groupe]) for urgence, groupe in groupby(lus, key=lambda lu: lu.urgence)]


def _before(entree: Entree) -> dict[str, object]:
    return {"avant": read_avant(entree.row, requete.now()), "cle": secrets.token_urlsafe(16)}


def _live(request: HttpRequest, entree: Entree) -> dict[str, object]:
    pk = entree.row.pk
    presents = connected_in(pk)
    pupitre, etat = read_pupitre(pk, presents, entree.maintenant)
    personnes = people_of(pk)
    progres = avancement.read_avancement(pk, etat, entree.maintenant)
    attendues = propositions.list_propositions(pk, entree.visiteur.compte, entree.maintenant)
    rangs = {numero: ligne.rang for numero, ligne in etat.lignes.items()}
    return {
        "pupitre": pupitre,
        "apres": read_apres(pk) if pupitre.etat == "clos" else None,
        "cle": secrets.token_urlsafe(16),
        "reste_s": _seconds_left(pupitre, entree.maintenant),
        "trop_tot": pupitre.suivante is not None and entree.maintenant < pupitre.suivante.debut,
        "duree_s": pupitre.tour.duree_ms // 1000 if pupitre.tour else 0,
        "classe_pause": "" if pupitre.tour is None or pupitre.en_salle else "bouton--principal",
        "presents": sorted(presents),
        "progres": progres,
        "courbe": courbe.draw(progres, entree.fuseau),
        "journal": journal.read_journal(pk, rangs, personnes),
        "propositions": describe_all(attendues, etat, personnes),
        "repondues": answered_questions(pk, entree.maintenant),
        **queue_context(waiting_questions((pk,), entree.maintenant)),
        **_right_column(request, entree, etat, personnes, presents),
    }


def _seconds_left(pupitre: Pupitre, maintenant: int) -> int:
    """A paused tour keeps what it had at the pause."""
    if pupitre.tour is None:
        return 0
    return max(0, -(-(pupitre.tour.fin - (pupitre.tour.suspendu or maintenant)) // 1000))


def _right_column(
    request: HttpRequest,
    entree: Entree,
    etat: Etat,
    personnes: Mapping[int, Personne],
    presents: frozenset[int],
) -> dict[str, object]:
    vues = requete.segments(request, "vue", VUES)
    if request.GET.get("vue") == "postes":
        q = requete.read_words(request)
        postes = [
            replace(poste, etat="retire") if poste.numero in etat.retires else poste
            for poste in offre.find_postes(entree.row.pk, q)
        ]
        return {"vues": vues, "vue_postes": True, "q": q, "postes": postes}
    entiere = request.GET.get("file") == "entiere"
    limite = None if entiere else file.PROCHAINS
    return {
        "vues": vues,
        "entiere": entiere,
        "q": (q := requete.read_words(request)),
        "trouves": file.find_people(etat, personnes, presents, q),
        "file": file.read_file(etat, personnes, presents, limite=limite),
    }


def _render(request: HttpRequest, gabarit: str, contexte: dict[str, object]) -> HttpResponse:
    response = render(request, gabarit, contexte)
    patch_vary_headers(response, [requete.FRAGMENT])
    return response
