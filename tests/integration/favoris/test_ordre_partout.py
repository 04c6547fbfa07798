"""One order everywhere: page, API, armed list; one list per amphi; nobody else reads it."""

from collections.abc import Callable

import pytest
from django.test import Client

from gradin.data.amphis.models import Amphi, Favori, Place
from gradin.data.internes.models import Inscription
from gradin.operations.amphis.contexte import _armee
from gradin.operations.favoris import Souhait, set_favoris
from gradin.queries.etats import lire_etat
from tests.factories.amphis import make_amphi
from tests.factories.comptes import make_agent, make_compte
from tests.factories.live import start
from tests.integration.favoris.conftest import BACKEND, A, B, Page, sign_in

pytestmark = pytest.mark.django_db


def test_the_armed_list_reads_as_the_page_does(
    amphi: Amphi, faire: Page, ordre: Callable[[], list[str]]
) -> None:
    faire("ajouter-poste:4")
    faire(f"ajouter-service:{A}")
    faire("monter-poste:3")
    assert ordre() == ["4", "1", "3", "2"]
    Amphi.objects.filter(pk=amphi.pk).update(parametres={**amphi.parametres, "liste_armee": True})
    Inscription.objects.filter(places__amphi=amphi, places__rang=1).update(liste_armee=True)
    start(amphi)
    assert _armee(amphi.pk, lire_etat(amphi.pk)[1]) == ("4", "1", "3", "2")


def test_the_room_without_javascript_lists_favourites_in_their_order(
    amphi: Amphi, faire: Page, moi: Client
) -> None:
    faire("ajouter-poste:4")
    faire(f"ajouter-service:{A}")
    faire("monter-poste:3")
    start(amphi)
    page = moi.get("/mon-amphi/?simple=1&etat=favoris").context["page"]
    assert [ligne.numero for ligne in page] == ["4", "1", "3", "2"]


def test_the_api_gives_the_same_list_and_groups_what_it_is_given(moi: Client, amphi: Amphi) -> None:
    chemin = f"/api/v1/amphis/{amphi.pk}/favoris"
    donnes = [{"poste": "2"}, {"service": B}, {"poste": "1"}]
    assert moi.put(chemin, donnes, content_type="application/json").status_code == 200
    assert moi.get(chemin).json() == [{"poste": "2"}, {"poste": "1"}, {"service": B}]


def test_each_amphi_keeps_its_own_list(amphi: Amphi) -> None:
    """One interne in two amphis of the semestre that share no poste."""
    autre = make_amphi(internes=1, postes=9, variante="b")
    autre.offre_set.filter(poste__numero__in=[str(n) for n in range(1, 9)]).delete()
    ici, la = Place.objects.get(amphi=amphi, rang=1), Place.objects.get(amphi=autre, rang=1)
    assert ici.inscription_id == la.inscription_id
    set_favoris(amphi, ici.pk, [Souhait(poste="2")])
    set_favoris(autre, la.pk, [Souhait(poste="9")])
    set_favoris(autre, la.pk, [])
    assert Favori.objects.get().poste.numero == "2"


def test_nobody_but_their_owner_reads_favourites(amphi: Amphi, faire: Page) -> None:
    """Another interne of the amphi, an account without a list, the ARS, the public."""
    faire("ajouter-poste:2")
    start(amphi)
    autres = [sign_in(amphi, 2), Client(), Client(), Client()]
    autres[1].force_login(make_compte("passant@example.org"), backend=BACKEND)
    make_agent(amphi.subdivision)
    autres[2].force_login(make_compte("agent@ars.example"), backend=BACKEND)
    for client in autres:
        page = client.get("/mon-amphi/favoris/", follow=True).content.decode()
        assert "Poste n° 2" not in page and "1\u00a0favori<" not in page
    for adresse in (
        f"/api/v1/amphis/{amphi.pk}",
        f"/api/v1/amphis/{amphi.pk}/journal",
        f"/api/v1/amphis/{amphi.pk}/offre",
        "/api/v1/moi",
        "/postes/",
        f"/regie/amphis/{amphi.pk}/",
    ):
        for client in autres:
            corps = client.get(adresse).content.decode()
            assert '"favoris":[' not in corps.replace(" ", "") and "favori n°" not in corps
