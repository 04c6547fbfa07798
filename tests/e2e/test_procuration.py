"""A procuration as its two people live it: sent, accepted by the mail's link, used in the live room."""

import re

import pytest
from playwright.sync_api import Page, expect

from gradin.data.courriers.models import Envoi
from gradin.data.demandes.models import Procuration
from gradin.live.temps import maintenant_ms
from gradin.operations.demandes.secret import code_of
from gradin.operations.demandes.statut import ask_statut
from tests.e2e.accessibilite import violations
from tests.e2e.conftest import BUREAU, Theatre
from tests.factories.amphis import compte_of
from tests.factories.live import start
from tests.integration.demandes.conftest import inscription_of

pytestmark = pytest.mark.navigateur
MARCEL = "marcel.proust@mandataires.example"
MOT_DE_PASSE = "Longtemps, je me suis couché de bonne heure"


def _send(page: Page) -> None:
    page.goto("/mon-profil/procuration/")
    page.get_by_label("Courriel du contact").fill(MARCEL)
    page.get_by_label("Confirmation de ce courriel").fill(MARCEL)
    page.get_by_label("N° de téléphone du contact").fill("06 00 00 00 00")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Pas encore acceptée")).to_be_visible()


def _accept(page: Page, code: str) -> None:
    """The link is the one that stands in the mail."""
    invitation = Envoi.objects.get(destinataire=MARCEL)
    lien = re.search(r"/procuration/\S+/", invitation.texte)
    assert lien is not None
    page.goto(lien[0])
    page.get_by_label("Code à six chiffres").fill(code)
    page.get_by_label("Vos prénom et nom").fill("Marcel PROUST")
    page.get_by_label("Mot de passe", exact=True).fill(MOT_DE_PASSE)
    page.get_by_label("Le même, une seconde fois").fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Créer mon mot de passe").click()
    expect(page.get_by_text("Votre compte de procuration a été activé")).to_be_visible()
    page.get_by_role("link", name="Page de connexion").click()
    page.get_by_label("courriel", exact=False).first.fill(MARCEL)
    page.get_by_label("Mot de passe", exact=False).first.fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/mon-amphi/")


def _check_axe(page: Page) -> None:
    fautes = [(une["id"], [noeud["target"] for noeud in une["nodes"]]) for une in violations(page)]
    assert fautes == [], page.url


def test_the_mandataire_accepts_by_the_mail_and_chooses_in_the_live_room(theatre: Theatre) -> None:
    mandant = theatre.interne(1).page
    _send(mandant)
    _check_axe(mandant)
    contexte = mandant.context.browser.new_context(  # type: ignore[union-attr]
        viewport=BUREAU, locale="fr-FR", base_url=theatre.serveur.url
    )
    mandataire = contexte.new_page()
    code = code_of(Procuration.objects.get())
    expect(mandant.get_by_label(f"Code à donner au mandataire : {code}")).to_be_visible()
    _accept(mandataire, code)
    expect(mandataire.get_by_text("Vous choisissez pour Prénom Interne1")).to_be_visible()

    mandant.goto("/mon-amphi/")
    start(theatre.amphi, maintenant_ms())
    expect(mandataire.locator("h1:visible")).to_contain_text("C’est votre tour")
    expect(mandant.get_by_text(f"Procuration établie : {MARCEL}")).to_be_visible()
    expect(mandant.locator("h1:visible")).to_contain_text("Votre mandataire choisit")
    expect(mandant.locator("[data-choisir]:visible")).to_have_count(0)

    mandataire.locator('[data-poste="2"] [data-choisir]').first.click()
    mandataire.get_by_role("button", name="Oui je confirme").click()
    expect(mandataire.get_by_text("C’est fait", exact=False).first).to_be_visible()
    _check_axe(mandataire)
    expect(mandant.locator("h1:visible")).to_contain_text("Vous avez choisi")
    contexte.close()


def test_a_statut_accepted_during_the_tour_is_told_on_the_screen(theatre: Theatre) -> None:
    page = theatre.interne(1).page
    ask_statut(
        inscription_of(theatre.amphi, 1).pk,
        "surnombre_validant",
        auteur=compte_of(theatre.amphi, 1).pk,
        maintenant=maintenant_ms(),
    )
    page.goto("/mon-amphi/")
    start(theatre.amphi, maintenant_ms())
    expect(page.locator("h1:visible")).to_contain_text("C’est votre tour")
    agent = theatre.agent().page
    agent.goto("/gestion/statuts/")
    agent.get_by_role("button", name="Accepter la demande de Prénom Interne1").click()
    expect(agent.get_by_text("Changement accepté").first).to_be_visible()
    expect(page.get_by_text("Vous choisissez maintenant en surnombre validant")).to_be_visible()
