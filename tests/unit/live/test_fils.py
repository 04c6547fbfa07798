"""What is urgent goes before what waits for the writer: a beat behind ten starts would pass for an outage."""

import threading

import pytest

from gradin.live.fils import Fils

LIMITE_S = 60.0


def test_what_is_urgent_is_done_before_all_that_waits() -> None:
    fils, libre, faits = Fils("essai", 1), threading.Event(), list[str]()
    fils.submit(libre.wait, LIMITE_S)
    dernier = [fils.submit(faits.append, nom) for nom in ("un", "deux")][-1]
    urgent = fils.submit_first(faits.append, "battement")
    libre.set()
    urgent.result(LIMITE_S)
    dernier.result(LIMITE_S)
    fils.close()
    assert faits == ["battement", "un", "deux"]


def test_an_urgent_call_that_fails_says_it_to_its_caller_alone() -> None:
    fils = Fils("essai", 1)
    urgent, autre = fils.submit_first(int, "rien"), fils.submit(int, "7")
    assert autre.result(LIMITE_S) == 7
    with pytest.raises(ValueError, match="rien"):
        urgent.result(LIMITE_S)
    fils.close()
