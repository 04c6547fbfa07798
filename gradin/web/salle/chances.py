"""The forecast of postes as pages show it: counted again in the child process when something has changed."""

from django.core.cache import cache
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from gradin.live.atelier import run_in_atelier
from gradin.live.temps import maintenant_ms
from gradin.operations.prechoix.prevision import compute_prevision
from gradin.queries.favoris import own_place
from gradin.queries.prevision import Chances, must_count, read_chances
from gradin.queries.salle import find_salle
from gradin.queries.visiteurs import visiteur_of
from gradin.web.public import requete
from gradin.web.salle.acces import asked_amphi

# Seconds between two counts of one amphi: each choice makes the last one old.
REPOS_S = 20


@require_safe
def chances(request: HttpRequest) -> JsonResponse:
    """Mine, for a page that stays open while the amphi runs."""
    interne = visiteur_of(request.user).interne
    salle = find_salle(interne, asked_amphi(request)) if interne is not None else None
    if interne is None or salle is None:
        raise Http404
    lues = chances_of(salle.amphi, own_place(interne, salle.amphi, requete.now()).place)
    return JsonResponse(
        {
            "chances": {
                numero: [chance.dixiemes, chance.figure, chance.mot]
                for numero, chance in lues.par_poste.items()
            }
        }
    )


def chances_of(amphi: int, place: int) -> Chances:
    """As last counted; a new count is started for the next reader."""
    if must_count(amphi) and cache.add(f"prevision-{amphi}", 1, REPOS_S):
        run_in_atelier(compute_prevision, amphi, maintenant_ms(), sinon=give_up)
    return read_chances(place)


def give_up() -> None:
    """The last forecast stays; the next reader asks again."""
