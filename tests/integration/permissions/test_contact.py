"""Whom an interne is told to call: the ARS of his own subdivision, on each of his pages."""

import pytest

from gradin.data.referentiel.models import Subdivision
from tests.integration.permissions.monde import make_monde

pytestmark = pytest.mark.django_db
MIENNES = ("/mon-amphi/", "/mon-profil/", "/mon-classement/", "/mon-profil/donnees/", "/mon-profil/statut/")


def test_the_contact_of_an_interne_is_that_of_his_subdivision_and_no_other() -> None:
    monde = make_monde()
    Subdivision.objects.filter(pk=monde.mien.subdivision_id).update(contact_telephone="01 11 11 11 11")
    Subdivision.objects.filter(pk=monde.autre.subdivision_id).update(contact_telephone="02 22 22 22 22")
    for qui, sien, autre in (
        ("interne", "01\u00a011", "02\u00a022"),
        ("ailleurs", "02\u00a022", "01\u00a011"),
    ):
        textes = {adresse: monde.ask(qui, "get", adresse)[1].decode() for adresse in MIENNES}
        assert [adresse for adresse, texte in textes.items() if autre in texte] == [], qui
        assert sum(sien in texte for texte in textes.values()) >= 3, qui
