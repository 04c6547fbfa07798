"""The wordings of mails that the ARS writes: checked, previewed, in force at once, with their history."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from gradin.data.comptes.models import Compte
from gradin.data.courriers.models import Envoi, VersionModele
from gradin.data.referentiel.models import Groupe
from gradin.documents.courriel import Gabarit
from gradin.operations.comptes.lettres import lettre_finie
from gradin.operations.courriers.catalogue import MODELES
from gradin.operations.courriers.modeles import ModeleRefuse, check_gabarit, compose, preview
from tests.factories.comptes import make_agent
from tests.factories.referentiel import make_subdivision

PAGE = "/gestion/courriels/modeles/"
FINIE = f"{PAGE}inscription-finie/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ECRIT = {"sujet": "Bienvenue {prenom}", "texte": "Chère collègue, cher collègue,\r\n\r\n{lien}"}


@pytest.fixture
def agent(client: Client, db: None) -> Client:
    client.force_login(Compte.objects.get(pk=make_agent(make_subdivision()).compte), backend=BACKEND)
    return client


@pytest.mark.parametrize("cle", MODELES)
def test_every_original_passes_the_check_of_what_the_ars_writes(cle: str) -> None:
    modele = MODELES[cle]
    assert check_gabarit(modele, modele.origine) == modele.origine
    apercu = preview(modele, modele.origine)
    assert "{" not in apercu.sujet + apercu.texte + apercu.html
    assert apercu.texte and apercu.html


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        ("Bonjour {nom_de_famille}, {lien}", "ne connaît pas «\u00a0{nom_de_famille}\u00a0»"),
        ("Bonjour {prenom, {lien}", "accolade"),
        ("Bonjour {prenom.__class__}, {lien}", "ne connaît pas"),
        ("<b>Bonjour</b> {lien}", "sans balise HTML"),
        ("Bonjour {prenom}", "Gardez «\u00a0{lien}\u00a0»"),
        ("", "texte d’origine"),
        ("x" * 5_001, "Raccourcissez"),
    ],
)
def test_a_wording_that_would_break_a_mail_is_refused_with_its_reason(texte: str, dit: str) -> None:
    with pytest.raises(ModeleRefuse) as refus:
        check_gabarit(MODELES["inscription-lien"], Gabarit(sujet="Objet", texte=texte))
    assert dit in refus.value.message
    assert refus.value.champ == "texte"


def test_a_wording_is_previewed_kept_in_force_and_given_back(agent: Client) -> None:
    assert "Inscription confirmée" in agent.get(PAGE).content.decode()
    essai = agent.post(FINIE, ECRIT | {"acte": "apercu"}).content.decode()
    assert "Bienvenue Camille" in essai and "pas encore enregistré" in essai
    assert not VersionModele.objects.exists()
    faux = agent.post(FINIE, ECRIT | {"sujet": "Bienvenue {inconnu}"}).content.decode()
    assert "ne connaît pas «\u00a0{inconnu}\u00a0»" in faux
    for _ in range(2):
        page = agent.post(FINIE, ECRIT, follow=True).content.decode()
    assert VersionModele.objects.count() == 1
    assert "agent@ars.example" in page
    courrier = compose(lettre_finie("Zoé"))
    assert courrier.sujet == "Bienvenue Zoé"
    assert "cher collègue" in courrier.texte and "cher collègue" in courrier.html
    assert "Bienvenue Camille" in agent.get(FINIE).content.decode()
    page = agent.post(FINIE, {"acte": "origine"}, follow=True).content.decode()
    assert "Retour au texte d’origine" in page
    assert compose(lettre_finie("Zoé")).sujet == "Votre inscription est confirmée"


def test_an_agent_of_one_groupe_reads_and_does_not_write(client: Client, db: None) -> None:
    groupe = Groupe.objects.create(code="3", nom="Oncologie")
    visiteur = make_agent(make_subdivision(), groupe=groupe)
    client.force_login(Compte.objects.get(pk=visiteur.compte), backend=BACKEND)
    assert "Enregistrer" not in client.get(FINIE).content.decode()
    assert client.post(FINIE, ECRIT).status_code == 403
    assert client.post(FINIE, {"acte": "origine"}).status_code == 403
    assert not VersionModele.objects.exists()


def test_a_wording_older_than_its_fields_gives_way_to_the_original(db: None) -> None:
    VersionModele.objects.create(
        cle="inscription-finie", sujet="Bonjour {parti}", texte="{lien}", auteur="x", at=datetime.now(UTC)
    )
    assert compose(lettre_finie("Zoé")).sujet == "Votre inscription est confirmée"


def test_a_forgotten_password_is_told_in_text_and_html(client: Client, db: None) -> None:
    client.post("/mot-de-passe/", {"email": "inconnu@exemple.fr"})
    envoi = Envoi.objects.get()
    assert "inconnu@exemple.fr" in envoi.texte and "inconnu@exemple.fr" in envoi.html
