"""« Recherche avancée »: each criterion of the manual, several values, one answer on page and API."""

import pytest
from django.test import Client

from gradin.data.postes.models import Poste
from tests.factories.amphis import make_amphi
from tests.integration.recherche.conftest import Trouver

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("criteres", "attendus"),
    [
        ({"regime": "ancien-regime"}, ["2"]),
        ({"regime": "Ancien régime"}, ["2"]),
        ({"des": "34"}, ["2"]),
        ({"des": "gynecologie"}, ["2"]),
        ({"des": ["33", "34"]}, ["1", "2", "3"]),
        ({"chef": "leger ELODIE"}, ["1"]),
        ({"chef": ["durand", "martin"]}, ["2", "3"]),
        ({"imotep": "75000002"}, ["2"]),
        ({"imotep": "7500"}, ["1", "2", "3"]),
        ({"groupe": "12"}, ["2"]),
        ({"groupe": "chirurgicales"}, ["2"]),
        ({"etablissement": "hopital grange"}, ["1", "2", "3"]),
        ({"etablissement": "ailleurs"}, []),
        ({"service": "cardio"}, ["1"]),
        ({"service": "75000003"}, ["3"]),
        ({"type": "ambulatoire"}, ["3"]),
        ({"departement": "75"}, ["1", "2", "3"]),
        ({"departement": "69"}, []),
        ({"numero": ["1", "3"]}, ["1", "3"]),
        ({"flechage": "education"}, ["3"]),
        ({"reserve": "oui"}, ["2"]),
        ({"reserve": "non", "type": "Hospitalier"}, ["1"]),
    ],
)
def test_a_criterion_keeps_its_postes(find: Trouver, criteres: dict[str, str], attendus: list[str]) -> None:
    assert find(**criteres) == attendus


@pytest.mark.parametrize(
    ("q", "attendus"),
    [
        ("CARDIOLOGIE", ["1"]),
        ("cardiolgie", ["1"]),
        ("cardioolgie leger", ["1"]),
        ("gynecologie obstetrique", ["2"]),
        ("rien du tout", []),
        ("lege", ["1"]),
        ("kgre", []),
    ],
)
def test_words_are_found_without_accents_and_with_one_slip(
    find: Trouver, q: str, attendus: list[str]
) -> None:
    assert find(q=q) == attendus


def test_a_slip_is_said_beside_what_was_read_instead(client: Client, offre: None) -> None:
    page = client.get("/postes/", {"q": "cardiolgie"}).content.decode()
    assert "«\u00a0cardiolgie\u00a0»" in page and "<strong>cardiologie</strong>" in page


def test_a_word_that_stands_somewhere_is_never_corrected(find: Trouver) -> None:
    Poste.objects.filter(numero="3").update(recherche="cardiolgie")
    assert find(q="cardiolgie") == ["3"]


def test_a_departement_is_also_its_name(client: Client, offre: None) -> None:
    assert client.get("/postes/", {"departement": "Paris"}).context["compte"].postes == 3


def test_the_address_gives_each_value_back_with_its_way_out(client: Client, offre: None) -> None:
    page = client.get("/postes/", {"des": ["33", "34"], "etat": "libre"}).content.decode()
    assert '<input type="hidden" name="des" value="33">' in page
    assert 'href="?etat=libre&amp;des=34"' in page or 'href="?des=34&amp;etat=libre"' in page
    assert "34 - Gynécologie obstétrique" in page and "2\u00a0valeurs" in page


def test_every_size_of_page_is_offered_and_all_of_it(client: Client, offre: None) -> None:
    make_amphi(postes=40, variante="b")
    assert len(client.get("/postes/", {"vue": "poste"}).context["page"].object_list) == 30
    page = client.get("/postes/", {"vue": "poste", "par_page": "tous"})
    assert len(page.context["page"].object_list) == 39
    assert [taille["mot"] for taille in page.context["tailles"]] == ["30", "50", "100", "Tous"]


def test_suggestions_hold_the_words_typed(client: Client, offre: None) -> None:
    reponse = client.get("/postes/suggestions/", {"champ": "chef", "q": "leg"})
    assert reponse.json() == {"valeurs": ["Dr Élodie Léger"]}
    assert client.get("/postes/suggestions/", {"champ": "mot_de_passe", "q": "a"}).json() == {"valeurs": []}
    assert client.get("/postes/suggestions/", {"champ": "chef", "q": "\x00"}).json() == {"valeurs": []}


@pytest.mark.parametrize(
    "nom", ["des", "chef", "numero", "imotep", "departement", "reserve", "par_page", "format"]
)
def test_a_wild_value_is_no_error(client: Client, offre: None, nom: str) -> None:
    for valeur in ("\x00", "'--", "9" * 400, "É" * 300, "%", "_"):
        assert client.get("/postes/", {nom: valeur}).status_code == 200
