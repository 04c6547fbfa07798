"""« Statistiques »: fill rates, times and last ranks over semesters; counts only, in the agent’s scope."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gradin.documents.classeur import write_classeur
from gradin.documents.imprimerie import IMPRIMERIE
from gradin.domain.durees import BORNES_S, Durees
from gradin.domain.texte import fold
from gradin.queries.statistiques import amphis, rangs, remplissage
from gradin.queries.statistiques.filtre import FiltreStatistiques, read_choix, read_filtre
from gradin.queries.visiteurs import Visiteur
from gradin.web.gestion.acces import enter_gestion
from gradin.web.gestion.classeur_statistiques import make_feuilles
from gradin.web.gestion.graphiques import draw_bar, draw_columns
from gradin.web.public import recherche, requete
from gradin.web.public.departements import name_departement

VUES = (("remplissage", "Postes"), ("temps", "Temps"), ("rangs", "Derniers rangs"))
CRITERES = ("semestre", "subdivision", "groupe", "phase")
PREMIERS = 15
PAR_PAGE = 30
MOIS = {"05": "mai", "11": "nov."}


@require_safe
def statistiques(request: HttpRequest) -> HttpResponse:
    agent = enter_gestion(request)
    filtre = read_filtre(agent, {nom: requete.read_words(request, nom) for nom in CRITERES})
    if filtre is None:
        return render(request, "gestion/statistiques.html", {"ici": "statistiques"})
    if request.GET.get("format") == "xlsx":
        return _download(agent, filtre)
    vue = request.GET.get("vue", "")
    contexte = {
        "ici": "statistiques",
        "filtre": filtre,
        "choix": read_choix(agent),
        "vues": requete.segments(request, "vue", VUES),
        "vue": vue if vue in dict(VUES) else VUES[0][0],
        "fichier": requete.link(request, format="xlsx", vue="", q=""),
        **LECTURES.get(vue, _fill)(request, agent, filtre),
    }
    return render(request, "gestion/statistiques.html", contexte)


def _fill(request: HttpRequest, agent: Visiteur, filtre: FiltreStatistiques) -> dict[str, Any]:
    comptes = remplissage.count_places(agent, filtre)
    semestres = remplissage.by_semestre(agent, filtre, comptes)
    lieux = remplissage.by_etablissement(filtre, comptes)
    entiere = request.GET.get("etablissements") == "tous"
    parts = [ligne.compte.taux for ligne in semestres]
    return {
        "semestres": [*reversed(semestres)],
        "actuel": semestres[-1],
        "colonnes": draw_columns(
            [_short(ligne.code) + (", en cours" if ligne.en_cours else "") for ligne in semestres],
            parts,
            [_whole(part) for part in parts],
            100,
            len(semestres) - 1,
        ),
        "departements": _with_bars(remplissage.by_departement(filtre, comptes, name_departement)),
        "etablissements": _with_bars(lieux if entiere else lieux[:PREMIERS]),
        "nombre_etablissements": len(lieux),
        "tous": "" if entiere else requete.link(request, etablissements="tous"),
    }


def _times(request: HttpRequest, agent: Visiteur, filtre: FiltreStatistiques) -> dict[str, Any]:
    lues = amphis.list_amphis(agent, filtre)
    semestres = amphis.by_semestre(lues)
    ici = semestres.get(filtre.semestre)
    return {
        "temps": ici,
        "colonnes": _distribution(ici.durees) if ici else (),
        "semestres_temps": [
            (_short(code), semestres[code]) for code in reversed(filtre.semestres) if code in semestres
        ],
        "amphis": [ligne for ligne in lues if ligne.semestre == filtre.semestre],
    }


def _last_ranks(request: HttpRequest, agent: Visiteur, filtre: FiltreStatistiques) -> dict[str, Any]:
    q = requete.read_words(request)
    page = Paginator(rangs.list_services(agent, filtre, fold(q)), PAR_PAGE).get_page(request.GET.get("page"))
    return {
        "q": q,
        "page": page,
        "base": requete.base(request),
        "entetes": [_short(code) for code in filtre.semestres],
    }


LECTURES: Mapping[str, Any] = {"temps": _times, "rangs": _last_ranks}


def _distribution(durees: Durees) -> Any:
    """One column a slice of ten seconds."""
    bornes = [f"{borne}\u00a0s" for borne in BORNES_S]
    return draw_columns(
        [*bornes, "plus"],
        durees.tranches,
        [str(nombre or "") for nombre in durees.tranches],
        max(durees.tranches),
    )


def _with_bars(lignes: list[remplissage.LigneLieu]) -> list[tuple[remplissage.LigneLieu, object]]:
    return [(ligne, draw_bar(ligne.compte.taux)) for ligne in lignes]


def _whole(part: float | None) -> str:
    """Eight of them stand side by side on a phone; the table has the decimal."""
    if part is None:
        return "–"
    return f"{min(round(part), 99 if part < 100 else 100)}\u00a0%"


def _short(code: str) -> str:
    """« mai 2027 », « nov. 2026 »."""
    annee, mois = code.split("-")
    return f"{MOIS[mois]} {annee}"


def _download(agent: Visiteur, filtre: FiltreStatistiques) -> HttpResponse:
    """Everything that the three views say, without their limits; made in the child process."""
    feuilles = make_feuilles(agent, filtre)
    corps = IMPRIMERIE.run(write_classeur, feuilles)
    return recherche.attach(corps, "xlsx", f"statistiques-{filtre.semestre}.xlsx")
