"""Attacks of reliability.md (C cases) that no other test holds: sessions, forms, frames, long messages."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from gradin.data.amphis.models import Affectation, Amphi
from gradin.data.comptes.models import Compte
from gradin.data.courriers.models import Envoi
from gradin.data.demandes.models import Procuration
from gradin.data.profils.models import DemandeInscription
from gradin.domain.identite import Identite
from gradin.live.temps import maintenant_ms
from gradin.operations.comptes.inscription import PAR_NAISSANCE, ask_inscription
from tests.factories.amphis import compte_of, make_amphi
from tests.factories.comptes import MOT_DE_PASSE, make_agent, make_compte
from tests.factories.live import alive, start, state
from tests.factories.roster import make_inscrit

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def amphi() -> Amphi:
    amphi = make_amphi(debut=maintenant_ms())
    start(amphi, maintenant_ms())
    alive(maintenant_ms())
    return amphi


def signed_in(compte: Compte | int, **options: Any) -> Client:
    client = Client(**options)
    client.force_login(
        compte if isinstance(compte, Compte) else Compte.objects.get(pk=compte), backend=BACKEND
    )
    return client


def agent_of(amphi: Amphi) -> int:
    compte = make_agent(amphi.subdivision).compte
    assert compte is not None
    return compte


def test_guessing_ine_after_ine_for_one_birth_date_stops_and_is_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """C02: each try has its own INE and address; nothing of them is in the warning."""
    make_inscrit("Hermite", ne_le=date(1999, 3, 14))
    for n in range(PAR_NAISSANCE + 3):
        saisie = Identite(
            ine=f"{n:09d}ZZ",
            nom="Hermite",
            prenom="P",
            ne_le=date(1999, 3, 14),
            courriel=f"essai{n}@pirate.example",
            telephone="0612345678",
        )
        ask_inscription(saisie, secret=f"secret-{n}", maintenant=datetime(2027, 4, 1, tzinfo=UTC))
    assert Envoi.objects.count() == DemandeInscription.objects.count() == PAR_NAISSANCE
    assert caplog.text.count("too many requests") == 3
    assert "pirate" not in caplog.text and "1999" not in caplog.text


def test_a_session_planted_before_sign_in_is_worth_nothing_after_nor_an_old_one_after_sign_out() -> None:
    """C07."""
    cache.clear()
    make_compte("qui@exemple.fr")
    client = Client()
    client.get("/connexion/")
    client.cookies["sessionid"] = "session-plantee-par-un-autre"
    client.post("/connexion/", {"login": "qui@exemple.fr", "password": MOT_DE_PASSE})
    ouverte = client.cookies["sessionid"].value
    assert ouverte != "session-plantee-par-un-autre"
    assert client.get("/mon-profil/").status_code == 200
    client.post("/deconnexion/")
    voleur = Client()
    voleur.cookies["sessionid"] = ouverte
    assert voleur.get("/mon-profil/").status_code == 302


def test_a_form_forged_elsewhere_does_nothing_whoever_is_signed_in(amphi: Amphi) -> None:
    """C15: plain forms of the salle, of the régie and of the profile; another method is no way round."""
    lui = signed_in(compte_of(amphi, 1), enforce_csrf_checks=True)
    agent = signed_in(agent_of(amphi), enforce_csrf_checks=True)
    forges = (
        (lui, "/mon-amphi/choix/", {"poste": "1", "tour": "1", "vu": "1", "cle": "x"}),
        (lui, "/mon-profil/procuration/", {"nom": "X", "prenom": "Y", "courriel": "x@y.example"}),
        (agent, f"/regie/amphis/{amphi.pk}/actes/", {"type": "pause", "cle": "x"}),
    )
    for client, adresse, corps in forges:
        assert client.post(adresse, corps).status_code == 403, adresse
        client.get(adresse, {**corps, "_method": "POST"}, headers={"X-HTTP-Method-Override": "POST"})
    assert not Affectation.objects.exists() and not Procuration.objects.exists()
    assert state(amphi).etat == "en_cours"


def test_no_page_lets_itself_be_framed(amphi: Amphi) -> None:
    """C18: « Oui je confirme » under somebody else's page."""
    lui, agent = signed_in(compte_of(amphi, 1)), signed_in(agent_of(amphi))
    for client, adresse in (
        (lui, "/mon-amphi/"),
        (lui, "/mon-amphi/choisir/?poste=1"),
        (agent, f"/regie/amphis/{amphi.pk}/"),
        (Client(), "/connexion/"),
        (Client(), "/nulle-part/"),
    ):
        entetes = client.get(adresse).headers
        assert "frame-ancestors 'none'" in entetes["Content-Security-Policy"], adresse
        assert entetes["X-Frame-Options"] == "DENY", adresse


def test_a_message_of_the_ars_is_text_and_short(amphi: Amphi) -> None:
    """C21: markup is shown as it is typed, a novel is refused."""
    agent = signed_in(agent_of(amphi))
    adresse = f"/regie/amphis/{amphi.pk}/actes/"
    console = f"/regie/amphis/{amphi.pk}/"

    def send(texte: str) -> None:
        cle = re.search(
            r'name="cle" value="([^"]*)"', agent.get(adresse, {"acte": "message"}).content.decode()
        )
        assert cle is not None
        vu = state(amphi).seq
        agent.post(adresse, {"type": "message", "texte": texte, "cle": cle[1] + texte[:3], "vu": str(vu)})

    send('<script>alert(1)</script><a href="https://pirate.example">ici</a>')
    page = agent.get(console).content.decode()
    assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page
    assert 'href="https://pirate.example"' not in page
    avant = state(amphi).seq
    send("z" * 100_000)
    assert state(amphi).seq == avant
