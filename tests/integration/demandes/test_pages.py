"""The pages of statut and procuration: who sees what, what each button does, what stays hidden."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from gradin.data.amphis.models import Amphi
from gradin.data.comptes.models import Compte
from gradin.data.demandes.models import Procuration
from gradin.data.publications.models import Categorie, Evenement
from gradin.operations.demandes.secret import code_of, jeton_of
from gradin.operations.demandes.statut import accept_statut, ask_statut
from tests.factories.amphis import T0, add_favoris, compte_of
from tests.factories.comptes import make_agent, make_compte
from tests.factories.live import alive, start, state
from tests.integration.demandes.conftest import MARCEL, TELEPHONE, accept, give, inscription_of

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MOT_DE_PASSE = "Longtemps, je me suis couché de bonne heure"


def client_of(compte: Compte | int) -> Client:
    client = Client()
    one = compte if isinstance(compte, Compte) else Compte.objects.get(pk=compte)
    client.force_login(one, backend=BACKEND)
    return client


def read(client: Client, chemin: str) -> str:
    return client.get(chemin).content.decode()


ENVOI = {"acte": "envoyer", "courriel": MARCEL, "confirmation": MARCEL, "telephone": TELEPHONE}


@pytest.fixture
def mandant(amphi: Amphi) -> Client:
    return client_of(compte_of(amphi, 1))


def test_the_mandant_sends_it_from_his_profile_and_reads_the_code(mandant: Client, amphi: Amphi) -> None:
    assert "Établissement d’une procuration" in read(mandant, "/mon-profil/procuration/")
    mandant.post("/mon-profil/procuration/", ENVOI)
    page = read(mandant, "/mon-profil/procuration/")
    code = code_of(Procuration.objects.get())
    assert f"Procuration établie\u00a0: {MARCEL}" in page
    assert f"Code à donner au mandataire\u00a0: {code}" in page


@pytest.mark.parametrize(
    "champs",
    [{}, {"courriel": "pas une adresse", "telephone": "12"}, ENVOI | {"confirmation": "autre@x.example"}],
)
def test_a_wrong_form_keeps_what_was_typed_and_says_why(mandant: Client, champs: dict[str, str]) -> None:
    page = mandant.post("/mon-profil/procuration/", {"acte": "envoyer", **champs}).content.decode()
    assert "champ--erreur" in page and "Erreur" in page
    assert not Procuration.objects.exists()


def test_the_link_creates_the_account_with_the_code_alone(mandant: Client, amphi: Amphi) -> None:
    procuration = give(amphi, 1, maintenant=recent())
    lien = f"/procuration/{jeton_of(procuration)}/"
    passant = Client()
    assert "Prénom Interne1" in read(passant, lien)
    saisie = {
        "code": code_of(procuration),
        "nom": "Marcel PROUST",
        "mot_de_passe": MOT_DE_PASSE,
        "confirmation": MOT_DE_PASSE,
    }
    refusee = passant.post(lien, {**saisie, "mot_de_passe": "court", "confirmation": "court"})
    assert "champ--erreur" in refusee.content.decode()
    page = passant.post(lien, saisie).content.decode()
    assert "Votre compte de procuration a été activé" in page
    assert Compte.objects.get(email=MARCEL).check_password(MOT_DE_PASSE)
    assert passant.get(lien).status_code == 410


def recent() -> int:
    from gradin.live.temps import maintenant_ms

    return maintenant_ms()


def test_an_address_that_has_an_account_signs_in_to_accept(amphi: Amphi) -> None:
    ami = compte_of(amphi, 2)
    procuration = give(amphi, 1, ami.email, maintenant=recent())
    lien = f"/procuration/{jeton_of(procuration)}/"
    assert "Me connecter et accepter" in read(Client(), lien)
    client = client_of(ami)
    suite = client.post(lien, {"code": code_of(procuration)}, follow=True)
    assert "Vous choisissez pour Prénom Interne1" in suite.content.decode()


def test_the_mandataire_reads_the_room_of_his_mandant_in_red(amphi: Amphi) -> None:
    add_favoris(amphi, 1, ["3"])
    client = client_of(accept(give(amphi, 1)))
    start(amphi)
    page = read(client, "/mon-amphi/")
    assert "cadre-mandat" in page and "Vous choisissez pour Prénom Interne1" in page
    assert 'data-pour="1"' in page
    mien = client.get(f"/api/v1/moi/amphis/{amphi.pk}?pour=1").json()
    assert mien["favoris"] == [{"poste": "3"}] and mien["type_choix"] == "classique"
    ecrit = client.put(
        f"/api/v1/amphis/{amphi.pk}/favoris?pour=1", [{"poste": "1"}], content_type="application/json"
    )
    assert ecrit.status_code == 403


def test_two_roles_switch_in_one_click_each_way(amphi: Amphi) -> None:
    ami = compte_of(amphi, 2)
    procuration = give(amphi, 1, ami.email)
    accept(procuration, ami.pk)
    client = client_of(ami)
    assert "Choisir pour Prénom Interne1" in read(client, "/mon-amphi/")
    la = client.post("/mandats/role/", {"mandat": procuration.cle}, follow=True).content.decode()
    assert "Vous choisissez pour Prénom Interne1" in la
    ici = client.post("/mandats/role/", {"mandat": ""}, follow=True).content.decode()
    assert "Vous choisissez pour" not in ici


def test_nobody_takes_the_role_of_a_stranger(amphi: Amphi) -> None:
    procuration = give(amphi, 1)
    accept(procuration)
    assert (
        client_of(compte_of(amphi, 3)).post("/mandats/role/", {"mandat": procuration.cle}).status_code == 404
    )
    assert client_of(compte_of(amphi, 3)).get(f"/api/v1/moi/amphis/{amphi.pk}?pour=1").status_code == 403


def test_signing_in_as_procuration_enters_the_only_role(amphi: Amphi) -> None:
    ami = compte_of(amphi, 2)
    accept(give(amphi, 1, ami.email), ami.pk)
    page = client_of(ami).get("/mandats/?entrer=1", follow=True).content.decode()
    assert "Vous choisissez pour Prénom Interne1" in page


def test_signing_in_otherwise_the_home_page_leads_to_the_mandant(mandant: Client, amphi: Amphi) -> None:
    procuration = give(amphi, 1)
    assert "Votre procuration n’est pas encore acceptée" in read(mandant, "/")
    page = read(client_of(accept(procuration)), "/")
    assert "Vous choisissez pour Prénom Interne1" in page and "Mon classement" not in page
    assert "n’est pas encore acceptée" not in read(mandant, "/")


def test_the_mandant_reads_a_reminder_in_his_room_and_cancels_from_there(
    mandant: Client, amphi: Amphi
) -> None:
    give(amphi, 1)
    start(amphi)
    page = read(mandant, "/mon-amphi/")
    assert f"Procuration établie\u00a0: {MARCEL}" in page and "Annuler la procuration" in page
    assert 'data-muet="oui"' in page
    alive(recent())
    assert "Oui, annuler la procuration" in read(mandant, "/mon-profil/procuration/?annuler=1&suite=salle")
    assert state(amphi).procurations != {}
    suite = mandant.post("/mon-profil/procuration/", {"acte": "annuler", "suite": "salle"}, follow=True)
    assert "Vous choisissez de nouveau vous-même" in suite.content.decode()
    assert state(amphi).procurations == {}


def test_a_statut_is_asked_withdrawn_and_shown_in_the_manuals_words(mandant: Client, amphi: Amphi) -> None:
    page = read(mandant, "/mon-profil/statut/")
    assert "peut le déduire" in page and "est passé" not in page
    Evenement.objects.create(
        uid="surnombre",
        semestre=amphi.semestre,
        subdivision=amphi.subdivision,
        categorie=Categorie.ECHEANCE,
        titre="Dernier jour pour demander un surnombre",
        debut=datetime(2020, 1, 1, tzinfo=UTC),
        journee=True,
        updated_at=datetime(2020, 1, 1, tzinfo=UTC),
    )
    assert "surnombre est passé" in read(mandant, "/mon-profil/statut/")
    mandant.post("/mon-profil/statut/", {"acte": "demander", "souhaite": "surnombre_validant"})
    assert "Classique (Changement en cours)" in read(mandant, "/mon-profil/statut/")
    assert "(Changement en cours)" in read(mandant, "/mon-amphi/")
    assert "Suivre ma demande" in read(mandant, "/mon-profil/")
    mandant.post("/mon-profil/statut/", {"acte": "retirer"})
    assert "Changement en cours" not in read(mandant, "/mon-profil/statut/")
    agent = make_agent(amphi.subdivision).compte
    assert agent is not None
    pk = ask_statut(
        inscription_of(amphi, 1).pk, "surnombre_validant", auteur=compte_of(amphi, 1).pk, maintenant=T0
    )
    accept_statut(pk, agent=agent, maintenant=T0)
    assert "Surnombre validant (Changement accepté)" in read(mandant, "/mon-profil/statut/")


@pytest.mark.parametrize("chemin", ["/mon-profil/statut/", "/mon-profil/procuration/"])
def test_a_mandataire_who_is_no_interne_has_neither_page(amphi: Amphi, chemin: str) -> None:
    client = client_of(accept(give(amphi, 1)))
    assert client.get(chemin).status_code == 403


CHEMINS = (
    "/",
    "/amphis/",
    "/postes/",
    "/affectations/",
    "/mon-amphi/",
    "/mon-amphi/?simple=1",
    "/mon-profil/",
    "/mon-profil/procuration/",
    "/mandats/",
    "/amphis/{amphi}/liste-appel/",
    "/api/v1/amphis/{amphi}",
    "/api/v1/amphis/{amphi}/journal",
    "/api/v1/amphis/{amphi}/offre",
    "/api/v1/moi/amphis/{amphi}",
    "/api/v1/moi",
    "/api/v1/amphis",
)


@pytest.mark.parametrize("qui", ["anonyme", "interne", "etranger"])
def test_no_page_tells_others_of_a_procuration(amphi: Amphi, qui: str) -> None:
    """Canary: address, telephone, name, key, account of the mandataire."""
    procuration = give(amphi, 1)
    compte = accept(procuration)
    start(amphi)
    procuration.refresh_from_db()
    canaris = (MARCEL, "Marcel PROUST", TELEPHONE, procuration.cle, f"compte:{compte}", "mandataire")
    clients: dict[str, Any] = {
        "anonyme": Client,
        "interne": lambda: client_of(compte_of(amphi, 2)),
        "etranger": lambda: client_of(make_compte("etranger@x.example")),
    }
    client = clients[qui]()
    fuites = []
    for chemin in CHEMINS:
        page = client.get(chemin.format(amphi=amphi.pk)).content.decode()
        mots = canaris[:-1] if "profil" in chemin or "mandats" in chemin else canaris
        fuites += [(chemin, canari) for canari in mots if canari in page]
    assert fuites == []


def test_a_program_reads_for_whom_it_may_choose(amphi: Amphi) -> None:
    client = client_of(accept(give(amphi, 1)))
    start(amphi)
    moi = client.get("/api/v1/moi").json()
    assert moi["roles"] == ["mandataire"] and moi["interne"] is None
    assert moi["procurations"] == [{"mandant": "Prénom Interne1", "amphi": amphi.pk, "interne": 1, "rang": 1}]
