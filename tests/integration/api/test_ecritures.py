"""Choices, acts and favourites over HTTP: once per key, from our own pages only, nothing smuggled in."""

from typing import Any

import pytest
from django.test import Client

from gradin.api.debit import DEBIT, Debit
from gradin.data.amphis.models import Affectation, Amphi, Fait
from gradin.data.internes.models import Inscription, TypeChoix
from tests.factories.amphis import compte_of
from tests.integration.api.conftest import API, Demandeur

pytestmark = pytest.mark.django_db


def choose(ask: Demandeur, amphi: Amphi, poste: str, cle: str, **plus: Any) -> Any:
    corps = {"poste": poste, "tour": 1, "vu": amphi.seq, **plus}
    return ask("interne", "post", f"/amphis/{amphi.pk}/choix", corps, Idempotency_Key=cle)


def test_the_same_key_gives_the_same_receipt_and_one_choice(ask: Demandeur, amphi: Amphi) -> None:
    premiere = choose(ask, amphi, "1", "cle-1")
    seconde = choose(ask, amphi, "1", "cle-1")
    assert (premiere.status_code, seconde.status_code) == (201, 200)
    assert premiere.json() == seconde.json()
    assert set(premiere.json()["recu"]) == {"n", "h", "a", "interne", "poste", "sel", "prive"}
    assert Affectation.objects.count() == 1


def test_the_same_key_for_another_poste_is_a_conflict(ask: Demandeur, amphi: Amphi) -> None:
    choose(ask, amphi, "1", "cle-1")
    autre = choose(ask, amphi, "2", "cle-1")
    assert (autre.status_code, autre.json()["motif"]) == (409, "cle_deja_utilisee")


def test_who_is_on_the_list_but_may_not_act_reads_why(ask: Demandeur, amphi: Amphi, comptes: Any) -> None:
    comptes["interne"] = compte_of(amphi, 3)
    reponse = choose(ask, amphi, "1", "cle-3")
    assert (reponse.status_code, reponse.json()["motif"]) == (409, "pas_votre_tour")


def test_a_choice_without_key_is_refused(ask: Demandeur, amphi: Amphi) -> None:
    corps = {"poste": "1", "tour": 1, "vu": amphi.seq}
    reponse = ask("interne", "post", f"/amphis/{amphi.pk}/choix", corps)
    assert (reponse.status_code, reponse.json()["motif"]) == (400, "cle_requise")


def test_fields_that_are_not_his_to_give_change_nothing_and_are_logged(
    ask: Demandeur, amphi: Amphi, caplog: pytest.LogCaptureFixture
) -> None:
    smuggled = {
        "type_choix": "surnombre_non_validant",
        "rang": 1,
        "interne": 3,
        "is_staff": True,
        "role": "agent",
    }
    reponse = choose(ask, amphi, "1", "cle-1", **smuggled)
    assert reponse.json()["recu"]["interne"] == 1
    affectation = Affectation.objects.get()
    assert affectation.type_choix == TypeChoix.CLASSIQUE
    assert compte_of(amphi, 1).role == "interne"
    assert Inscription.objects.filter(type_choix=TypeChoix.SURNOMBRE_NON_VALIDANT).count() == 1
    (ligne,) = [ligne for ligne in caplog.messages if "unknown fields" in ligne]
    assert all(nom in ligne for nom in smuggled) and "agent" not in ligne


@pytest.mark.parametrize("corps", [{"poste": 1}, {}, {"poste": "1", "tour": "x", "vu": 0}])
def test_a_body_that_lacks_or_bends_a_field_is_not_processed(
    ask: Demandeur, amphi: Amphi, corps: Any
) -> None:
    reponse = ask("interne", "post", f"/amphis/{amphi.pk}/choix", corps, Idempotency_Key="x")
    assert (reponse.status_code, reponse.json()["motif"]) == (422, "requete_invalide")


def test_a_session_without_its_csrf_token_changes_nothing(amphi: Amphi) -> None:
    navigateur = Client(enforce_csrf_checks=True)
    navigateur.force_login(compte_of(amphi, 1), backend="allauth.account.auth_backends.AuthenticationBackend")
    for genre in ("application/json", "text/plain"):
        reponse = navigateur.post(
            f"{API}/amphis/{amphi.pk}/choix",
            '{"poste": "1", "tour": 1, "vu": 1}',
            content_type=genre,
            headers={"Idempotency-Key": "forge"},
        )
        assert (reponse.status_code, reponse.json()["motif"]) == (403, "csrf")
    assert not Affectation.objects.exists()


def test_an_agent_speaks_to_all_and_the_same_key_says_it_once(ask: Demandeur, amphi: Amphi) -> None:
    acte = {"type": "message", "texte": "Bonjour à tous", "vu": amphi.seq}
    statuts = [
        ask("agent", "post", f"/amphis/{amphi.pk}/commandes", acte, Idempotency_Key="m").status_code
        for _ in range(2)
    ]
    assert statuts == [201, 200]
    messages = ask("interne", "get", f"/amphis/{amphi.pk}").json()["messages"]
    assert [message["texte"] for message in messages] == ["Bonjour à tous"]


def test_favourites_are_kept_in_their_order_and_a_stranger_to_the_offer_is_refused(
    ask: Demandeur, amphi: Amphi
) -> None:
    chemin = f"/amphis/{amphi.pk}/favoris"
    service = amphi.postes.get(numero="2").service.imotep
    voulus = [{"poste": "3"}, {"service": service}, {"poste": "1"}]
    assert ask("interne", "put", chemin, voulus).json() == voulus
    assert ask("interne", "get", chemin).json() == voulus
    refus = ask("interne", "put", chemin, [{"poste": "777"}])
    assert (refus.status_code, refus.json()["motif"]) == (422, "favori_inconnu")
    assert ask("interne", "get", chemin).json() == voulus


def test_a_runaway_program_is_told_to_slow_down(ask: Demandeur, amphi: Amphi) -> None:
    compte = compte_of(amphi, 1).pk
    DEBIT._seaux[compte] = (0.0, float("inf"))
    reponse = choose(ask, amphi, "1", "cle-1")
    assert (reponse.status_code, reponse.json()["motif"]) == (429, "trop_de_demandes")


def test_an_account_writes_sixty_times_at_once_then_ten_times_a_second() -> None:
    heure = [0.0]
    debit = Debit(lambda: heure[0])
    assert [debit.take(1) for _ in range(61)] == [True] * 60 + [False]
    assert debit.take(2)
    heure[0] = 0.2
    assert [debit.take(1) for _ in range(3)] == [True, True, False]


def test_who_passed_absent_comes_back_by_polling_alone(ask: Demandeur, amphi: Amphi) -> None:
    adresse = f"/amphis/{amphi.pk}"
    absent = {"type": "absent", "tour": 1}
    assert ask("agent", "post", f"{adresse}/commandes", absent, Idempotency_Key="a").status_code == 201
    assert ask("anonyme", "get", adresse).json()["retours"] == []
    assert ask("interne", "get", adresse).json()["retours"] == [1]
    assert ask("interne", "get", adresse).json()["retours"] == [1]
    assert Fait.objects.filter(amphi=amphi, fait="RetourPlace").count() == 1
