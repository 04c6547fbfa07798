"""Choosing by plain forms: the list, the question, the answer, the receipt."""

import re

import pytest
from django.test import Client

from gradin.data.amphis.models import Affectation, Amphi
from gradin.live.temps import maintenant_ms
from tests.factories.amphis import add_favoris
from tests.factories.live import choose
from tests.integration.salle.conftest import ClientOf

pytestmark = pytest.mark.django_db


def read_form(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(amphi|poste|tour|vu|cle)" value="([^"]*)"', page))


def ask(client: Client, amphi: Amphi, poste: str) -> dict[str, str]:
    page = client.get("/mon-amphi/choisir/", {"amphi": amphi.pk, "poste": poste})
    assert page.status_code == 200
    return read_form(page.content.decode())


def test_at_my_turn_each_open_poste_has_its_button(amphi: Amphi, client_of: ClientOf) -> None:
    page = client_of(1).get("/mon-amphi/?simple=1").content.decode()
    assert re.findall(r'name="poste" value="(\d)"', page) == ["1", "2", "3"]


def test_a_reserved_poste_says_for_whom(client_of: ClientOf) -> None:
    assert "Réservé à\u00a0: 999" in client_of(1).get("/mon-amphi/?simple=1&etat=").content.decode()


def test_while_waiting_there_is_no_button_and_the_page_reloads_itself(client_of: ClientOf) -> None:
    page = client_of(2).get("/mon-amphi/?simple=1").content.decode()
    assert 'name="poste"' not in page
    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in page


def test_the_chooser_s_page_never_reloads_under_his_hand(client_of: ClientOf) -> None:
    assert "http-equiv" not in client_of(1).get("/mon-amphi/?simple=1").content.decode()


def test_the_question_holds_the_six_lines(amphi: Amphi, client_of: ClientOf) -> None:
    page = client_of(1).get("/mon-amphi/choisir/", {"amphi": amphi.pk, "poste": "2"}).content.decode()
    lignes = ["Spécialité", "Établissement", "Service", "Chef de service", "N° poste", "Fléchage"]
    assert re.findall(r"<dt>([^<]*)</dt>", page) == lignes


def test_oui_je_confirme_gives_the_receipt(amphi: Amphi, client_of: ClientOf) -> None:
    client = client_of(1)
    answer = client.post("/mon-amphi/choix/", ask(client, amphi, "2"))
    assert answer.status_code == 302
    recu = client.get(answer["Location"]).content.decode()
    affectation = Affectation.objects.get(amphi=amphi)
    assert "C’est fait, Prénom." in recu
    assert f"n° {affectation.n}" in recu


def test_the_same_form_sent_twice_chooses_once_and_answers_alike(amphi: Amphi, client_of: ClientOf) -> None:
    client = client_of(1)
    form = ask(client, amphi, "2")
    answers = [client.post("/mon-amphi/choix/", form)["Location"] for _ in range(2)]
    assert answers == [f"/mon-amphi/recu/?amphi={amphi.pk}"] * 2
    assert Affectation.objects.filter(amphi=amphi).count() == 1


def test_a_form_of_the_turn_before_is_refused_and_says_why(amphi: Amphi, client_of: ClientOf) -> None:
    client = client_of(1)
    form = ask(client, amphi, "2")
    choose(amphi, 1, "3", maintenant_ms())
    answer = client.post("/mon-amphi/choix/", form, follow=True)
    assert "Ce tour est déjà passé" in answer.content.decode() or "déjà" in answer.content.decode()
    assert Affectation.objects.get(amphi=amphi).poste.numero == "3"


def test_a_taken_poste_is_not_asked_about(amphi: Amphi, client_of: ClientOf) -> None:
    choose(amphi, 1, "3", maintenant_ms())
    answer = client_of(2).get("/mon-amphi/choisir/", {"amphi": amphi.pk, "poste": "3"}, follow=True)
    assert "Ce poste est déjà pris" in answer.content.decode()


def test_the_filters_keep_what_is_open_to_me(amphi: Amphi, client_of: ClientOf) -> None:
    page = client_of(2).get("/mon-amphi/?simple=1&etat=ouvert").content.decode()
    assert "1 à 3 sur 3" in page


def test_favourites_stand_before_the_filter_in_my_order(amphi: Amphi, client_of: ClientOf) -> None:
    add_favoris(amphi, 2, ["3", "1"])
    page = client_of(2).get("/mon-amphi/?simple=1").content.decode()
    miens, tous = page.split("<h2>Postes à pourvoir</h2>")
    assert re.findall(r'<td class="nombre">(\d)</td>', miens) == ["3", "1"]
    assert len(re.findall(r'<td class="nombre">\d</td>', tous)) == 4


def test_words_are_forgiven_a_slip_as_in_the_lists(client_of: ClientOf) -> None:
    page = client_of(2).get("/mon-amphi/?simple=1&q=SERVCIE+2").content.decode()
    assert re.findall(r'<td class="nombre">(\d)</td>', page) == ["2"]


def test_before_choosing_there_is_no_receipt(client_of: ClientOf) -> None:
    assert client_of(1).get("/mon-amphi/recu/").status_code == 404


def test_the_receipt_s_file_proves_its_owner_s_choice(amphi: Amphi, client_of: ClientOf) -> None:
    choose(amphi, 1, "3", maintenant_ms())
    corps = client_of(1).get("/mon-amphi/recu/?format=json").json()
    assert (corps["poste"], corps["prive"]["type_choix"]) == ("3", "classique")
    assert client_of(2).get("/mon-amphi/recu/?format=json").status_code == 404


def test_asking_back_when_not_passed_is_refused_kindly(amphi: Amphi, client_of: ClientOf) -> None:
    answer = client_of(2).post("/mon-amphi/retour/", {"amphi": amphi.pk, "cle": "k"}, follow=True)
    assert "il n’y a rien à replacer" in answer.content.decode()
