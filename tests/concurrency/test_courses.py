"""Processes race for one poste through `handle`: the lock gives it once, and without it it is given twice."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count

from gradin.data.amphis.models import Affectation, Amphi, CleIdempotence, Fait, FaitPrive
from gradin.operations.triggers import STORES, install_triggers
from gradin.queries.lectures import ecarts
from tests.ampleur import times
from tests.factories.amphis import T0, compte_of, make_amphi
from tests.factories.live import alive, start, state
from tests.factories.ouvrier import Ouvrier

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

COURSES = times(100)
COURSES_SANS_VERROU = 40
PARTIELS = ("affectation_une_par_semestre", "affectation_un_classique_par_poste")


def racers(number: int, *hooks: str) -> Iterator[list[Ouvrier]]:
    with ExitStack() as stack:
        yield [stack.enter_context(closing(Ouvrier(*hooks))) for _ in range(number)]


@pytest.fixture
def locked() -> Iterator[list[Ouvrier]]:
    yield from racers(3)


@pytest.fixture
def unlocked() -> Iterator[list[Ouvrier]]:
    yield from racers(2, "without_lock", "wide_window")


def race(amphi: Amphi, runners: list[Ouvrier], numero: int) -> list[dict[str, Any]]:
    """The interne in two tabs, and an agent on his behalf when there are three, for one poste at once."""
    etat = state(amphi)
    assert etat.tour is not None
    maintenant = T0 + numero
    alive(maintenant)
    interne, auteur = etat.tour.interne, compte_of(amphi, etat.tour.interne).pk
    common = {"amphi": amphi.pk, "maintenant": maintenant, "tour": etat.tour.tour, "poste": str(interne)}
    for i, runner in enumerate(runners):
        if i == 2:
            runner.ask(**common, commande="ChoisirPour", motif="au téléphone")
        else:
            key = f"{numero}-{i}"
            runner.ask(**common, commande="ConfirmChoix", interne=interne, auteur=auteur, cle=key)
    return [runner.answer() for runner in runners]


def test_the_lock_gives_each_poste_once_and_everybody_an_answer(locked: list[Ouvrier]) -> None:
    amphi = make_amphi(internes=COURSES, postes=COURSES)
    start(amphi)
    for numero in range(1, COURSES + 1):
        answers = race(amphi, locked, numero)
        assert sorted(one.get("statut", 0) for one in answers) == [201, 409, 409], answers
    assert Affectation.objects.count() == COURSES
    assert not Affectation.objects.values("poste").annotate(n=Count("pk")).filter(n__gt=1).exists()
    assert Fait.objects.filter(fait="ChoixConfirme").count() == COURSES
    assert ecarts(amphi.pk) == ()


def test_without_the_lock_postes_are_given_twice(
    unlocked: list[Ouvrier], lignes_ecrites_a_la_main: None
) -> None:
    amphi = make_amphi(internes=2, postes=2)
    start(amphi)
    with without_the_net():
        doubles = sum(_given_twice(amphi, unlocked) for _ in range(COURSES_SANS_VERROU))
    assert doubles >= COURSES_SANS_VERROU // 2


def _given_twice(amphi: Amphi, runners: list[Ouvrier]) -> bool:
    """One race, then back to the tour where it began."""
    answers = race(amphi, runners, 1)
    given = Affectation.objects.filter(poste__numero="1").count()
    assert given == [one.get("statut") for one in answers].count(201)
    _rewind(amphi)
    return given == 2


def _rewind(amphi: Amphi) -> None:
    FaitPrive.objects.filter(fait__n__gt=3).delete()
    Fait.objects.filter(n__gt=3).delete()
    CleIdempotence.objects.all().delete()
    Affectation.objects.all().delete()
    empreinte = Fait.objects.get(amphi=amphi, n=3).h
    Amphi.objects.filter(pk=amphi.pk).update(seq=3, empreinte=empreinte, etat="en_cours")


@contextmanager
def without_the_net() -> Iterator[None]:
    """Neither the triggers nor the unique indexes that stand behind the lock."""
    indexes = [("amphis_fait", "fait_n_unique"), *(("amphis_affectation", one) for one in PARTIELS)]
    with connection.cursor() as cursor:
        for statement in STORES[connection.vendor].LIFT:
            cursor.execute(statement)
        for table, name in indexes:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}")
            cursor.execute(f"DROP INDEX IF EXISTS {name}")
    try:
        yield
    finally:
        Affectation.objects.all().delete()
        with connection.schema_editor() as editor:
            for model in (Fait, Affectation):
                for constraint in model._meta.constraints:
                    editor.add_constraint(model, constraint)
        install_triggers()
