"""Three docteurs juniors and three sites of one seat; both sides answer by the operations."""

from collections.abc import Mapping

import pytest

from gradin.domain.appariement.calendrier import Etape
from gradin.operations.appariement.calcul import begin_run, run_tour
from gradin.operations.appariement.reponses import set_note, set_rangs
from tests.factories.appariement import Campagne, make_campagne

NOTES = {0: {0: 5, 1: 3}, 1: {0: 5, 1: 4}, 2: {1: 5, 0: 4}}
RANGS = {0: {0: 2, 1: 1, 2: 3}, 1: {0: 1, 1: 2, 2: 3}, 2: {0: 1, 1: 1, 2: 0}}
Reponses = Mapping[int, Mapping[int, int]]


@pytest.fixture
def campagne(db: None) -> Campagne:
    return make_campagne()


def answer(campagne: Campagne, notes: Reponses = NOTES, rangs: Reponses = RANGS, numero: int = 1) -> None:
    tour = campagne.tour(numero).pk
    now = campagne.at(Etape.VOEUX, numero)
    for rang, siennes in notes.items():
        for site, note in siennes.items():
            set_note(tour, campagne.candidatures[rang].pk, campagne.sites[site].pk, note, now)
    campagne.at(Etape.CLASSEMENT, numero)
    for site, siens in rangs.items():
        voulus = {campagne.candidatures[c].pk: rang for c, rang in siens.items()}
        set_rangs(tour, campagne.sites[site].pk, voulus, now)


def run(campagne: Campagne, numero: int = 1, admis: Mapping[str, list[int]] | None = None) -> None:
    now = campagne.at(Etape.CALCUL, numero)
    begin_run(campagne.tour(numero).pk, admis or {}, campagne.agent, now)
    run_tour(campagne.tour(numero).pk, now)
