"""A procuration on paper with the mandataire before the agent: accepted at once, by an account old or new."""

import re

import pytest
from django.test import Client

from gradin.data.amphis.models import Amphi
from gradin.data.comptes.models import Compte
from gradin.data.courriers.models import Envoi
from gradin.data.demandes.models import EtatProcuration, Mouvement, Procuration
from gradin.operations.demandes.presence import DETIENT_DEJA, record_en_presence
from gradin.operations.demandes.procuration import Contact
from gradin.operations.demandes.refus import DemandeRefusee
from tests.factories.amphis import T0, make_amphi
from tests.factories.comptes import make_agent, make_compte
from tests.factories.live import start, state
from tests.integration.demandes.conftest import MARCEL, TELEPHONE, give, inscription_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CONTACT = Contact(courriel=MARCEL, telephone=TELEPHONE)
PHRASE = "Une autre phrase, longue de sept mots distincts"


@pytest.fixture
def amphi(db: None) -> Amphi:
    return make_amphi(internes=3, postes=4)


def record(amphi: Amphi, rang: int, nom: str = "Marcel PROUST", maintenant: int = T0 - 500) -> Procuration:
    agent = make_agent(amphi.subdivision).compte
    assert agent is not None
    inscription = inscription_of(amphi, rang)
    pk = record_en_presence(inscription.pk, CONTACT, nom, agent=agent, maintenant=maintenant)
    return Procuration.objects.get(pk=pk)


def test_a_new_mandataire_chooses_his_password_by_his_mail_and_needs_no_code(amphi: Amphi) -> None:
    procuration = record(amphi, 2)
    assert (procuration.etat, procuration.papier) == (EtatProcuration.ACCEPTEE, True)
    assert [m.acte for m in Mouvement.objects.all()] == ["envoi_papier", "acceptation_presence"]
    envoi = Envoi.objects.get(cle__endswith="-enregistree")
    assert envoi.html and "en votre présence" in envoi.texte
    lien = re.search(r"https?://[^/\s]+(/mot-de-passe/\S+)", envoi.texte)
    assert lien is not None
    client = Client()
    chemin = client.get(lien[1], follow=True).redirect_chain[-1][0]
    client.post(chemin, {"password1": PHRASE, "password2": PHRASE})
    assert client.post("/connexion/", {"login": MARCEL, "password": PHRASE}).status_code == 302
    moi = client.get("/api/v1/moi").json()
    assert moi["roles"] == ["mandataire"] and moi["nom"] == "Marcel PROUST"


def test_one_who_has_an_account_keeps_it_and_a_running_amphi_knows_him_at_once(amphi: Amphi) -> None:
    compte = make_compte(MARCEL)
    start(amphi)
    record(amphi, 2, nom="", maintenant=T0 + 500)
    assert Procuration.objects.get().mandataire == compte
    assert state(amphi).procurations[2].acceptee
    assert "/connexion/" in Envoi.objects.get(cle__endswith="-enregistree").texte


def test_an_invitation_that_waits_is_the_one_accepted(amphi: Amphi) -> None:
    sent = give(amphi, 2, maintenant=T0 - 900)
    assert record(amphi, 2).pk == sent.pk


def test_it_is_refused_without_a_name_for_a_second_mandant_and_during_the_tour(amphi: Amphi) -> None:
    with pytest.raises(DemandeRefusee) as sans_nom:
        record(amphi, 2, nom=" ")
    assert sans_nom.value.champ == "nom" and not Procuration.objects.exists()
    record(amphi, 2)
    with pytest.raises(DemandeRefusee) as deja:
        record(amphi, 3)
    assert deja.value.message == DETIENT_DEJA
    start(amphi)
    with pytest.raises(DemandeRefusee, match="Son tour est ouvert"):
        record(amphi, 1, maintenant=T0 + 500)


def test_the_agent_ticks_that_he_saw_him(amphi: Amphi, client: Client) -> None:
    agent = make_agent(amphi.subdivision)
    client.force_login(Compte.objects.get(pk=agent.compte or 0), backend=BACKEND)
    saisie = {
        "ine": inscription_of(amphi, 2).interne.ine,
        "courriel": MARCEL,
        "telephone": TELEPHONE,
        "presence": "on",
    }
    assert "écrivez le prénom" in client.post("/gestion/procurations/", saisie).content.decode()
    page = client.post("/gestion/procurations/", saisie | {"nom": "Marcel PROUST"}).content.decode()
    assert "enregistrée et acceptée" in page and "code-aide" not in page
    assert "Marcel PROUST" in page
