"""Four postes that differ by everything one may ask for."""

from collections.abc import Callable

import pytest
from django.test import Client

from gradin.data.postes.models import Poste, Regime
from gradin.operations.imports.comparaison_postes import write_cles
from tests.factories.amphis import make_amphi
from tests.factories.referentiel import make_des, make_groupe

Trouver = Callable[..., list[str]]


@pytest.fixture
def offre() -> None:
    """1: cardiologie · 2: gynécologie, réservé, ancien régime · 3: ambulatoire, fléché · 4: withdrawn."""
    make_amphi(postes=4)
    for numero, service, chef in (
        ("1", "Cardiologie", "Dr Élodie Léger"),
        ("2", "Gynécologie-obstétrique", "Pr Martin"),
        ("3", "Médecine générale", "Dr Durand"),
        ("4", "Retiré", "Personne"),
    ):
        poste = Poste.objects.select_related("service__etablissement", "des", "groupe").get(numero=numero)
        poste.service.nom, poste.service.chef = service, chef
        poste.service.save()
    Poste.objects.filter(numero="2").update(
        des=make_des("34", "Gynécologie obstétrique"),
        groupe=make_groupe("12", "Spécialités chirurgicales"),
        regime=Regime.ANCIEN_REGIME,
        reserve=True,
    )
    Poste.objects.filter(numero="3").update(type_poste="Ambulatoire", flechage="Éducation thérapeutique")
    for poste in Poste.objects.select_related("service__etablissement", "des", "groupe"):
        write_cles(poste)
        poste.save()
    Poste.objects.filter(numero="4").update(etat="retire")


@pytest.fixture
def find(client: Client, offre: None) -> Trouver:
    """The numéros that the page and the API give, which must agree."""

    def find(**criteres: str | list[str]) -> list[str]:
        page = client.get("/postes/", {**criteres, "vue": "poste", "tri": "numero"})
        corps = client.get("/api/v1/postes", criteres).json()
        montres = [poste.numero for poste in page.context["page"]]
        assert montres == [poste["poste"] for poste in corps["resultats"]]
        return montres

    return find
