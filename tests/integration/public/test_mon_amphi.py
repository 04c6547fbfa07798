"""The card of the home page: its states, « Vérifiez votre ordre de passage », the UFR asked once."""

from datetime import timedelta

import pytest
from django.test import Client

from gradin.data.amphis.models import Amphi, EtatAmphi, ListeAppel, Place
from gradin.data.comptes.models import Compte
from gradin.data.internes.models import Interne
from gradin.data.profils.models import Changement, DemandeCorrection
from gradin.data.referentiel.models import Ufr
from gradin.live.temps import maintenant_ms
from tests.factories.amphis import compte_of, make_amphi
from tests.factories.comptes import make_agent
from tests.factories.live import choose, start

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
JOUR = 86_400_000


def signed_in(compte: Compte) -> Client:
    client = Client()
    client.force_login(compte, backend=BACKEND)
    return client


def card(amphi: Amphi, rang: int = 2) -> str:
    reponse = signed_in(compte_of(amphi, rang)).get("/")
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_before_the_start_the_card_follows_the_amphi_and_its_list() -> None:
    amphi = make_amphi(debut=maintenant_ms() + 3 * JOUR)
    page = card(amphi)
    assert "est ouvert\u00a0: classez vos favoris" in page and "publiée le" in page and "vers" in page
    ListeAppel.objects.update(published_at=None)
    assert "dans la liste d’appel provisoire" in card(amphi)
    Amphi.objects.update(etat=EtatAmphi.VALIDE, ouverture_favoris=amphi.debut)
    assert "Votre amphithéâtre est validé. Il ouvre aux favoris" in card(amphi)
    Amphi.objects.update(etat=EtatAmphi.BROUILLON)
    page = card(amphi)
    assert "pas encore validé par l’ARS" in page and f"/amphis/{amphi.pk}/liste-appel/" not in page
    Place.objects.all().delete()
    page = signed_in(Compte.objects.get(email="socle-00002@internes.example")).get("/").content.decode()
    assert "Aucun amphithéâtre ne vous attend" in page


def test_on_the_day_the_card_counts_down_to_my_attestation() -> None:
    amphi = make_amphi(internes=7, postes=7, debut=maintenant_ms())
    assert "C’est aujourd’hui." in card(amphi)
    start(amphi, maintenant_ms())
    assert "C’est votre tour de choisir" in card(amphi, 1)
    assert "bientôt votre tour\u00a0: 1\u00a0interne devant vous" in card(amphi, 2)
    assert "en cours\u00a0: 6\u00a0internes devant vous" in card(amphi, 7)
    choose(amphi, 1, "1", maintenant_ms())
    assert "Votre choix est fait" in card(amphi, 1) and "/mes-attestations/" in card(amphi, 1)
    Place.objects.filter(rang=7).update(statut="hors_choix")
    assert "Vous ne choisissez pas" in card(amphi, 7)
    Place.objects.filter(rang=7).update(statut="a_venir")


def test_an_error_in_my_rank_reaches_the_queue_of_the_ars_until_the_eve() -> None:
    amphi = make_amphi(debut=maintenant_ms() + 3 * JOUR)
    assert "Dites-la à l’ARS jusqu’au" in card(amphi)
    client = signed_in(compte_of(amphi, 2))
    assert "Signaler une erreur" in client.get("/mon-classement/signaler/").content.decode()
    assert "Dites quelle donnée" in client.post("/mon-classement/signaler/", {"texte": " "}).content.decode()
    client.post("/mon-classement/signaler/", {"texte": "Il me manque un semestre."})
    assert "rang 2 sur 3)\u00a0: Il me manque un semestre." in DemandeCorrection.objects.get().texte
    assert "attend la réponse de l’ARS" in card(amphi)
    agent = signed_in(Compte.objects.get(pk=make_agent(amphi.subdivision).compte))
    assert "Il me manque un semestre." in agent.get("/gestion/corrections/").content.decode()
    assert amphi.debut is not None
    Amphi.objects.update(debut=amphi.debut - timedelta(days=3))
    assert "trop proches pour un message" in card(amphi, 3)


def test_my_ufr_is_asked_once() -> None:
    amphi = make_amphi()
    assert "Quelle est votre UFR" not in card(amphi)
    ufr = Ufr.objects.create(nom="Lyon-Est")
    assert "Quelle est votre UFR" in card(amphi)
    client = signed_in(compte_of(amphi, 2))
    client.post("/mon-profil/ufr/", {"ufr": "999"})
    assert not Changement.objects.exists()
    client.post("/mon-profil/ufr/", {"ufr": str(ufr.pk)})
    assert Interne.objects.get(nom="Interne2").ufr == ufr and "Quelle est votre UFR" not in card(amphi)
