"""« Liste des affectations »: live, and only the names that the amphi lets out."""

import pytest
from django.test import Client

from gradin.data.amphis.models import Affectation, Amphi, Place
from gradin.data.internes.models import TypeChoix
from gradin.data.postes.models import Poste
from gradin.domain.amphi.commands import Clore
from tests.factories.amphis import T0, make_amphi
from tests.factories.live import choose, play, start

pytestmark = pytest.mark.django_db


def run_first_choice(noms_publics: str, types: dict[int, TypeChoix] | None = None) -> Amphi:
    amphi = make_amphi(parametres={"noms_publics": noms_publics}, types=types)
    start(amphi)
    choose(amphi, 1, "1", T0 + 5_000)
    return amphi


def close(amphi: Amphi) -> None:
    commande = Clore(motif="Fin", second="compte:2")
    assert not play(amphi, commande, T0 + 10_000).refusee


def read(client: Client, **parametres: str) -> str:
    return client.get("/affectations/", parametres).content.decode()


def test_direct_names_are_a_first_name_and_an_initial(client: Client) -> None:
    run_first_choice("direct")
    page = read(client)
    assert "Prénom I." in page and "Interne1" not in page and "Service 1" in page


def test_names_wait_for_the_close_by_default(client: Client) -> None:
    amphi = run_first_choice("apres_cloture")
    assert "Prénom I." not in read(client) and "ne sont pas publics avant la clôture" in read(client)
    close(amphi)
    assert "Prénom I." in read(client)


def test_never_is_never_and_the_number_is_still_told(client: Client) -> None:
    amphi = run_first_choice("jamais")
    close(amphi)
    assert "Prénom I." not in read(client) and "<strong>1\u00a0interne affecté</strong>" in read(client)


def test_a_surnombre_is_not_told_from_the_others(client: Client) -> None:
    run_first_choice("direct", {1: TypeChoix.SURNOMBRE_VALIDANT})
    assert "Prénom I." in read(client) and "surnombre" not in read(client).lower()


def test_a_name_cannot_be_found_by_its_family_part(client: Client) -> None:
    run_first_choice("direct")
    assert "Prénom I." not in read(client, q="Interne1")
    assert "Prénom I." in read(client, q="pré")


def test_an_affectation_given_outside_any_amphi_refreshes_an_open_list(client: Client) -> None:
    amphi = run_first_choice("direct")
    adresse = f"/version/?semestre={amphi.semestre.code}"
    avant = client.get(adresse).content
    donnee = Affectation.objects.create(
        interne=Place.objects.get(amphi=amphi, rang=2).inscription.interne,
        semestre=amphi.semestre,
        poste=Poste.objects.get(numero="2"),
        type_choix=TypeChoix.CLASSIQUE,
        chosen_at=T0,
    )
    apres = client.get(adresse).content
    Affectation.objects.filter(pk=donnee.pk).update(annulee=True)
    assert len({avant, apres, client.get(adresse).content}) == 3
