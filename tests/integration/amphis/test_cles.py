"""Idempotency keys: one fact per key, the same answer for ever, nothing else under the same key."""

import pytest

from gradin.data.amphis.models import CleIdempotence, Fait
from gradin.domain.amphi.commands import ConfirmChoix, Pauser, Reprendre
from tests.factories.amphis import T0, compte_of, make_amphi
from tests.factories.comptes import make_compte
from tests.factories.live import choose, play, start

pytestmark = pytest.mark.django_db


def test_fifty_clicks_of_one_key_make_one_choice_and_one_answer() -> None:
    amphi = make_amphi()
    start(amphi)
    commande = ConfirmChoix(interne=1, poste="2", tour=1, vu=2)
    auteur = compte_of(amphi, 1).pk
    answers = [play(amphi, commande, T0 + 1_000 + i, auteur=auteur, cle="clic") for i in range(50)]
    assert [one.statut for one in answers] == [201] + [200] * 49
    assert all(one.corps == answers[0].corps for one in answers)
    assert Fait.objects.filter(amphi=amphi, fait="ChoixConfirme").count() == 1


def test_the_same_key_for_another_poste_is_refused_and_the_first_choice_stands() -> None:
    amphi = make_amphi()
    start(amphi)
    first = choose(amphi, 1, "2", T0 + 1_000, cle="clic")
    commande = ConfirmChoix(interne=1, poste="3", tour=1, vu=2)
    second = play(amphi, commande, T0 + 2_000, auteur=compte_of(amphi, 1).pk, cle="clic")
    assert (second.statut, second.corps["motif"]) == (409, "cle_deja_utilisee")
    assert second.seq == first.seq


def test_a_newer_page_may_repeat_the_click() -> None:
    """`vu` is where the page stood, not what is asked."""
    amphi = make_amphi()
    start(amphi)
    first = choose(amphi, 1, "2", T0 + 1_000, cle="clic")
    commande = ConfirmChoix(interne=1, poste="2", tour=1, vu=1)
    again = play(amphi, commande, T0 + 2_000, auteur=compte_of(amphi, 1).pk, cle="clic")
    assert (again.statut, again.corps) == (200, first.corps)


def test_the_key_of_another_account_gives_nothing_away() -> None:
    amphi = make_amphi()
    start(amphi)
    choose(amphi, 1, "2", T0 + 1_000, cle="clic")
    commande = ConfirmChoix(interne=1, poste="2", tour=1, vu=2)
    stranger = make_compte("autre@internes.example").pk
    answer = play(amphi, commande, T0 + 2_000, auteur=stranger, cle="clic")
    assert (answer.statut, answer.corps["motif"]) == (409, "deja_affecte")
    assert "recu" not in answer.corps


def test_a_refusal_is_judged_again() -> None:
    amphi = make_amphi()
    start(amphi)
    play(amphi, Pauser(), T0 + 1_000)
    assert choose(amphi, 1, "2", T0 + 2_000, cle="clic").corps["motif"] == "amphi_en_pause"
    assert not CleIdempotence.objects.exists()
    play(amphi, Reprendre(), T0 + 3_000)
    assert choose(amphi, 1, "2", T0 + 4_000, cle="clic").statut == 201


def test_a_state_already_so_answers_deja() -> None:
    amphi = make_amphi()
    start(amphi)
    play(amphi, Pauser(), T0 + 1_000)
    again = play(amphi, Pauser(), T0 + 2_000)
    assert (again.statut, again.corps["deja"], again.faits) == (200, True, ())
