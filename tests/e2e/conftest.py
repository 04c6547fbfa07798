"""Real Chromium over a real server: an amphi that nobody has started yet, and the people in front of it."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.http import HttpRequest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from gradin.data.amphis.models import Amphi
from gradin.data.comptes.models import Compte
from gradin.live.temps import maintenant_ms
from tests.factories.amphis import compte_of, make_amphi
from tests.factories.comptes import make_agent
from tests.relais import Relais, relaying
from tests.serveur import Serveur, running

# Playwright's synchronous interface keeps a loop running in this thread, which Django mistakes for its own.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TELEPHONE = {"width": 390, "height": 844}
BUREAU = {"width": 1280, "height": 900}
# A limit, not a wait: a machine that does ten things at once is slow, not wrong.
LIMITE_MS = 60_000
expect.set_options(timeout=LIMITE_MS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium")
    assert executable, "Chromium is missing: sh tests/install-system"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serveur(django_db_setup: None) -> Iterator[Serveur]:
    """One for all the tests, as in service: each has its own amphi, and numbers are never given twice."""
    with running() as serveur:
        yield serveur


@dataclass(frozen=True, slots=True, kw_only=True)
class Personne:
    """One person, one browser of her own."""

    page: Page
    contexte: BrowserContext
    reseau: Relais


@dataclass(frozen=True, slots=True, kw_only=True)
class Theatre:
    """The amphi, its server, and a way in for each person."""

    amphi: Amphi
    serveur: Serveur
    entrer: Callable[..., Personne]

    def interne(self, rang: int, vue: dict[str, int] = TELEPHONE) -> Personne:
        return self.entrer(compte_of(self.amphi, rang).email, vue)

    def agent(self, vue: dict[str, int] = BUREAU) -> Personne:
        courriel = make_agent(self.amphi.subdivision).courriel
        return self.entrer(courriel, vue)


def signed_in(courriel: str) -> str:
    """The session of somebody who has just given his password, as signing in by the page makes it.

    Tests about signing in use the page (`test_nouvel_agent.py`, `test_inscription.py`): here it would be two
    more pages for each person of each test.
    """
    client, compte = Client(), Compte.objects.get(email=courriel)
    client.force_login(compte, backend=BACKEND)
    demande = HttpRequest()
    demande.session = client.session
    record_authentication(demande, compte, method="password", email=courriel)
    demande.session.save()
    return str(demande.session.session_key)


@pytest.fixture
def amphi(transactional_db: None) -> Amphi:
    """Three internes, five postes, and as long to be there and to choose as a slow machine needs."""
    parametres = {"delai_absence_ms": 600_000, "duree_tour_ms": 600_000}
    return make_amphi(internes=3, postes=5, parametres=parametres, debut=maintenant_ms() - 60_000)


@pytest.fixture
def theatre(amphi: Amphi, browser: Browser, serveur: Serveur) -> Iterator[Theatre]:
    contextes: list[BrowserContext] = []

    def entrer(courriel: str, vue: dict[str, int]) -> Personne:
        reseau = pile.enter_context(relaying(serveur.port))
        contexte = browser.new_context(viewport=vue, locale="fr-FR", base_url=reseau.url)
        contexte.set_default_timeout(LIMITE_MS)
        contextes.append(contexte)
        session = {"name": settings.SESSION_COOKIE_NAME, "value": signed_in(courriel), "url": reseau.url}
        contexte.add_cookies([session])
        page = contexte.new_page()
        page.goto("/")
        return Personne(page=page, contexte=contexte, reseau=reseau)

    with ExitStack() as pile:
        yield Theatre(amphi=amphi, serveur=serveur, entrer=entrer)
        for contexte in contextes:
            contexte.close()
