"""« Liste des postes »: what anybody reads, searched, filtered, and the version that tells it has changed."""

import pytest
from django.test import Client

from gradin.data.postes.models import EtatPoste, Poste
from gradin.domain.texte import fold
from tests.factories.amphis import T0, make_amphi
from tests.factories.live import choose, start

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def offre() -> None:
    make_amphi(postes=4)
    for poste in Poste.objects.all():
        poste.recherche = fold(f"{poste.numero} {poste.service.nom} hôpital de la Grange Événements")
        poste.save()


def read(client: Client, **parametres: str) -> str:
    reponse = client.get("/postes/", parametres)
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_services_are_listed_with_their_free_places(client: Client) -> None:
    page = read(client)
    assert "Paris" in page and "<b>1</b> libre sur 1" in page
    assert page.count('<details id="s') == 4


def test_a_taken_poste_says_so_in_words(client: Client) -> None:
    Poste.objects.filter(numero="2").update(etat=EtatPoste.POURVU)
    page = read(client, etat="pourvu", vue="poste")
    assert page.count("est-pourvu") == 1 and "Pourvu</span>" in page
    assert "Non pourvu</span>" not in page


def test_words_are_found_without_accents_nor_case(client: Client) -> None:
    assert "<strong>4\u00a0postes</strong>" in read(client, q="EVENEMENTS grange")
    assert "Aucun poste ne répond à cette recherche" in read(client, q="cardiologie")


def test_a_withdrawn_poste_is_not_offered(client: Client) -> None:
    Poste.objects.filter(numero="1").update(etat=EtatPoste.RETIRE)
    assert "<strong>3\u00a0postes</strong>" in read(client)


def test_a_column_sorts_both_ways_and_says_which(client: Client) -> None:
    page = read(client, vue="poste", tri="-numero")
    assert 'aria-sort="descending"' in page
    assert [page.index(f"</span>{n}</td>") for n in "4321"] == sorted(
        page.index(f"</span>{n}</td>") for n in "4321"
    )


@pytest.mark.parametrize("parametre", ["page", "par_page", "tri", "etat", "groupe", "semestre", "vue"])
def test_a_wild_address_is_no_error(client: Client, parametre: str) -> None:
    assert client.get("/postes/", {parametre: "\x00'--9999999999999999"}).status_code == 200


def test_the_list_alone_answers_its_own_module(client: Client) -> None:
    reponse = client.get("/postes/", headers={"Gradin-Fragment": "1"})
    assert "<html" not in reponse.content.decode()
    assert "Gradin-Fragment" in reponse["Vary"]


def test_a_choice_changes_the_version_and_nothing_else_does(client: Client) -> None:
    amphi = make_amphi(postes=4, variante="b")
    start(amphi)
    avant = client.get("/version/").json()["version"]
    assert client.get("/version/").json()["version"] == avant
    choose(amphi, 1, "1", T0 + 5_000)
    assert client.get("/version/").json()["version"] != avant


def test_no_holder_is_named_here(client: Client) -> None:
    """Two holders, one named here: the other would be known as a surnombre."""
    amphi = make_amphi(postes=4, variante="c", parametres={"noms_publics": "direct"})
    start(amphi)
    choose(amphi, 1, "1", T0 + 5_000)
    assert "Interne1" not in read(client) and "Prénom" not in read(client, vue="poste")
