"""The mail of a choice says the manual's six lines and what proves the choice later."""

import re
from email.message import EmailMessage

import pytest

from gradin.data.courriers.models import Envoi
from gradin.operations.courriers import enqueue_annulation, enqueue_choix
from gradin.queries.courriers import courriers_morts
from gradin.travaux.outbox import run_once
from tests.integration.courriers.conftest import MAINTENANT, Choisir
from tests.integration.courriers.serveur import Serveur

pytestmark = pytest.mark.django_db


def _texts(message: EmailMessage) -> tuple[str, str]:
    bodies = [message.get_body((kind,)) for kind in ("plain", "html")]
    texts = [re.sub(r"[\u00a0\u202f]", " ", body.get_content()) for body in bodies if body]
    return texts[0].replace("\r\n", "\n"), texts[1]


def _sent(serveur: Serveur, amphi: int) -> EmailMessage:
    enqueue_choix(amphi, 7, MAINTENANT)
    assert run_once(MAINTENANT) == 1
    return serveur.boite.messages[0]


def test_the_mail_says_the_six_lines_of_the_manual(serveur: Serveur, choisir: Choisir) -> None:
    affectation = choisir(7)
    texte, html = _texts(_sent(serveur, affectation.amphi_id))
    assert "Bonjour Émile ZOLA," in texte
    assert (
        "Spécialité : ONC18 - ONCOLOGIE - PÉDIATRIE\n"
        "Établissement : HENRI MONDOR (AP-HP)\n"
        "Service : ONCOLOGIE\n"
        "Chef de service : BAUDELAIRE CHARLES\n"
        "N° poste : 1239 - Réservé\n"
        "Fléchage :\n"
    ) in texte
    assert "<td>HENRI MONDOR (AP-HP)</td>" in html
    assert "Agence régionale de santé, Île-de-France" in texte


def test_the_mail_carries_the_receipt_and_where_to_verify_it(serveur: Serveur, choisir: Choisir) -> None:
    affectation = choisir(7)
    texte, _ = _texts(_sent(serveur, affectation.amphi_id))
    assert "Reçu n° : 7" in texte
    assert f"Empreinte : {7:064x}" in texte
    assert "Heure : 5 avril 2027 à 9 h 00 min 12 s" in texte
    assert f"/api/v1/amphis/{affectation.amphi_id}/journal" in texte


def test_the_mail_tells_neither_type_de_choix_nor_salt(serveur: Serveur, choisir: Choisir) -> None:
    message = _sent(serveur, choisir(7).amphi_id)
    assert not re.search("surnombre|5e5e", message.as_string() + "".join(_texts(message)))


def test_the_mail_says_that_the_armed_list_chose(serveur: Serveur, choisir: Choisir) -> None:
    texte, _ = _texts(_sent(serveur, choisir(7, voie="liste_armee").amphi_id))
    assert "liste armée" in texte


def test_an_annulled_choice_is_told_to_its_interne(serveur: Serveur, choisir: Choisir) -> None:
    enqueue_annulation(choisir(7).amphi_id, 7, MAINTENANT)
    run_once(MAINTENANT)
    assert "annulé" in serveur.boite.messages[0]["Subject"]


def test_accents_and_emoji_arrive_as_they_are(serveur: Serveur, choisir: Choisir) -> None:
    message = _sent(serveur, choisir(7, prenom="Zoé 🦊", nom="Ñáñez-L’Œuvre").amphi_id)
    texte, html = _texts(message)
    assert "Zoé 🦊 Ñáñez-L’Œuvre" in texte
    assert "Zoé 🦊 Ñáñez-L’Œuvre" in html


def test_a_name_cannot_write_markup(serveur: Serveur, choisir: Choisir) -> None:
    _, html = _texts(_sent(serveur, choisir(7, nom="<img src=x>").amphi_id))
    assert "<img" not in html


def test_an_interne_without_address_is_shown_to_the_ars(serveur: Serveur, choisir: Choisir) -> None:
    enqueue_choix(choisir(7, courriel="").amphi_id, 7, MAINTENANT)
    run_once(MAINTENANT)
    assert [mort.erreur for mort in courriers_morts()] == ["Émile ZOLA n’a pas d’adresse de courriel"]


def test_the_same_choice_enqueued_twice_is_one_mail(serveur: Serveur, choisir: Choisir) -> None:
    amphi = choisir(7).amphi_id
    for _ in range(2):
        enqueue_choix(amphi, 7, MAINTENANT)
    assert Envoi.objects.count() == 1


def test_a_choice_enqueued_costs_one_query(choisir: Choisir, django_assert_num_queries) -> None:
    amphi = choisir(7).amphi_id
    with django_assert_num_queries(1):
        enqueue_choix(amphi, 7, MAINTENANT)
