"""The ARS's queue: side by side, one click, in one's scope; the voice on the telephone."""

import html
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from gradin.data.comptes.models import Compte
from gradin.data.courriers.models import Envoi
from gradin.data.internes.models import Interne
from gradin.data.profils.models import Changement, CodeAide, DemandeInscription
from gradin.domain.identite import Identite
from gradin.operations.comptes.inscription import ask_inscription
from gradin.operations.comptes.profil import fold_reponse, set_question
from gradin.operations.comptes.telephone import set_code
from gradin.operations.permissions import can_settle_demande
from gradin.queries.fiches import list_demandes
from gradin.queries.visiteurs import visiteur_of
from tests.factories.comptes import MOT_DE_PASSE, make_agent, make_compte
from tests.factories.referentiel import make_groupe, make_subdivision
from tests.factories.roster import make_inscrit
from tests.integration.comptes.test_inscription import finish, lien_of

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MAINTENANT = datetime.now(UTC)


@pytest.fixture(autouse=True)
def no_earlier_try() -> None:
    cache.clear()


@pytest.fixture
def camille() -> Interne:
    interne = make_inscrit("Hermite", ne_le=date(1999, 3, 14)).interne
    Interne.objects.filter(pk=interne.pk).update(
        ine="120394857KX", prenom="Camille", courriel="vieux@exemple.fr", recherche="camille hermite"
    )
    interne.refresh_from_db()
    return interne


@pytest.fixture
def agent(camille: Interne) -> Client:
    return signed_in(make_agent(make_subdivision()).courriel)


def signed_in(courriel: str) -> Client:
    client = Client()
    client.force_login(Compte.objects.get(email=courriel), backend=BACKEND)
    return client


def ask(**changes: object) -> DemandeInscription:
    saisie = {
        "ine": "120394857KX",
        "nom": "Hermite",
        "prenom": "Camille",
        "ne_le": date(1999, 3, 14),
        "courriel": "neuf@exemple.fr",
        "telephone": "0612345678",
    }
    ask_inscription(Identite(**(saisie | changes)), secret=str(changes), maintenant=MAINTENANT)
    return DemandeInscription.objects.latest("pk")


def test_what_differs_stands_side_by_side(agent: Client) -> None:
    ask()
    page = agent.get("/gestion/demandes/").content.decode()
    ligne = re.search(r'<tr role="row" class="est-differente">(.*?)</tr>', page, re.S)
    assert ligne is not None
    assert all(mot in ligne[1] for mot in ("Courriel", "neuf@exemple.fr", "vieux@exemple.fr", "Différent"))
    assert page.count("est-differente") == 1


def test_accepting_sends_the_link_to_the_typed_address_and_changes_the_roster(
    agent: Client, camille: Interne
) -> None:
    demande = ask()
    agent.post(f"/gestion/demandes/{demande.pk}/accepter/")
    camille.refresh_from_db()
    assert (camille.courriel, camille.champs_modifies) == ("neuf@exemple.fr", ["courriel"])
    envoi = Envoi.objects.latest("pk")
    assert envoi.destinataire == "neuf@exemple.fr"
    finish(lien_of(envoi))
    camille.refresh_from_db()
    assert camille.compte is not None and camille.compte.email == "neuf@exemple.fr"
    change = Changement.objects.get(champ="courriel")
    assert (change.avant, change.auteur) == ("vieux@exemple.fr", "agent@ars.example")


def test_refusing_tells_the_typed_address_and_changes_nothing(agent: Client, camille: Interne) -> None:
    demande = ask()
    agent.post(f"/gestion/demandes/{demande.pk}/refuser/")
    demande.refresh_from_db()
    assert (demande.etat, demande.traitee_par) == ("refusee", "agent@ars.example")
    assert "n’a pas pu rapprocher" in Envoi.objects.latest("pk").texte
    camille.refresh_from_db()
    assert camille.courriel == "vieux@exemple.fr"


def test_a_request_is_settled_once(agent: Client) -> None:
    demande = ask()
    agent.post(f"/gestion/demandes/{demande.pk}/refuser/")
    page = agent.post(f"/gestion/demandes/{demande.pk}/accepter/", follow=True).content.decode()
    assert "déjà été traitée" in page
    demande.refresh_from_db()
    assert demande.etat == "refusee"


def test_a_request_like_nobody_needs_the_ine_from_the_agent(agent: Client, camille: Interne) -> None:
    demande = ask(ine="999999999ZZ", nom="Inconnue", prenom="Toute", ne_le=date(1990, 1, 1))
    adresse = f"/gestion/demandes/{demande.pk}/accepter/"
    assert "Donnez l’INE" in agent.post(adresse, follow=True).content.decode()
    agent.post(adresse, {"ine": "120394857kx"})
    demande.refresh_from_db()
    assert (demande.etat, demande.interne) == ("acceptee", camille)


def test_an_accepted_birth_date_opens_the_account(agent: Client) -> None:
    demande = ask(ne_le=date(1999, 3, 15), courriel="vieux@exemple.fr")
    agent.post(f"/gestion/demandes/{demande.pk}/accepter/")
    page = finish(lien_of(Envoi.objects.latest("pk")), ne_le="15/03/1999")
    assert page.redirect_chain[-1][0] == "/connexion/"


def test_an_address_of_another_interne_is_not_given_away(agent: Client) -> None:
    autre = make_inscrit("Autre").interne
    Interne.objects.filter(pk=autre.pk).update(compte=make_compte("neuf@exemple.fr"))
    demande = ask()
    page = agent.post(f"/gestion/demandes/{demande.pk}/accepter/", follow=True).content.decode()
    assert "déjà celle d’un autre compte" in page
    assert "finaliser" not in Envoi.objects.latest("pk").texte


def test_an_interne_with_an_account_gets_his_new_address_by_the_ars(agent: Client, camille: Interne) -> None:
    Interne.objects.filter(pk=camille.pk).update(compte=make_compte("vieux@exemple.fr"))
    agent.post(f"/gestion/internes/{camille.pk}/inviter/", {"courriel": "neuf@exemple.fr"})
    finish(lien_of(Envoi.objects.latest("pk")))
    assert [compte.email for compte in Compte.objects.filter(interne=camille)] == ["neuf@exemple.fr"]


def test_an_invitation_replaces_the_links_before_it(agent: Client, camille: Interne) -> None:
    adresse = f"/gestion/internes/{camille.pk}/inviter/"
    for _ in range(2):
        agent.post(adresse, {"courriel": "neuf@exemple.fr"})
    premier, second = (lien_of(envoi) for envoi in Envoi.objects.order_by("pk"))
    assert "n’ouvre plus rien" in finish(premier).content.decode()
    assert finish(second).redirect_chain[-1][0] == "/connexion/"


@pytest.mark.parametrize("adresse", ["/gestion/demandes/", "/gestion/internes/", "/gestion/internes/{pk}/"])
def test_only_agents_enter(camille: Interne, adresse: str) -> None:
    make_compte("interne@exemple.fr")
    assert signed_in("interne@exemple.fr").get(adresse.format(pk=camille.pk)).status_code == 403
    assert Client().get(adresse.format(pk=camille.pk)).status_code == 302


def test_outside_his_scope_nothing_exists_for_an_agent(camille: Interne) -> None:
    demande = ask()
    make_agent(make_subdivision("LYON", "Lyon"), "lyon@ars.example")
    lyon = signed_in("lyon@ars.example")
    assert "Hermite" not in lyon.get("/gestion/demandes/").content.decode()
    assert "Hermite" not in lyon.get("/gestion/internes/?q=hermite").content.decode().replace('"hermite"', "")
    for adresse in (
        "demandes/{d}/accepter",
        "demandes/{d}/refuser",
        "internes/{i}/inviter",
        "internes/{i}/verifier",
        "internes/{i}/sessions",
    ):
        chemin = f"/gestion/{adresse.format(d=demande.pk, i=camille.pk)}/"
        assert lyon.post(chemin, {"courriel": "a@b.fr"}).status_code == 404
    assert lyon.get(f"/gestion/internes/{camille.pk}/").status_code == 404


def test_the_list_shows_what_the_permission_allows(camille: Interne) -> None:
    ask()
    ask(ine="999999999ZZ", nom="Inconnue", ne_le=date(1990, 1, 1))
    agents = [
        make_agent(make_subdivision()),
        make_agent(make_subdivision(), "groupe@ars.example", make_groupe()),
        make_agent(make_subdivision(), "autre@ars.example", make_groupe("9", "Biologie")),
        make_agent(make_subdivision("LYON", "Lyon"), "lyon@ars.example"),
        visiteur_of(make_compte("interne@exemple.fr")),
    ]
    for un in agents:
        permises = {d.pk for d in DemandeInscription.objects.all() if can_settle_demande(un, d)}
        assert {lue.pk for lue in list_demandes(un)} == permises


def say(agent: Client, camille: Interne, **dit: str) -> str:
    return agent.post(f"/gestion/internes/{camille.pk}/verifier/", dit, follow=True).content.decode()


def give_question(camille: Interne) -> None:
    from django.contrib.auth.hashers import make_password

    hachee = make_password(fold_reponse("Nîmes"))
    set_question(camille.pk, question="Où ?", reponse=hachee, auteur="moi", maintenant=MAINTENANT)


def test_the_secret_answer_is_checked_as_it_is_heard(agent: Client, camille: Interne) -> None:
    give_question(camille)
    assert "Oui\u00a0: cette réponse est juste" in say(agent, camille, reponse=" NIMES ")
    page = say(agent, camille, reponse="Paris")
    assert "Non\u00a0: cette réponse n’est pas juste" in page and "Nîmes" not in page


def test_five_wrong_answers_and_no_more_for_an_hour(agent: Client, camille: Interne) -> None:
    give_question(camille)
    for _ in range(5):
        say(agent, camille, reponse="Paris")
    assert "Cinq réponses" in say(agent, camille, reponse="Nîmes")


def test_a_help_code_serves_once_and_fifteen_minutes(agent: Client, camille: Interne) -> None:
    set_code(camille.pk, "123456", maintenant=MAINTENANT)
    assert "Non" in say(agent, camille, code="654321")
    assert "Oui\u00a0: ce code est juste" in say(agent, camille, code="123 456")
    assert "Non\u00a0: ce code" in say(agent, camille, code="123456")
    set_code(camille.pk, "123456", maintenant=MAINTENANT - timedelta(minutes=16))
    assert "Non\u00a0: ce code" in say(agent, camille, code="123456")
    assert "123456" not in CodeAide.objects.get().code


def test_the_page_of_an_interne_shows_his_history(agent: Client, camille: Interne) -> None:
    agent.post(f"/gestion/internes/{camille.pk}/inviter/", {"courriel": "neuf@exemple.fr"})
    page = agent.get(f"/gestion/internes/{camille.pk}/").content.decode()
    assert "«\u00a0vieux@exemple.fr\u00a0» → «\u00a0neuf@exemple.fr\u00a0»" in html.unescape(page)
    assert "Camille Hermite" in agent.get("/gestion/internes/?q=hermite").content.decode()


def test_the_ars_ends_the_sessions_of_an_interne(agent: Client, camille: Interne) -> None:
    Interne.objects.filter(pk=camille.pk).update(compte=make_compte("vieux@exemple.fr"))
    ouverte = Client()
    ouverte.post("/connexion/", {"login": "vieux@exemple.fr", "password": MOT_DE_PASSE})
    assert ouverte.get("/mon-profil/").status_code == 200
    agent.post(f"/gestion/internes/{camille.pk}/sessions/")
    assert ouverte.get("/mon-profil/").status_code == 302
    assert agent.get("/gestion/demandes/").status_code == 200
