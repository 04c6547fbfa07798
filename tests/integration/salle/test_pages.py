"""The page an interne gets, by the state of his amphi."""

import pytest
from django.test import Client

from gradin.data.amphis.models import Amphi, EtatAmphi
from tests.factories.amphis import compte_of, make_amphi
from tests.factories.comptes import make_agent, make_compte
from tests.integration.salle.conftest import ClientOf

pytestmark = pytest.mark.django_db


def test_the_rows_of_the_postes_are_the_same_for_everybody(amphi: Amphi, client_of: ClientOf) -> None:
    pages = [client_of(rang).get("/mon-amphi/postes/", {"v": amphi.version_offre}) for rang in (1, 2)]
    assert pages[0].content == pages[1].content
    rows = pages[0].content.decode()
    assert [rows.count(f'data-poste="{numero}"') for numero in "1234"] == [1, 1, 1, 1]
    assert "immutable" in pages[0]["Cache-Control"]


def test_the_room_holds_no_inline_script_nor_style(client_of: ClientOf) -> None:
    page = client_of(1).get("/mon-amphi/").content.decode()
    assert "style=" not in page
    assert page.count("<script") == page.count('<script type="module" src=')


def test_the_title_says_the_state_first(client_of: ClientOf) -> None:
    assert "<title>C’est votre tour · Gradin</title>" in client_of(1).get("/mon-amphi/").content.decode()
    assert (
        "<title>2 internes devant vous · Gradin</title>" in client_of(3).get("/mon-amphi/").content.decode()
    )


def test_the_room_sends_those_without_javascript_to_plain_forms(amphi: Amphi, client_of: ClientOf) -> None:
    page = client_of(1).get("/mon-amphi/").content.decode()
    assert (
        f'<noscript><meta http-equiv="refresh" content="0; url=?simple=1&amphi={amphi.pk}"></noscript>'
        in page
    )


def test_nobody_reads_another_ones_type_de_choix(amphi: Amphi, client_of: ClientOf) -> None:
    page = client_of(2).get("/mon-amphi/").content.decode()
    assert page.count("surnombre") == 0
    assert page.count('data-type-choix="classique"') == 1


def test_who_has_this_groupe_at_the_ars_is_named_to_its_internes(amphi: Amphi, client_of: ClientOf) -> None:
    make_agent(amphi.subdivision)
    assert "Agnès Agent" not in client_of(2).get("/mon-amphi/favoris/").content.decode()
    make_agent(amphi.subdivision, "groupe@ars.example", amphi.groupe)
    page = client_of(2).get("/mon-amphi/favoris/").content.decode()
    assert "Agnès Agent pour votre groupe" in page and "groupe@ars.example" not in page


def test_an_account_on_no_list_is_told_what_to_do() -> None:
    client = Client()
    client.force_login(
        make_compte("x@example.org"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert "Vous n’êtes dans aucun amphithéâtre" in client.get("/mon-amphi/").content.decode()


def test_a_visitor_is_asked_to_sign_in() -> None:
    assert Client().get("/mon-amphi/").status_code == 302


@pytest.mark.parametrize(
    ("etat", "dit"),
    [
        (EtatAmphi.BROUILLON, "L’ARS prépare votre amphithéâtre"),
        (EtatAmphi.VALIDE, "Votre amphithéâtre est ouvert"),
        (EtatAmphi.OUVERT, "Votre amphithéâtre est ouvert"),
        (EtatAmphi.CLOS, "L’amphithéâtre est clos"),
    ],
)
def test_before_the_start_the_page_says_where_the_amphi_stands(etat: EtatAmphi, dit: str) -> None:
    amphi = make_amphi()
    Amphi.objects.filter(pk=amphi.pk).update(etat=etat, ouverture_favoris=None)
    client = Client()
    client.force_login(compte_of(amphi, 1), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert dit in client.get("/mon-amphi/").content.decode()


def test_an_amphi_in_which_i_have_no_place_does_not_exist(client_of: ClientOf) -> None:
    assert (
        "Vous n’êtes dans aucun amphithéâtre" in client_of(1).get("/mon-amphi/?amphi=999999").content.decode()
    )
    assert client_of(1).get("/mon-amphi/choisir/?amphi=999999&poste=1").status_code == 404
