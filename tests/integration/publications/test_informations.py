"""« Informations utiles »: in its dates, sanitised, files only as attachments, the ARS's contact."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gradin.data.amphis.models import Amphi
from gradin.data.comptes.models import Compte
from gradin.data.publications.models import Contact, Publication
from tests.factories.amphis import make_amphi
from tests.factories.comptes import make_agent
from tests.factories.publications import HIER, publish

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def amphi(db: None) -> Amphi:
    return make_amphi(internes=2, postes=3)


@pytest.fixture
def agent(amphi: Amphi) -> Client:
    client = Client()
    client.force_login(Compte.objects.get(pk=make_agent(amphi.subdivision).compte), backend=BACKEND)
    return client


def _saisie(amphi: Amphi, **changes: object) -> dict[str, object]:
    return {
        "subdivision": amphi.subdivision_id,
        "titre": "Guide",
        "texte": "Lisez **ceci** <script>alert(1)</script>",
        "jour": (datetime.now(UTC) - HIER).date().isoformat(),
        "heure": "08:00",
        "ordre": 100,
        **changes,
    }


def test_what_is_out_of_its_dates_is_for_the_ars_only(amphi: Amphi, agent: Client) -> None:
    maintenant, ici = datetime.now(UTC), amphi.subdivision
    demain = publish(ici, titre="Pour demain", published_at=maintenant + HIER)
    fini = publish(ici, titre="Finie", expires_at=maintenant - timedelta(seconds=1))
    page = Client().get("/informations/").content.decode()
    assert "Pour demain" not in page and "Finie" not in page
    for pk in (demain.pk, fini.pk):
        for suite in ("", "fichier/"):
            assert Client().get(f"/informations/{pk}/{suite}").status_code == 404
            assert agent.get(f"/informations/{pk}/{suite}").status_code == 200


def test_new_is_marked_until_its_day(amphi: Amphi) -> None:
    publish(amphi.subdivision, titre="Neuf", nouveau_jusqu_au=datetime.now(UTC).date() + HIER)
    assert Client().get("/informations/").content.count(b">Nouveau<") == 1
    Publication.objects.update(nouveau_jusqu_au=date(2020, 1, 1))
    assert b">Nouveau<" not in Client().get("/informations/").content


def test_a_preview_writes_nothing_then_the_page_is_sanitised(amphi: Amphi, agent: Client) -> None:
    adresse = "/gestion/informations/nouveau/document/"
    apercu = agent.post(adresse, _saisie(amphi, geste="apercu")).content.decode()
    assert "<strong>ceci</strong>" in apercu and "<script>alert" not in apercu
    assert not Publication.objects.exists()
    assert agent.post(adresse, _saisie(amphi, geste="enregistrer")).status_code == 302
    page = Client().get(f"/informations/{Publication.objects.get().pk}/").content.decode()
    assert "<strong>ceci</strong>" in page and "<script>alert" not in page


@pytest.mark.parametrize(
    ("nom", "contenu", "mots"),
    [
        ("page.html", b"<script>", "pas accepté"),
        ("dessin.svg", b"<svg onload=x>", "pas accepté"),
        ("faux.pdf", b"<html>", "pas un vrai fichier pdf"),
        ("grand.pdf", b"%PDF-" + b"x" * (10 * 1024 * 1024), "trop grand"),
        ("binaire.txt", b"a\x00b", "pas un texte"),
    ],
)
def test_a_file_out_of_the_limits_is_refused_with_the_reason(
    amphi: Amphi, agent: Client, nom: str, contenu: bytes, mots: str
) -> None:
    saisie = _saisie(amphi, fichier=SimpleUploadedFile(nom, contenu))
    assert mots in agent.post("/gestion/informations/nouveau/document/", saisie).content.decode()
    assert not Publication.objects.exists()


def test_a_file_is_an_attachment_that_can_do_nothing(amphi: Amphi, agent: Client) -> None:
    pdf = SimpleUploadedFile('..\\a/l\'été "2027".pdf', b"%PDF-1.7")
    agent.post("/gestion/informations/nouveau/document/", _saisie(amphi, fichier=pdf))
    reponse = Client().get(f"/informations/{Publication.objects.get().pk}/fichier/")
    assert reponse["Content-Disposition"].startswith("attachment")
    assert reponse["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in reponse["Content-Security-Policy"]
    assert "/" not in reponse["Content-Disposition"] and "\\" not in reponse["Content-Disposition"]
    agent.post(f"/gestion/informations/{Publication.objects.get().pk}/", _saisie(amphi, sans_fichier="on"))
    assert Client().get(f"/informations/{Publication.objects.get().pk}/fichier/").status_code == 404


def test_announcements_and_tiles_live_on_the_home_page(amphi: Amphi, agent: Client) -> None:
    agent.post("/gestion/informations/nouveau/annonce/", _saisie(amphi, titre="Panne de réseau"))
    lien = _saisie(amphi, titre="Trouver un remplacement ?", lien="https://ailleurs.example/")
    agent.post("/gestion/informations/nouveau/lien/", lien)
    accueil = Client().get("/").content.decode()
    assert "Panne de réseau" in accueil
    assert 'href="https://ailleurs.example/"' in accueil
    agent.post(f"/gestion/informations/{Publication.objects.get(genre='annonce').pk}/retirer/")
    assert "Panne de réseau" not in Client().get("/").content.decode()


def test_the_ars_is_named_wherever_somebody_is_sent_to_it(amphi: Amphi, agent: Client) -> None:
    corps = {"courriel": "ars@sante.example", "telephone": "04 11 22 33 44", "horaires": "de 9 h à 17 h"}
    assert agent.post(f"/gestion/informations/ars/{amphi.subdivision_id}/", corps).status_code == 302
    for adresse in ("/inscription/envoyee/", "/mot-de-passe/envoye/", "/aide/", "/informations/"):
        page = Client().get(adresse).content.decode().lower().replace("\xa0", " ")
        assert all(mot in page for mot in corps.values()), adresse


def test_a_contact_is_written_and_removed(amphi: Amphi, agent: Client) -> None:
    adresse = "/gestion/informations/contacts/nouveau/"
    corps = {"subdivision": amphi.subdivision_id, "nom": "Scolarité", "ordre": 10}
    assert "au moins un courriel" in agent.post(adresse, corps).content.decode()
    agent.post(adresse, {**corps, "courriel": "scolarite@fac.example", "horaires": "le matin"})
    assert "scolarite@fac.example" in Client().get("/informations/").content.decode()
    agent.post(f"/gestion/informations/contacts/{Contact.objects.get().pk}/retirer/")
    assert not Contact.objects.exists()
