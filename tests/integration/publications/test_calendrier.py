"""The calendar: who reads what, feeds that follow a move, an address that is revoked."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from icalendar import Calendar
from pypdf import PdfReader

from gradin.data.amphis.models import Amphi, SessionChoix
from gradin.data.comptes.models import Compte
from gradin.data.publications.models import AbonnementCalendrier, Evenement
from gradin.data.referentiel.models import Subdivision
from gradin.live.temps import maintenant_ms
from gradin.operations.calendrier import note_moves
from tests.factories.amphis import compte_of, make_amphi
from tests.factories.comptes import make_agent
from tests.factories.publications import add_evenement

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
VISIO = b"https://visio.example/salle"


@pytest.fixture
def amphi(db: None) -> Amphi:
    return make_amphi(internes=3, postes=4, debut=maintenant_ms() + 3 * 86_400_000)


def _client(compte: Compte | None) -> Client:
    client = Client()
    if compte is not None:
        client.force_login(compte, backend=BACKEND)
    return client


def _events(corps: bytes) -> dict[str, dict[str, object]]:
    return {str(event["uid"]).partition("@")[0]: event for event in Calendar.from_ical(corps).walk("VEVENT")}


def _feed(client: Client, adresse: str = "/calendrier.ics") -> dict[str, dict[str, object]]:
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    assert reponse["Content-Type"].startswith("text/calendar")
    return _events(reponse.content)


def test_a_visio_is_read_by_those_concerned_only(amphi: Amphi) -> None:
    interne, agent = compte_of(amphi, 1), Compte.objects.get(pk=make_agent(amphi.subdivision).compte)
    date = add_evenement(amphi.subdivision, amphi.semestre)
    lus = [VISIO in _client(qui).get("/calendrier/").content for qui in (None, interne, agent)]
    assert lus == [False, True, True]
    Evenement.objects.filter(pk=date.pk).update(concernes="ars")
    lus = [VISIO in _client(qui).get("/calendrier/").content for qui in (None, interne, agent)]
    assert lus == [False, False, True]
    assert VISIO not in _client(None).get("/calendrier.ics").content


def test_an_amphi_that_moves_grows_its_sequence_and_keeps_its_uid(amphi: Amphi) -> None:
    client, cle = _client(None), f"amphi-{amphi.pk}"
    note_moves(maintenant_ms())
    avant = _feed(client)[cle]
    assert avant["sequence"] == 0
    for pas in (1, 2):
        debut = datetime(2027, 4, 5 + pas, 7, 30, tzinfo=UTC)
        Amphi.objects.filter(pk=amphi.pk).update(debut=debut, fin=debut + timedelta(hours=1))
        assert _feed(client)[cle]["sequence"] == pas, "counted before it is noted"
        assert note_moves(maintenant_ms()) == 1
        apres = _feed(client)[cle]
        assert (apres["sequence"], apres["dtstart"].dt) == (pas, debut)  # type: ignore[attr-defined]
    assert note_moves(maintenant_ms()) == 0
    SessionChoix.objects.filter(amphi=amphi).update(debut=datetime(2027, 4, 9, 8, 0, tzinfo=UTC))
    assert _feed(client)[cle]["sequence"] == 3, "a session alone"


def test_the_agent_writes_changes_and_removes_a_date(amphi: Amphi) -> None:
    agent = _client(Compte.objects.get(pk=make_agent(amphi.subdivision).compte))
    corps = {
        "subdivision": amphi.subdivision_id,
        "titre": "Commission de répartition",
        "categorie": "commission",
        "semestre": amphi.semestre_id,
        "jour": "2027-04-01",
        "heure_debut": "09:30",
        "heure_fin": "08:00",
        "concernes": "commission",
        "visio": "http://visio.example",
    }
    refuse = agent.post("/gestion/calendrier/nouveau/", corps).content.decode()
    assert "doit commencer par https" in refuse
    refuse = agent.post("/gestion/calendrier/nouveau/", {**corps, "visio": ""}).content.decode()
    assert "La fin vient avant le début" in refuse
    bon = {**corps, "visio": "", "heure_fin": "12:00"}
    assert agent.post("/gestion/calendrier/nouveau/", bon).status_code == 302
    date = Evenement.objects.get()
    assert date.debut == datetime(2027, 4, 1, 7, 30, tzinfo=UTC)
    agent.post(f"/gestion/calendrier/{date.pk}/", bon)
    agent.post(f"/gestion/calendrier/{date.pk}/", {**bon, "heure_debut": "", "heure_fin": ""})
    lue = _feed(_client(None))[date.uid]
    assert lue["sequence"] == 1, "the same date again is no change"
    assert lue["dtstart"].to_ical() == b"20270401"  # type: ignore[attr-defined]
    agent.post(f"/gestion/calendrier/{date.pk}/retirer/")
    lue = _feed(_client(None))[date.uid]
    assert (lue["status"], lue["sequence"]) == ("CANCELLED", 2)
    assert "Commission de répartition" not in _client(None).get("/calendrier/").content.decode()


def test_a_personal_feed_has_my_session_and_dies_when_revoked(amphi: Amphi) -> None:
    interne = compte_of(amphi, 2)
    add_evenement(amphi.subdivision, amphi.semestre)
    client = _client(interne)
    client.post("/calendrier/abonnement/", {"geste": "creer"})
    adresse = _address(client)
    mien = _feed(Client(), adresse)
    assert any(cle.startswith("session-") for cle in mien)
    assert VISIO in Client().get(adresse).content
    assert AbonnementCalendrier.objects.get().cle not in _address(client).split("~")[-1]
    client.post("/calendrier/abonnement/", {"geste": "creer"})
    assert Client().get(adresse).status_code == 404, "renewed: the one before is dead"
    neuve = _address(client)
    assert Client().get(neuve).status_code == 200
    client.post("/calendrier/abonnement/", {"geste": "supprimer"})
    assert Client().get(neuve).status_code == 404
    assert Client().get("/calendrier/inconnu~faux.ics").status_code == 404


def _address(client: Client) -> str:
    page = client.get("/calendrier/").content.decode()
    [adresse] = [*_found(page)]
    return adresse


def _found(page: str) -> Iterator[str]:
    for morceau in page.split("<code>")[1:]:
        adresse = morceau.partition("</code>")[0]
        if "/calendrier/" in adresse:
            yield "/calendrier/" + adresse.rpartition("/")[2]


def test_the_paper_names_the_dates_and_no_visio(amphi: Amphi) -> None:
    add_evenement(amphi.subdivision, amphi.semestre)
    reponse = _client(compte_of(amphi, 1)).get("/calendrier.pdf")
    texte = "".join(page.extract_text() for page in PdfReader(BytesIO(reponse.content)).pages)
    assert "Commission de répartition" in texte
    assert "visio.example" not in texte


def test_one_subdivision_s_dates_may_be_asked_for_alone(amphi: Amphi) -> None:
    la = Subdivision.objects.create(code="LA", nom="Là-bas")
    add_evenement(la, amphi.semestre, titre="Réunion de là-bas")
    add_evenement(amphi.subdivision, amphi.semestre)
    client = _client(None)
    assert len(_feed(client)) == 3
    assert [str(une["summary"]) for une in _feed(client, "/calendrier.ics?subdivision=LA").values()] == [
        "Réunion de là-bas"
    ]
    page = client.get("/calendrier/?subdivision=LA").content.decode()
    assert "Réunion de là-bas" in page and "Commission de répartition" not in page
    assert "calendrier.ics?subdivision=LA" in page
    assert _feed(client, "/calendrier.ics?subdivision=inconnue") == {}
