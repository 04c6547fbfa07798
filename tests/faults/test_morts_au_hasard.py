"""SIGKILL at any moment of a run of choices: what was answered is there, the rest is whole or absent."""

import random
import time
from contextlib import closing
from typing import Any

import pytest

from gradin.data.amphis.models import Amphi, Fait
from tests.factories.amphis import T0, compte_of, make_amphi
from tests.factories.live import alive, start, state
from tests.factories.ouvrier import Ouvrier

pytestmark = pytest.mark.django_db(transaction=True)

MORTS = 10
RAFALE = 20
GRAINE = 20270405


def test_no_acknowledged_choice_is_lost_to_a_kill() -> None:
    hasard = random.Random(GRAINE)
    amphi = make_amphi(internes=MORTS * RAFALE, postes=MORTS * RAFALE)
    start(amphi)
    for _ in range(MORTS):
        first = len(state(amphi).choix) + 1
        answered = _burst(amphi, first, hasard.uniform(0, 0.2))
        chosen = state(amphi).choix
        assert len(chosen) >= first - 1 + len(answered)
        lines = dict(Fait.objects.filter(amphi=amphi, fait="ChoixConfirme").values_list("n", "h"))
        for answer in answered:
            recu = answer["corps"]["recu"]
            assert lines[recu["n"]] == recu["h"]
            assert chosen[recu["interne"]].poste == recu["poste"]


def _burst(amphi: Amphi, first: int, delay: float) -> list[dict[str, Any]]:
    """Choices sent one behind the other, the process killed after `delay` seconds; what it answered."""
    with closing(Ouvrier()) as victim:
        for numero in range(first, min(first + RAFALE, MORTS * RAFALE + 1)):
            maintenant = T0 + numero
            alive(maintenant)
            victim.ask(
                amphi=amphi.pk,
                maintenant=maintenant,
                commande="ConfirmChoix",
                interne=numero,
                tour=numero,
                poste=str(numero),
                auteur=compte_of(amphi, numero).pk,
                cle=f"choix-{numero}",
            )
        time.sleep(delay)
        victim.process.kill()
        answers = []
        while not (answer := victim.answer()).get("mort"):
            answers.append(answer)
    assert all(answer["statut"] == 201 for answer in answers)
    return answers
