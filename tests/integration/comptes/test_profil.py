"""« Mon profil », « Mon classement », « Mon parcours »: one's own figures, and who may change what."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from gradin.data.amphis.models import Amphi
from gradin.data.comptes.models import Compte
from gradin.data.courriers.models import Envoi
from gradin.data.internes.models import Interne, Phase
from gradin.data.profils.models import Changement, QuestionSecrete
from gradin.data.referentiel.models import Ufr
from gradin.operations.amphis.actes_avant import run_acte_avant
from gradin.operations.preparation.composition import Composition, make_amphi
from tests.factories.amphis import make_amphi as make_amphi_pret
from tests.factories.comptes import MOT_DE_PASSE, make_agent, make_compte
from tests.factories.referentiel import make_groupe, make_semestre, make_subdivision
from tests.factories.roster import make_inscrits

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
COURRIEL = "bo@exemple.fr"


@pytest.fixture(autouse=True)
def no_earlier_try() -> None:
    cache.clear()


@pytest.fixture
def amphi() -> Amphi:
    """Ana, Bo and Cy in this order; Bo has an account."""
    inscrits = make_inscrits(["Ana", "Bo", "Cy"])
    Interne.objects.filter(nom="Bo").update(compte=make_compte(COURRIEL), courriel=COURRIEL, telephone="0612")
    composition = Composition(
        semestre=make_semestre(),
        subdivision=make_subdivision(),
        groupe=make_groupe(),
        phase=Phase.APPROFONDISSEMENT,
        intitule="Médecine générale",
        inscriptions=[inscrit.pk for inscrit in inscrits],
        postes=[],
        variante="",
    )
    return make_amphi(composition, maintenant=datetime(2027, 3, 1, tzinfo=UTC), graine="graine")


@pytest.fixture
def bo(amphi: Amphi) -> Client:
    return signed_in(COURRIEL)


def signed_in(courriel: str) -> Client:
    client = Client()
    client.force_login(Compte.objects.get(email=courriel), backend=BACKEND)
    return client


def text_of(reponse) -> str:
    assert reponse.status_code == 200, reponse
    return reponse.content.decode()


def interne() -> Interne:
    return Interne.objects.get(nom="Bo")


def test_the_rank_is_explained_with_ones_own_numbers(bo: Client) -> None:
    page = text_of(bo.get("/mon-classement/"))
    assert "rang 2 sur 3" in page
    assert "2 divisé par 10, multiplié par 3, égale 0,60" in page
    assert "La valeur exacte est 3/5" in page
    assert "0 + 1 + 1 = <b>rang 2</b>" in page
    assert page.count('class="semestre"') == 3


def test_the_rank_is_provisional_until_the_list_is_published(amphi: Amphi, bo: Client) -> None:
    assert "Rang provisoire" in text_of(bo.get("/mon-classement/"))
    run_acte_avant("publier_liste", amphi.pk, auteur=None, maintenant=1_800_000_000_000)
    page = text_of(bo.get("/mon-classement/"))
    assert "Rang provisoire" not in page and "Liste publiée le" in page


def test_neighbours_are_named_by_prenom_and_initial_without_their_components(bo: Client) -> None:
    page = text_of(bo.get("/mon-classement/"))
    assert "Prénom A." in page and "INEANA" not in page


def test_without_a_list_the_page_says_so() -> None:
    make_compte("seul@exemple.fr")
    assert "n’est pas encore calculé" in text_of(signed_in("seul@exemple.fr").get("/mon-classement/"))


def test_the_profile_shows_all_that_the_ars_holds(bo: Client) -> None:
    page = text_of(bo.get("/mon-profil/"))
    for attendu in ("INEBO", "01/01/1997", "Phase d’approfondissement", "2024", "Classique", "0,60"):
        assert attendu in page


def test_telephone_address_and_ufr_are_ones_own_to_change(bo: Client) -> None:
    ufr = Ufr.objects.create(nom="Lyon Est")
    saisie = {"telephone": "06 12 34 56 78", "adresse": "4, rue du Stade", "ufr": ufr.pk}
    assert bo.post("/mon-profil/coordonnees/", saisie).status_code == 302
    row = interne()
    assert (row.telephone, row.adresse, row.ufr) == ("06 12 34 56 78", "4, rue du Stade", ufr)
    assert row.champs_modifies == ["adresse", "telephone", "ufr"]
    change = Changement.objects.get(champ="telephone")
    assert (change.avant, change.apres, change.auteur) == ("0612", "06 12 34 56 78", COURRIEL)
    Interne.objects.filter(pk=row.pk).update(telephone="0612345678")
    assert "06\u00a012\u00a034\u00a056\u00a078" in bo.get("/mon-profil/").content.decode()


def test_what_the_ars_holds_does_not_change_by_a_forged_field(bo: Client) -> None:
    saisie = {"telephone": "0612345678", "adresse": "rue", "nom": "Pirate", "ine": "1", "rang_local": "1"}
    bo.post("/mon-profil/coordonnees/", saisie | {"promotion": "2000", "role": "agent"})
    row = interne()
    assert (row.nom, row.ine, row.compte and row.compte.role) == ("Bo", "INEBO", "interne")


def test_a_wrong_telephone_is_told_what_to_write(bo: Client) -> None:
    page = text_of(bo.post("/mon-profil/coordonnees/", {"telephone": "06 12 34 5", "adresse": "rue"}))
    assert "Un numéro français compte 10 chiffres" in page and "resume-erreurs" in page
    assert "<title>Erreur" in page


def ask(client: Client, nouveau: str, mot_de_passe: str = MOT_DE_PASSE):
    saisie = {"courriel": nouveau, "confirmation": nouveau, "mot_de_passe": mot_de_passe}
    return client.post("/mon-profil/courriel/", saisie)


def lien_of(envoi: Envoi) -> str:
    trouve = re.search(r"https?://[^/\s]+(/mon-profil/courriel/\S+)", envoi.texte)
    assert trouve is not None
    return trouve[1]


def test_another_email_needs_the_password(bo: Client) -> None:
    assert "votre mot de passe actuel" in text_of(ask(bo, "neuf@exemple.fr", "faux"))
    assert not Envoi.objects.exists()


def test_another_email_is_confirmed_from_there_and_announced_to_the_old_one(bo: Client) -> None:
    assert ask(bo, "neuf@exemple.fr").status_code == 302
    envoi = Envoi.objects.get()
    assert envoi.destinataire == "neuf@exemple.fr"
    assert "Confirmer cette adresse" in text_of(Client().get(lien_of(envoi)))
    assert interne().courriel == COURRIEL, "opening the address is not a click"
    Client().post(lien_of(envoi))
    row = interne()
    assert (row.courriel, row.compte and row.compte.email) == ("neuf@exemple.fr", "neuf@exemple.fr")
    assert row.champs_modifies == ["courriel"]
    annonce = Envoi.objects.exclude(pk=envoi.pk).get()
    assert annonce.destinataire == COURRIEL and "neuf@exemple.fr" not in annonce.texte


def test_the_confirmation_serves_once(bo: Client) -> None:
    ask(bo, "neuf@exemple.fr")
    lien = lien_of(Envoi.objects.get())
    Client().post(lien)
    assert "n’est plus valable" in text_of(Client().post(lien))


def test_the_old_address_undoes_the_change_and_closes_every_session(bo: Client) -> None:
    ask(bo, "neuf@exemple.fr")
    Client().post(lien_of(Envoi.objects.get()))
    annonce = Envoi.objects.get(destinataire=COURRIEL)
    Client().post(lien_of(annonce))
    assert interne().courriel == COURRIEL
    assert bo.get("/mon-profil/").status_code == 302


def test_an_address_of_somebody_else_gets_no_link_and_the_same_page(bo: Client) -> None:
    make_compte("autre@exemple.fr")
    assert ask(bo, "autre@exemple.fr").status_code == 302
    assert "/mon-profil/courriel/" not in Envoi.objects.get().texte


def test_a_change_that_waits_is_shown_and_given_up(bo: Client) -> None:
    ask(bo, "neuf@exemple.fr")
    assert "Un lien est parti à neuf@exemple.fr" in text_of(bo.get("/mon-profil/"))
    bo.post("/mon-profil/courriel/", {"acte": "renoncer"})
    assert "Un lien est parti" not in text_of(bo.get("/mon-profil/"))
    Client().post(lien_of(Envoi.objects.get()))
    assert interne().courriel == COURRIEL


@pytest.mark.parametrize(
    ("etat", "debut_dans_h", "fige"),
    [
        ("ouvert", 25, False),
        ("ouvert", 23, True),
        ("en_cours", -2, True),
        ("clos", -2, False),
        ("ouvert", -72, False),
    ],
)
def test_the_email_is_frozen_from_24_hours_before_the_amphi_to_its_end(
    lignes_ecrites_a_la_main: None, etat: str, debut_dans_h: int, fige: bool
) -> None:
    amphi = make_amphi_pret(internes=1)
    debut = timezone.now() + timedelta(hours=debut_dans_h)
    Amphi.objects.filter(pk=amphi.pk).update(etat=etat, debut=debut, fin=debut + timedelta(hours=8))
    client = signed_in("socle-00001@internes.example")
    ask(client, "neuf@exemple.fr")
    assert Envoi.objects.exists() is not fige


def test_a_confirmation_opened_during_the_amphi_waits(
    lignes_ecrites_a_la_main: None,
) -> None:
    amphi = make_amphi_pret(internes=1)
    ask(signed_in("socle-00001@internes.example"), "neuf@exemple.fr")
    lien = lien_of(Envoi.objects.get())
    Amphi.objects.filter(pk=amphi.pk).update(etat="en_cours")
    assert "24 heures avant" in text_of(Client().post(lien))
    Amphi.objects.filter(pk=amphi.pk).update(etat="clos")
    Client().post(lien)
    assert Compte.objects.filter(email="neuf@exemple.fr").exists()


def test_the_secret_answer_is_kept_as_a_hash(bo: Client) -> None:
    saisie = {"question": "autre", "autre_question": "Mon premier chirurgien ?", "reponse": "Élise Serres"}
    assert bo.post("/mon-profil/question-secrete/", saisie | {"mot_de_passe": "faux"}).status_code == 200
    assert not QuestionSecrete.objects.exists()
    bo.post("/mon-profil/question-secrete/", saisie | {"mot_de_passe": MOT_DE_PASSE})
    question = QuestionSecrete.objects.get()
    assert question.question == "Mon premier chirurgien ?"
    assert "serres" not in question.reponse.lower()
    assert "erres" not in "".join(str(une.avant) + str(une.apres) for une in Changement.objects.all())


def test_an_agent_has_an_account_and_nothing_of_an_interne() -> None:
    make_agent(make_subdivision())
    agent = signed_in("agent@ars.example")
    assert "Second facteur" in text_of(agent.get("/mon-profil/"))
    assert agent.get("/mon-profil/coordonnees/").status_code == 403


@pytest.mark.parametrize(
    "adresse", ["/mon-profil/", "/mon-classement/", "/mon-parcours/", "/mon-profil/courriel/"]
)
def test_a_stranger_is_asked_to_sign_in(adresse: str) -> None:
    assert Client().get(adresse)["Location"].startswith("/connexion/")


def test_the_old_address_opens_nothing_any_more(bo: Client) -> None:
    """Not even where the library keeps addresses of its own, after a reset and a sign-in."""
    Client().post("/mot-de-passe/", {"email": COURRIEL})
    trouve = re.search(r"http://testserver(/mot-de-passe/\S+)", Envoi.objects.latest("pk").texte)
    assert trouve is not None
    phrase = "Sept mots choisis vraiment sans aucun lien"
    client = Client()
    chemin = client.get(trouve[1], follow=True).redirect_chain[-1][0]
    client.post(chemin, {"password1": phrase, "password2": phrase})
    client.post("/connexion/", {"login": COURRIEL, "password": phrase})
    ask(client, "neuf@exemple.fr", phrase)
    Client().post(lien_of(Envoi.objects.latest("pk")))
    Client().post("/mot-de-passe/", {"email": COURRIEL})
    assert "Aucun compte" in Envoi.objects.latest("pk").texte
    ancien, neuf = Client(), Client()
    ancien.post("/connexion/", {"login": COURRIEL, "password": phrase})
    neuf.post("/connexion/", {"login": "neuf@exemple.fr", "password": phrase})
    assert ancien.get("/mon-profil/").status_code == 302
    assert neuf.get("/mon-profil/").status_code == 200
