"""A running amphi and everybody who may ask the API about it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from gradin.api.amphis import OFFRES
from gradin.api.debit import DEBIT
from gradin.data.amphis.models import Amphi, Favori, Place
from gradin.data.comptes.models import Compte, Role
from gradin.data.internes.models import Interne, Phase, TypeChoix
from gradin.data.referentiel.models import Subdivision
from gradin.live.temps import maintenant_ms
from gradin.operations.comptes.jetons import create_jeton
from tests.factories.amphis import compte_of, make_amphi, make_inscription
from tests.factories.comptes import make_agent, make_compte
from tests.factories.live import start

API = "/api/v1"
Demandeur = Callable[..., Any]
# What nobody else may read of the interne of rank 2 (rules.md §9).
CANARIS = ("surnombre_non_validant", "CANARI-INE", "1999-12-31", "canari@secret.example", "0699999999", "4/3")


@pytest.fixture(autouse=True)
def fresh_process() -> None:
    """Each test has its own database: nothing may be remembered from another one."""
    DEBIT._seaux.clear()
    OFFRES.clear()


@pytest.fixture
def amphi() -> Amphi:
    """Three internes, four postes; rank 1 chooses, rank 2 carries the canaries."""
    debut = maintenant_ms()
    amphi = make_amphi(internes=3, postes=4, types={2: TypeChoix.SURNOMBRE_NON_VALIDANT}, debut=debut)
    _hide_canaries(amphi)
    start(amphi, debut)
    amphi.refresh_from_db()
    return amphi


def _hide_canaries(amphi: Amphi) -> None:
    place = Place.objects.select_related("inscription__interne").get(amphi=amphi, rang=2)
    Interne.objects.filter(pk=place.inscription.interne_id).update(
        ine="CANARI-INE", ne_le="1999-12-31", courriel="canari@secret.example", telephone="0699999999"
    )
    place.inscription.multiplicateur = "4/3"
    place.inscription.save()
    poste = amphi.postes.get(numero="3")
    Favori.objects.create(inscription=place.inscription, ordre=1, poste=poste)


@pytest.fixture
def comptes(amphi: Amphi) -> Mapping[str, Compte | None]:
    """One of each kind: the columns of the matrix."""
    ailleurs = Subdivision.objects.create(code="AUTRE", nom="Autre")
    autre = make_inscription(9, Phase.APPROFONDISSEMENT).interne
    agent = make_agent(amphi.subdivision)
    etranger = make_agent(ailleurs, "agent@ailleurs.example")
    return {
        "anonyme": None,
        "interne": compte_of(amphi, 1),
        "autre_interne": autre.compte,
        "agent": Compte.objects.get(pk=agent.compte),
        "agent_ailleurs": Compte.objects.get(pk=etranger.compte),
        "sans_role": make_compte("personne@example.org", Role.INTERNE),
    }


@pytest.fixture
def ask(comptes: Mapping[str, Compte | None]) -> Demandeur:
    """`ask("interne", "get", "/moi")`: with a token, as a program does."""

    def request(qui: str, methode: str, chemin: str, corps: Any = None, **headers: str) -> Any:
        entetes = bearer_of(comptes[qui]) | {nom.replace("_", "-"): valeur for nom, valeur in headers.items()}
        options: dict[str, Any] = {"headers": entetes}
        if corps is not None:
            options |= {"data": corps, "content_type": "application/json"}
        return getattr(Client(), methode)(f"{API}{chemin}", **options)

    return request


def bearer_of(compte: Compte | None) -> dict[str, str]:
    if compte is None:
        return {}
    secret = f"jeton-{compte.pk}-{maintenant_ms()}-{id(object())}"
    create_jeton(compte=compte.pk, secret=secret, maintenant=datetime.now(UTC))
    return {"Authorization": f"Bearer {secret}"}
