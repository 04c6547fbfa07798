"""« Annuler la procuration » races with « Oui je confirme »: one wins, each is told what happened (I53)."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest

from gradin.data.amphis.models import Affectation, Amphi
from gradin.data.courriers.models import Envoi
from gradin.data.demandes.models import EtatProcuration, Procuration
from gradin.queries.lectures import ecarts
from tests.concurrency.test_courses import _rewind, without_the_net
from tests.factories.amphis import T0, compte_of, make_amphi
from tests.factories.live import alive, start, state
from tests.factories.ouvrier import Ouvrier
from tests.integration.demandes.conftest import accept, give, inscription_of

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

COURSES = 60
COURSES_SANS_VERROU = 15


def racers(*hooks: str) -> Iterator[tuple[Ouvrier, Ouvrier]]:
    with ExitStack() as stack:
        one, other = (stack.enter_context(closing(Ouvrier(*hooks))) for _ in range(2))
        yield one, other


@pytest.fixture
def locked() -> Iterator[tuple[Ouvrier, Ouvrier]]:
    yield from racers()


@pytest.fixture
def unlocked() -> Iterator[tuple[Ouvrier, Ouvrier]]:
    yield from racers("without_row_locks", "wide_window")


def entrusted(internes: int) -> tuple[Amphi, dict[int, int]]:
    """An amphi in which everybody gave a procuration: number → account of his mandataire."""
    amphi = make_amphi(internes=internes, postes=internes)
    mandataires = {
        rang: accept(give(amphi, rang, f"m{rang}@mandataires.example")) for rang in range(1, internes + 1)
    }
    start(amphi)
    return amphi, mandataires


def race(amphi: Amphi, mandataires: dict[int, int], runners: tuple[Ouvrier, Ouvrier]) -> list[dict[str, Any]]:
    """(the mandataire's answer, the mandant's)."""
    etat = state(amphi)
    assert etat.tour is not None
    interne = etat.tour.interne
    maintenant = T0 + 10 * interne
    alive(maintenant)
    confirme, annule = runners
    confirme.ask(
        commande="ConfirmChoix",
        amphi=amphi.pk,
        maintenant=maintenant,
        interne=interne,
        voie="mandataire",
        tour=etat.tour.tour,
        poste=str(interne),
        auteur=mandataires[interne],
    )
    annule.ask(
        operation="cancel_procuration",
        inscription=inscription_of(amphi, interne).pk,
        auteur=compte_of(amphi, interne).pk,
        maintenant=maintenant,
    )
    return [confirme.answer(), annule.answer()]


def test_one_of_the_two_wins_and_each_is_told(locked: tuple[Ouvrier, Ouvrier]) -> None:
    amphi, mandataires = entrusted(COURSES)
    annulees = 0
    for numero in range(1, COURSES + 1):
        confirme, annule = race(amphi, mandataires, locked)
        chosen = confirme.get("statut") == 201
        assert chosen is not bool(annule.get("fait")), (confirme, annule)
        if chosen:
            assert f"n° {numero}" in annule["refus"]
            continue
        annulees += 1
        assert confirme["corps"]["motif"] == "procuration_inactive"
        _choose_himself(amphi, numero, locked[0])
    assert Affectation.objects.count() == COURSES
    assert Procuration.objects.filter(etat=EtatProcuration.ANNULEE).count() == annulees
    assert Envoi.objects.filter(cle__endswith="-annulee").count() == annulees
    assert Envoi.objects.filter(cle__endswith="-fin").count() == annulees
    assert ecarts(amphi.pk) == ()


def _choose_himself(amphi: Amphi, numero: int, runner: Ouvrier) -> None:
    """The cancellation gave him the choice back, in the same tour."""
    etat = state(amphi)
    assert etat.tour is not None and etat.tour.interne == numero
    answer = runner.play(
        commande="ConfirmChoix",
        amphi=amphi.pk,
        maintenant=T0 + 10 * numero + 5,
        interne=numero,
        tour=etat.tour.tour,
        poste=str(numero),
        auteur=compte_of(amphi, numero).pk,
    )
    assert answer["statut"] == 201, answer


def test_without_the_lock_both_win(unlocked: tuple[Ouvrier, Ouvrier], lignes_ecrites_a_la_main: None) -> None:
    amphi, mandataires = entrusted(2)
    both = 0
    with without_the_net():
        for _ in range(COURSES_SANS_VERROU):
            confirme, annule = race(amphi, mandataires, unlocked)
            both += confirme.get("statut") == 201 and bool(annule.get("fait"))
            _rewind(amphi)
            Procuration.objects.update(etat=EtatProcuration.ACCEPTEE, ended_at=None)
    assert both >= COURSES_SANS_VERROU // 2
