"""« Mes favoris » by plain forms: add, order, remove, follow; in which states of the amphi."""

from collections.abc import Callable

import pytest
from django.test import Client

from gradin.data.amphis.models import Amphi, EtatAmphi, Favori, Offre
from gradin.data.postes.models import EtatPoste, Poste
from tests.factories.amphis import make_poste
from tests.integration.favoris.conftest import A, B, C, Page

pytestmark = pytest.mark.django_db
Ordre = Callable[[], list[str]]


def test_a_whole_service_then_its_order(faire: Page, ordre: Ordre) -> None:
    faire(f"ajouter-service:{A}")
    page = faire(f"ajouter-service:{B}")
    assert ordre() == ["1", "2", "3", "4"]
    assert "3\u00a0disponibles</span> – 3\u00a0favoris" in page
    faire(f"monter-service:{B}")
    assert ordre() == ["4", "1", "2", "3"]
    faire(f"placer-service:{B}", rang="2")
    faire("monter-poste:3")
    assert ordre() == ["1", "3", "2", "4"]


def test_a_poste_added_later_enters_its_service(faire: Page, ordre: Ordre, amphi: Amphi) -> None:
    faire(f"ajouter-service:{B}")
    nouveau = make_poste("40")
    nouveau.service = Poste.objects.get(numero="4").service
    nouveau.save()
    Offre.objects.create(amphi=amphi, poste=nouveau)
    assert ordre() == ["4", "40"]


def test_the_first_single_poste_is_warned_of_once(faire: Page) -> None:
    avertissement = "Vous sélectionnez un poste et non tous les postes offerts du service."
    assert avertissement in faire("ajouter-poste:2")
    assert avertissement not in faire("ajouter-poste:5")


def test_the_other_postes_of_the_service_are_one_link_away(faire: Page, moi: Client) -> None:
    page = faire("ajouter-poste:2")
    assert "Voir tous les postes de ce service" in page and f"imotep={A}&amp;vue=poste#offre" in page
    offre = moi.get(f"/mon-amphi/favoris/?imotep={A}&vue=poste")
    assert [poste.numero for poste in offre.context["page"]] == ["1", "2", "3"]
    assert "Voir tous les postes</a>" in offre.content.decode()


def test_a_taken_favourite_stays_and_says_so(faire: Page, ordre: Ordre) -> None:
    faire(f"ajouter-service:{A}")
    Poste.objects.filter(numero="2").update(etat=EtatPoste.POURVU)
    page = faire("monter-poste:1")
    assert ordre() == ["1", "2", "3"]
    assert "2\u00a0disponibles</span> – 3\u00a0favoris" in page and "Pourvu</span>" in page


def test_a_withdrawn_poste_leaves_the_list(faire: Page, ordre: Ordre) -> None:
    faire(f"ajouter-service:{A}")
    Poste.objects.filter(numero="2").update(etat=EtatPoste.RETIRE)
    assert ordre() == ["1", "3"]


def test_the_offer_is_my_amphis_alone(moi: Client) -> None:
    make_poste("99")
    page = moi.get("/mon-amphi/favoris/?vue=poste")
    assert [poste.numero for poste in page.context["page"]] == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize(
    "geste",
    ["ajouter-service:ZZZ", "ajouter-poste:777", "monter-poste:777", "placer-service:1", "retirer-poste:1"],
)
def test_what_is_not_there_changes_nothing(faire: Page, ordre: Ordre, geste: str) -> None:
    faire(f"ajouter-service:{C}")
    faire(geste, rang="-1")
    assert ordre() == ["5", "6"]


def test_an_unknown_gesture_is_not_found(moi: Client) -> None:
    assert moi.post("/mon-amphi/favoris/", {"geste": "vider:tout"}).status_code == 404


@pytest.mark.parametrize("etat", [EtatAmphi.BROUILLON, EtatAmphi.VALIDE])
def test_before_their_date_favourites_say_when(moi: Client, amphi: Amphi, etat: str) -> None:
    Amphi.objects.filter(pk=amphi.pk).update(etat=etat, ouverture_favoris="2999-01-02T08:00:00Z")
    page = moi.get("/mon-amphi/favoris/").content.decode()
    assert "Les favoris ne sont pas encore ouverts" in page and "janvier" in page
    moi.post("/mon-amphi/favoris/", {"geste": "ajouter-poste:1"})
    assert not Favori.objects.exists()


def test_after_the_close_the_list_is_read_and_no_longer_changed(
    moi: Client, faire: Page, amphi: Amphi
) -> None:
    faire("ajouter-poste:1")
    Amphi.objects.filter(pk=amphi.pk).update(etat=EtatAmphi.CLOS)
    page = faire("ajouter-poste:5")
    assert "ne change plus" in page and "N° 1" in page and "Monter" not in page
    assert Favori.objects.count() == 1


def test_the_page_s_module_gets_what_changed_alone(moi: Client) -> None:
    reponse = moi.post(
        "/mon-amphi/favoris/", {"geste": f"ajouter-service:{A}"}, headers={"Gradin-Fragment": "1"}
    )
    fragment = reponse.content.decode()
    assert "<html" not in fragment and "Service 1\u00a0: favori n° 1 sur 1." in fragment


def test_nothing_yet_says_how_to_begin(moi: Client) -> None:
    assert "Aucun favori enregistré" in moi.get("/mon-amphi/favoris/").content.decode()
