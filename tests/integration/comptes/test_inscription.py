"""Sign-up: one page for all, the link to the roster's e-mail only, everything else to the ARS's queue."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gradin.data.comptes.models import Compte, Role
from gradin.data.courriers.models import Envoi
from gradin.data.internes.models import Interne
from gradin.data.profils.models import Changement, DemandeInscription, QuestionSecrete
from gradin.data.referentiel.models import Subdivision
from tests.factories.comptes import make_compte
from tests.factories.roster import make_inscrit

pytestmark = pytest.mark.django_db
CAMILLE = {
    "prenom": "camille",
    "nom": "Lhermite",
    "ne_le": "14/03/1999",
    "courriel": "Camille@Exemple.fr",
    "ine": "120394857kx",
    "telephone": "+33 6 12 34 56 78",
}
FIN = {
    "mot_de_passe": "Trois-Chats-Gris-2027",
    "confirmation": "Trois-Chats-Gris-2027",
    "ne_le": "14/03/1999",
    "telephone": "06 12 34 56 78",
    "adresse": "4, rue du Stade\n92120 Montrouge",
    "question": "Dans quelle ville êtes-vous allé à l’école primaire\u202f?",
    "reponse": "Nîmes",
}


@pytest.fixture(autouse=True)
def no_earlier_try() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def camille() -> Interne:
    interne = make_inscrit("L’Hermite", ne_le=date(1999, 3, 14)).interne
    Interne.objects.filter(pk=interne.pk).update(
        ine="120394857KX", prenom="Camille", courriel="camille@exemple.fr", telephone="0612345678"
    )
    Subdivision.objects.update(contact_courriel="internes@ars.example", contact_telephone="01 44 02 03 60")
    interne.refresh_from_db()
    return interne


def sign_up(**changes: str) -> tuple[str, ...]:
    """The three pages that somebody reads, without what he typed himself."""
    client, saisie = Client(), CAMILLE | changes
    premiere = client.post("/inscription/", saisie, follow=True).content.decode()
    dossier = re.search(r'name="dossier" value="([^"]+)"', premiere)
    assert dossier is not None, premiere
    courriel = {"courriel": saisie["courriel"], "confirmation": saisie["courriel"], "dossier": dossier[1]}
    derniere = client.post("/inscription/courriel/", courriel, follow=True)
    assert derniere.redirect_chain == [("/inscription/envoyee/", 302)]
    return without_typed(premiere), derniere.content.decode()


def without_typed(page: str) -> str:
    return re.sub(r'value="[^"]*"', "", page)


def demande() -> DemandeInscription:
    return DemandeInscription.objects.latest("pk")


def lien_of(envoi: Envoi) -> str:
    trouve = re.search(r"https?://[^/\s]+(/inscription/finaliser/\S+)", envoi.texte)
    assert trouve is not None, envoi.texte
    return trouve[1]


def finish(lien: str, **changes: Any) -> Any:
    client = Client()
    client.get(lien, follow=True)
    return client.post("/inscription/finaliser/", FIN | changes, follow=True)


INCONNU = {
    "ine": "999999999ZZ",
    "nom": "Personne",
    "prenom": "Inconnu",
    "ne_le": "01/01/1990",
    "telephone": "0700000000",
}
FAUX = [
    {},
    {"courriel": "autre@exemple.fr"},
    {"ine": "999999999ZZ"},
    {"nom": "Autrenom"},
    {"telephone": "0700000000"},
    {"ne_le": "15/03/1999"},
    {"ine": "0000"},
    INCONNU,
    INCONNU | {"ine": "0000"},
]


def test_everybody_reads_the_same_pages_whatever_is_wrong() -> None:
    assert len({sign_up(**faux) for faux in FAUX}) == 1


def test_everybody_costs_the_same_statements_whatever_is_wrong(camille: Interne) -> None:
    def statements(**faux: str) -> tuple[list[str], list[str]]:
        DemandeInscription.objects.all().delete()
        with CaptureQueriesContext(
            connection,
        ) as lues:
            sign_up(**faux)
        verbes = [requete["sql"].split()[0] for requete in lues.captured_queries]
        tables = re.findall(r'(?:INTO|UPDATE) "(\w+)"', " ".join(r["sql"] for r in lues.captured_queries))
        return verbes, tables

    attendus = statements()
    assert all(statements(**faux) == attendus for faux in FAUX[1:])
    Interne.objects.filter(pk=camille.pk).update(compte=make_compte("camille@exemple.fr"))
    assert statements() == attendus


def test_the_roster_s_own_address_gets_a_link_however_names_are_written() -> None:
    sign_up(nom="  l'hermite ", prenom="CAMILLE")
    envoi = Envoi.objects.get()
    assert envoi.destinataire == "camille@exemple.fr"
    assert "/inscription/finaliser/" in envoi.texte and "<a href=" in envoi.html
    assert not Compte.objects.exists()


def test_another_address_gets_no_link_and_the_ars_a_request() -> None:
    sign_up(courriel="pirate@exemple.fr")
    envoi = Envoi.objects.get()
    assert envoi.destinataire == "pirate@exemple.fr" and "finaliser" not in envoi.texte
    assert (demande().etat, demande().differences) == ("a_traiter", ["courriel"])


@pytest.mark.parametrize(
    ("change", "differences"),
    [
        ({"telephone": "0700000000"}, ["telephone"]),
        ({"nom": "Autrenom"}, ["nom"]),
        ({"ine": "999999999ZZ"}, ["ine"]),
        ({"ne_le": "15/03/1999"}, ["ne_le"]),
    ],
)
def test_what_differs_goes_to_the_ars_even_from_the_right_address(
    change: dict[str, str], differences: list[str]
) -> None:
    sign_up(**change)
    assert (demande().etat, demande().differences) == ("a_traiter", differences)
    assert "finaliser" not in Envoi.objects.get().texte


def test_0000_stands_for_the_ine_when_the_rest_identifies() -> None:
    sign_up(ine="0000")
    assert demande().etat == "lien"
    assert "finaliser" in Envoi.objects.get().texte


def test_0000_with_a_known_name_and_birth_date_opens_nothing_to_another_address() -> None:
    sign_up(ine="0000", courriel="pirate@exemple.fr")
    assert (demande().etat, demande().lien_used_at) == ("a_traiter", None)


def test_an_interne_with_an_account_is_told_so_in_his_own_mailbox_only(camille: Interne) -> None:
    Interne.objects.filter(pk=camille.pk).update(compte=make_compte("camille@exemple.fr"))
    sign_up()
    assert "déjà un compte" in Envoi.objects.get().texte


def test_the_link_ends_in_an_account_and_a_mail(camille: Interne) -> None:
    sign_up()
    page = finish(lien_of(Envoi.objects.get()))
    assert page.redirect_chain[-1][0] == "/connexion/"
    # Shown once: the next person at this machine does not read it.
    assert 'value="camille@exemple.fr"' in page.content.decode()
    assert "camille@exemple.fr" not in page.client.get("/connexion/").content.decode()
    camille.refresh_from_db()
    assert camille.compte is not None and camille.compte.check_password(FIN["mot_de_passe"])
    assert (camille.adresse, camille.courriel) == ("4, rue du Stade\n92120 Montrouge", "camille@exemple.fr")
    assert "Nîmes" not in QuestionSecrete.objects.get(interne=camille).reponse
    assert "Votre compte est ouvert" in Envoi.objects.latest("pk").texte
    notes = Changement.objects.filter(interne=camille)
    assert notes.filter(champ="adresse").exists() and not notes.filter(champ="telephone").exists()
    reponse = Client().post("/connexion/", {"login": "camille@exemple.fr", "password": FIN["mot_de_passe"]})
    assert reponse.status_code == 302


def test_the_secret_leaves_the_address_at_once() -> None:
    sign_up()
    reponse = Client().get(lien_of(Envoi.objects.get()))
    assert reponse["Location"] == "/inscription/finaliser/"


def test_the_link_serves_once() -> None:
    sign_up()
    lien = lien_of(Envoi.objects.get())
    finish(lien)
    assert "n’ouvre plus rien" in finish(lien).content.decode()
    assert Compte.objects.count() == 1


def test_the_link_expires(settings: Any) -> None:
    sign_up()
    DemandeInscription.objects.update(lien_expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert "n’ouvre plus rien" in finish(lien_of(Envoi.objects.get())).content.decode()


def test_a_second_request_replaces_the_first_link() -> None:
    sign_up()
    sign_up()
    premier, second = (lien_of(envoi) for envoi in Envoi.objects.order_by("pk"))
    assert "n’ouvre plus rien" in finish(premier).content.decode()
    assert finish(second).redirect_chain[-1][0] == "/connexion/"


def test_a_forged_link_is_nothing() -> None:
    sign_up()
    lien = lien_of(Envoi.objects.get())
    page = Client().get(lien.replace(":", "x:", 1), follow=True).content.decode()
    assert "n’ouvre plus rien" in page


def test_a_link_of_a_queued_request_opens_nothing_even_to_who_would_know_it(camille: Interne) -> None:
    sign_up()
    lien = lien_of(Envoi.objects.get())
    DemandeInscription.objects.update(etat="a_traiter")
    assert "n’ouvre plus rien" in finish(lien).content.decode()


def test_five_wrong_birth_dates_end_the_link() -> None:
    sign_up()
    lien = lien_of(Envoi.objects.get())
    for _ in range(5):
        assert "n’est pas celle que l’ARS connaît" in finish(lien, ne_le="15/03/1999").content.decode()
    assert "n’ouvre plus rien" in finish(lien).content.decode()
    assert not Compte.objects.exists()


@pytest.mark.parametrize(
    ("mot_de_passe", "accepte"),
    [
        ("Trois!Chats7", True),
        ("TroisChats72au", True),
        ("sept mots choisis vraiment sans aucun lien", True),
        ("motdepasse2027", False),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", False),
        ("une phrase trop courte", False),
        ("camille@exemple.fr1A", False),
    ],
)
def test_the_password_follows_the_cnil(mot_de_passe: str, accepte: bool) -> None:
    sign_up()
    finish(lien_of(Envoi.objects.get()), mot_de_passe=mot_de_passe, confirmation=mot_de_passe)
    assert Compte.objects.exists() is accepte


def test_an_account_that_the_address_has_as_a_mandataire_becomes_the_interne_s(camille: Interne) -> None:
    compte = make_compte("camille@exemple.fr")
    sign_up()
    finish(lien_of(Envoi.objects.get()))
    camille.refresh_from_db()
    assert camille.compte == compte


def test_an_agent_s_account_is_never_taken_over() -> None:
    make_compte("camille@exemple.fr", Role.AGENT)
    sign_up()
    page = finish(lien_of(Envoi.objects.get())).content.decode()
    assert "celle d’un autre compte" in page


def test_one_address_gets_three_mails_an_hour_and_one_ine_five() -> None:
    for _ in range(4):
        sign_up()
    assert Envoi.objects.count() == 3
    for n in range(4):
        sign_up(courriel=f"pirate{n}@exemple.fr")
    assert Envoi.objects.count() == 5


@pytest.mark.parametrize(
    ("champ", "valeur", "message"),
    [
        ("ine", "120394857", ""),
        ("ine", "8470000305BN", ""),
        ("ne_le", "14031999", ""),
        ("ine", "1203948", "le vôtre en a 7"),
        ("telephone", "06 12 34 5", "compte 10 chiffres"),
        ("ne_le", "31/02/1999", "Écrivez le jour"),
        ("courriel", "camille", "adresse entière"),
        ("nom", "", "Remplissez ce champ"),
    ],
)
def test_a_form_says_how_to_mend_it(champ: str, valeur: str, message: str) -> None:
    page = Client().post("/inscription/", CAMILLE | {champ: valeur}, follow=True).content.decode()
    assert ("resume-erreurs" in page and message in page) if message else "Confirmer mon courriel" in page


def test_what_is_too_long_to_wait_in_the_browser_leaves_its_errors_alone() -> None:
    client = Client()
    nom = "".join(map(chr, Random(7).choices(range(0x4E00, 0x9FA0), k=2_900)))
    refusee = client.post("/inscription/", CAMILLE | {"nom": nom, "telephone": "06 12 34 5"})
    assert len(refusee.cookies["saisie"].OutputString()) < 4_096
    page = client.get("/inscription/").content.decode()
    assert "compte 10 chiffres" in page and nom not in page


def test_the_two_addresses_must_be_the_same() -> None:
    client = Client()
    premiere = client.post("/inscription/", CAMILLE, follow=True).content.decode()
    dossier = re.search(r'name="dossier" value="([^"]+)"', premiere)
    assert dossier is not None
    saisie = {"courriel": "a@exemple.fr", "confirmation": "b@exemple.fr", "dossier": dossier[1]}
    refusee = client.post("/inscription/courriel/", saisie, follow=True)
    assert refusee.redirect_chain == [("/inscription/courriel/", 302)]
    assert "Les deux adresses diffèrent" in refusee.content.decode()
    encore = client.get("/inscription/courriel/").content.decode()
    assert "Les deux adresses diffèrent" not in encore and dossier[1] in encore
    assert not DemandeInscription.objects.exists()


def test_a_forged_first_screen_is_not_believed() -> None:
    saisie = {"courriel": "a@exemple.fr", "confirmation": "a@exemple.fr", "dossier": "forge"}
    assert Client().post("/inscription/courriel/", saisie)["Location"] == "/inscription/"


def test_what_is_typed_never_writes_the_mail(camille: Interne) -> None:
    sign_up(prenom="Camille http://pirate.example\r\nBcc: x@y.z", courriel="victime@exemple.fr")
    envoi = Envoi.objects.get()
    assert "pirate" not in envoi.texte + envoi.sujet + envoi.html


@pytest.fixture(autouse=True)
def no_trace_in_logs(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    assert "120394857" not in caplog.text and "1999" not in caplog.text
