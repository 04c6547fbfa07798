"""The canaries again, in what a real server sends and writes: streams of every role, log of every error."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.factories.comptes import MOT_DE_PASSE
from tests.flux import Flux
from tests.integration.live.conftest import bearer_of
from tests.integration.permissions.jetons import JETONS, REPONSE
from tests.integration.permissions.monde import QUI, Monde, make_monde
from tests.serveur import Serveur, running

pytestmark = pytest.mark.django_db(transaction=True)
TYPE = re.compile(r"surnombre.?(non)?.?validant", re.IGNORECASE)
SIENS = ("canari",)
ARS = ("agent", "administrateur")
LIEN = "lien-a-usage-unique-canari"


@pytest.fixture
def monde(transactional_db: None) -> Monde:
    return make_monde()


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "journal"


@pytest.fixture
def serveur(monde: Monde, journal: Path) -> Iterator[Serveur]:
    with running(settings="tests.settings_journal", GRADIN_TEST_JOURNAL=str(journal)) as serveur:
        yield serveur


def test_streams_carry_nothing_and_errors_write_nothing(
    monde: Monde, serveur: Serveur, journal: Path
) -> None:
    for qui in QUI:
        texte = _stream(monde, serveur, qui)
        fuites = [nom for nom, jeton in JETONS.items() if jeton in texte]
        assert fuites == ([] if qui not in ARS else ["temps"]) or qui in SIENS, qui
        assert (qui in (*SIENS, *ARS)) or not TYPE.search(texte), qui
    _stumble(monde, serveur)
    serveur.stop()
    ecrit = journal.read_text()
    assert "panne d'essai" in ecrit and "Internal Server Error" in ecrit
    secrets = {**JETONS, "reponse": REPONSE, "mot de passe": MOT_DE_PASSE, "lien": LIEN, "ine": "120394857KX"}
    assert [nom for nom, jeton in secrets.items() if jeton in ecrit] == []
    assert not TYPE.search(ecrit) and "Bearer" not in ecrit and "sessionid" not in ecrit


def _stream(monde: Monde, serveur: Serveur, qui: str) -> str:
    """From the first line of the journal to the last, and what comes unnumbered until the clock."""
    compte = monde.comptes[qui]
    entetes = bearer_of(compte) if compte else {}
    with Flux(serveur.port, monde.mien.pk, depuis=0, entetes=entetes) as flux:
        return str([*flux.facts(monde.mien.seq), *flux.collect("horloge")])


def _stumble(monde: Monde, serveur: Serveur) -> None:
    """Every way to be refused or to break with a secret in hand, as strangers and as the canari."""
    with httpx.Client(base_url=serveur.url) as client:
        jeton = client.get("/connexion/").cookies.get("csrftoken") or ""
        corps = {
            "csrfmiddlewaretoken": jeton,
            "login": JETONS["courriel"],
            "email": JETONS["courriel"],
            "password": MOT_DE_PASSE + "!",
            "ine": "120394857KX",
            "nom": "Interne2",
            "prenom": "Prénom",
            "ne_le": JETONS["naissance_dite"],
            "courriel": JETONS["courriel"],
            "telephone": JETONS["telephone"],
            "adresse": JETONS["adresse"],
            "reponse": REPONSE,
        }
        for adresse in ("/connexion/", "/inscription/", "/inscription/courriel/", "/mot-de-passe/"):
            for entetes in ({}, {"X-Panne": "1"}):
                client.post(adresse, data=corps, headers=entetes)
            client.post(adresse, data={**corps, "csrfmiddlewaretoken": "faux"})
        for adresse in (
            f"/procuration/{LIEN}/",
            f"/mot-de-passe/1-{LIEN}/",
            f"/inscription/finaliser/{LIEN}/",
        ):
            for entetes in ({}, {"X-Panne": "1"}):
                client.get(adresse, headers=entetes)
        client.get("/postes/", params={"q": JETONS["telephone"]}, headers={"X-Panne": "1"})
        identifiants = {"courriel": JETONS["courriel"], "mot_de_passe": MOT_DE_PASSE + "!"}
        client.post("/api/v1/jetons", json=identifiants)
        lui = bearer_of(monde.comptes["canari"])  # type: ignore[arg-type]
        for charge in ({"poste": JETONS["ine"], "tour": "x"}, [JETONS["telephone"]]):
            entetes = {**lui, "Idempotency-Key": JETONS["adresse"]}
            client.post(f"/api/v1/amphis/{monde.mien.pk}/choix", json=charge, headers=entetes)
            client.post(
                f"/api/v1/amphis/{monde.mien.pk}/choix", json=charge, headers={**entetes, "X-Panne": "1"}
            )
