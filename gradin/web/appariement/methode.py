"""How the matching decides, with an example worked step by step and a toy that anybody tries."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gradin.domain.appariement.campagne import DocteurJunior, ReglesAppariement, Site, TourAppariement
from gradin.domain.appariement.resultat import explain_all, pair
from gradin.queries.appariement.candidat import RAISONS

CANDIDATS = ("Ana", "Bilal", "Chloé")
SITES = ("CHU", "Clinique", "Maternité")
# The worked example of the page: every note, then every rank (site → candidates).
NOTES = ((5, 3, 1), (5, 4, 2), (4, 5, 0))
RANGS = ((2, 1, 3), (1, 2, 3), (1, 2, 3))
GRAINE = "exemple"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """What the toy gives one candidate, and why."""

    nom: str
    site: str
    raisons: tuple[tuple[str, int, str], ...]


@login_not_required
@require_safe
def methode(request: HttpRequest) -> HttpResponse:
    """A form by GET: what somebody tries is an address that he can send."""
    notes = _read(request, "n", NOTES, 5)
    rangs = _read(request, "r", RANGS, len(CANDIDATS))
    tour = _tour(notes, rangs)
    resultat = pair(tour)
    raisons = explain_all(tour, resultat)
    contexte = {
        "candidats": CANDIDATS,
        "sites": SITES,
        "notes": [
            (nom, [(f"n{i}{j}", SITES[j], note) for j, note in enumerate(notes[i])])
            for i, nom in enumerate(CANDIDATS)
        ],
        "rangs": [
            (nom, [(f"r{i}{j}", CANDIDATS[j], rang) for j, rang in enumerate(rangs[i])])
            for i, nom in enumerate(SITES)
        ],
        "lignes": [
            Ligne(
                nom=nom,
                site=resultat.sites.get(nom, ""),
                raisons=tuple((r.site, r.note, RAISONS[r.issue]) for r in raisons[nom]),
            )
            for nom in CANDIDATS
        ],
        "essaye": bool(request.GET),
    }
    return render(request, "appariement/methode.html", contexte)


def _read(
    request: HttpRequest, lettre: str, defaut: tuple[tuple[int, ...], ...], maximum: int
) -> tuple[tuple[int, ...], ...]:
    """Whatever the address says, numbers within bounds."""

    def one(i: int, j: int) -> int:
        texte = request.GET.get(f"{lettre}{i}{j}", "")
        lu = int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 3 else defaut[i][j]
        return min(lu, maximum)

    return tuple(tuple(one(i, j) for j in range(len(defaut[i]))) for i in range(len(defaut)))


def _tour(notes: tuple[tuple[int, ...], ...], rangs: tuple[tuple[int, ...], ...]) -> TourAppariement:
    return TourAppariement(
        candidats=tuple(
            DocteurJunior(code=nom, subdivision="", notes=dict(zip(SITES, notes[i], strict=True)))
            for i, nom in enumerate(CANDIDATS)
        ),
        sites=tuple(
            Site(code=nom, subdivision="", places=1, classements=dict(zip(CANDIDATS, rangs[i], strict=True)))
            for i, nom in enumerate(SITES)
        ),
        graine=GRAINE,
        regles=ReglesAppariement(priorite_locale=False),
    )
