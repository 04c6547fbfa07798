"""SIGKILL at named points of a choice: wholly there or wholly absent, and the same key tells which."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from gradin.data.amphis.models import Affectation, Amphi, CleIdempotence, Fait
from gradin.data.courriers.models import Envoi
from tests.factories.amphis import T0, compte_of, make_amphi
from tests.factories.live import alive, start, state
from tests.factories.ouvrier import Ouvrier

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def amphi() -> Amphi:
    amphi = make_amphi()
    start(amphi)
    alive(T0 + 1_000)
    return amphi


@pytest.fixture
def survivor() -> Iterator[Ouvrier]:
    with closing(Ouvrier()) as survivor:
        yield survivor


def click(amphi: Amphi, maintenant: int) -> dict[str, Any]:
    return {
        "amphi": amphi.pk,
        "maintenant": maintenant,
        "commande": "ConfirmChoix",
        "interne": 1,
        "tour": 1,
        "poste": "2",
        "auteur": compte_of(amphi, 1).pk,
        "cle": "clic",
    }


def killed(hook: str, amphi: Amphi) -> None:
    with closing(Ouvrier(hook)) as victim:
        assert victim.play(**click(amphi, T0 + 1_000)) == {"mort": True}


@pytest.mark.parametrize("hook", ["killed_before_commit", "killed_at_the_last_statement"])
def test_killed_before_the_commit_nothing_has_happened(hook: str, amphi: Amphi, survivor: Ouvrier) -> None:
    before = state(amphi)
    killed(hook, amphi)
    assert state(amphi) == before
    assert not Fait.objects.filter(fait="ChoixConfirme").exists()
    assert not (Affectation.objects.exists() or CleIdempotence.objects.exists() or Envoi.objects.exists())
    assert survivor.play(**click(amphi, T0 + 2_000))["statut"] == 201
    assert Fait.objects.filter(fait="ChoixConfirme").count() == 1


@pytest.mark.parametrize("hook", ["killed_as_the_commit_returns", "killed_after_commit"])
def test_killed_after_the_commit_the_same_key_gives_the_receipt(
    hook: str, amphi: Amphi, survivor: Ouvrier
) -> None:
    killed(hook, amphi)
    n = Fait.objects.get(fait="ChoixConfirme").n
    assert Affectation.objects.get().n == n
    assert Envoi.objects.get().cle == f"choix-{amphi.pk}-{n}"
    answer = survivor.play(**click(amphi, T0 + 2_000))
    assert (answer["statut"], answer["corps"]["recu"]["n"]) == (200, n)
    assert state(amphi).choix[1].poste == "2"


def test_a_killed_process_frees_the_lock_for_the_others(amphi: Amphi, survivor: Ouvrier) -> None:
    for numero in range(5):
        killed("killed_before_commit", amphi)
        maintenant = T0 + 1_100 + numero
        alive(maintenant)
        assert survivor.play(amphi=amphi.pk, maintenant=maintenant, commande="Echoir")["statut"] == 200
    assert state(amphi).tour is not None
