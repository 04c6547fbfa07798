"""Notifications with the page closed: who is told what, once, through a real push service on this machine."""

from collections.abc import Iterator

import pytest
from django.test import Client
from joserfc import jwt
from joserfc.jwk import ECKey

from gradin.data.amphis.models import Amphi
from gradin.data.notifications.models import Abonnement, Notification
from gradin.domain.amphi.commands import CorrigerChoix, Message
from gradin.domain.amphi.state import Etat
from gradin.operations.notifications.abonnements import from_text, is_allowed
from gradin.queries.etats import lire_etat
from gradin.queries.notifications import public_key
from gradin.travaux import annonces
from gradin.travaux.annonces import Veille
from gradin.travaux.push import boite
from tests.factories.amphis import T0, compte_of, make_amphi
from tests.factories.live import choose, play, start
from tests.integration.notifications.service_push import Appareil, ServicePush, b64, serving

pytestmark = pytest.mark.django_db
TOUR, BIENTOT, MESSAGE = "C’est votre tour", "C’est bientôt votre tour", "Message de l’ARS"
CHOIX = "Votre affectation est enregistrée"
ANNULE = "Votre choix est annulé par l’ARS"


@pytest.fixture
def service(settings: pytest.FixtureRequest) -> Iterator[ServicePush]:
    with serving() as service:
        settings.GRADIN_PUSH_SERVICES = (service.origine,)  # type: ignore[attr-defined]
        yield service


def agree(service: ServicePush, amphi: Amphi, rang: int, nom: str = "") -> Appareil:
    """As the page of notifications does, once its reader has said yes."""
    appareil = Appareil(service, nom or f"rang{rang}")
    client = Client()
    client.force_login(compte_of(amphi, rang))
    reponse = client.post(
        "/mon-profil/notifications/abonner/", appareil.abonnement, content_type="application/json"
    )
    assert reponse.status_code == 201, reponse.content
    return appareil


def test_each_is_told_once_soon_at_his_turn_and_of_his_poste(service: ServicePush) -> None:
    amphi, veille = make_amphi(internes=6, postes=6), Veille()
    premiere, deuxieme, sixieme = (agree(service, amphi, rang) for rang in (1, 2, 6))
    second = agree(service, amphi, 1, "telephone-de-1")

    def look(maintenant: int) -> None:
        veille.run_once(maintenant)
        boite.run_once(maintenant)

    start(amphi)
    look(T0 + 1)
    assert premiere.titles() == second.titles() == [TOUR]
    assert deuxieme.titles() == [BIENTOT] and "1\u00a0interne devant vous" in deuxieme.read()[0]["texte"]
    assert sixieme.titles() == []

    choose(amphi, 1, "3", T0 + 10_000)
    look(T0 + 10_001)
    play(amphi, Message(texte="La salle du bas est ouverte."), T0 + 11_000)
    for _ in range(2):
        look(T0 + 11_001)
    # A process that starts again looks back, and says nothing twice.
    Veille().run_once(T0 + 12_000)
    boite.run_once(T0 + 12_000)
    assert premiere.titles() == [TOUR, CHOIX, MESSAGE]
    assert "n°\u00a03" in premiere.read()[1]["texte"]
    assert deuxieme.titles() == [BIENTOT, TOUR, MESSAGE]
    assert sixieme.titles() == [BIENTOT, MESSAGE]
    assert sixieme.read()[1]["texte"] == "La salle du bas est ouverte."

    annule = CorrigerChoix(interne=1, motif="erreur", second="compte:2")
    assert play(amphi, annule, T0 + 13_000).statut == 201
    look(T0 + 13_001)
    assert premiere.titles() == [TOUR, CHOIX, MESSAGE, ANNULE]

    entetes = next(entetes for chemin, entetes, _ in service.recus if chemin == premiere.chemin)
    assert (entetes["content-encoding"], entetes["urgency"]) == ("aes128gcm", "high")
    assert 1 <= int(entetes["ttl"]) <= 90
    assert "Interne1" not in str(service.recus)
    check_vapid(entetes["authorization"], service.origine)


def test_an_amphi_that_cannot_be_read_silences_no_other(
    service: ServicePush, monkeypatch: pytest.MonkeyPatch
) -> None:
    rompu, sain = make_amphi(internes=3), make_amphi(internes=3, variante="B")
    for amphi in (rompu, sain):
        agree(service, amphi, 1, f"amphi{amphi.pk}")
        start(amphi)

    def read(pk: int) -> tuple[int, Etat]:
        if pk == rompu.pk:
            raise ValueError(pk)
        return lire_etat(pk)

    veille = Veille()
    monkeypatch.setattr(annonces, "lire_etat", read)
    veille.run_once(T0 + 1)
    assert {cle.split("-")[1] for cle in Notification.objects.values_list("cle", flat=True)} == {str(sain.pk)}
    monkeypatch.undo()
    veille.run_once(T0 + 2)
    assert Notification.objects.filter(cle__startswith=f"tour-{rompu.pk}-").exists()


def check_vapid(autorisation: str, origine: str) -> None:
    jeton, cle = (mot.partition("=")[2] for mot in autorisation.removeprefix("vapid ").split(", "))
    point = from_text(cle)
    assert cle == public_key()
    publique: dict[str, str | list[str]] = {
        "kty": "EC",
        "crv": "P-256",
        "x": b64(point[1:33]),
        "y": b64(point[33:]),
    }
    dit = jwt.decode(jeton, ECKey.import_key(publique)).claims
    assert dit["aud"] == origine and dit["sub"].startswith("mailto:")


def test_a_device_that_is_no_more_is_struck_off_and_a_service_that_fails_is_asked_again(
    service: ServicePush,
) -> None:
    amphi = make_amphi(internes=3)
    partie, lente = agree(service, amphi, 1), agree(service, amphi, 2)
    service.statuts = {partie.chemin: 410, lente.chemin: 503}
    start(amphi)
    Veille().run_once(T0 + 1)
    boite.run_once(T0 + 1)
    assert list(Abonnement.objects.values_list("compte", flat=True)) == [compte_of(amphi, 2).pk]
    service.statuts = {}
    boite.run_once(T0 + 2)
    assert len(lente.titles()) == 1, "not before its delay"
    boite.run_once(T0 + 6_000)
    boite.run_once(T0 + 60_000)
    assert lente.titles() == [BIENTOT, BIENTOT], "once that failed, once that came"
    assert Notification.objects.get().sent_at is not None


def test_what_is_too_late_is_not_sent(service: ServicePush) -> None:
    amphi = make_amphi(internes=3)
    appareil = agree(service, amphi, 1)
    start(amphi)
    Veille().run_once(T0 + 1)
    boite.run_once(T0 + 90_001)
    assert appareil.titles() == []


@pytest.mark.parametrize(
    "adresse",
    [
        "http://fcm.googleapis.com/fcm/send/x",
        "https://fcm.googleapis.com.pirate.example/x",
        "https://fcm.googleapis.com@127.0.0.1/x",
        "https://fcm.googleapis.com:8443/x",
        "https://push.apple.com.pirate.example/x",
        "https://169.254.169.254/latest",
        "https://localhost/x",
        "file:///etc/passwd",
        "https://[::1",
    ],
)
def test_the_server_writes_to_push_services_and_nowhere_else(adresse: str) -> None:
    assert not is_allowed(adresse)
    assert is_allowed("https://updates.push.services.mozilla.com/wpush/v2/x")


def test_one_sees_ones_own_devices_and_takes_them_back(service: ServicePush) -> None:
    amphi = make_amphi(internes=2)
    agree(service, amphi, 1)
    client, autre = Client(), Client()
    client.force_login(compte_of(amphi, 1))
    autre.force_login(compte_of(amphi, 2))
    adresse = f"/mon-profil/notifications/{Abonnement.objects.get().pk}/retirer/"
    assert autre.post(adresse).status_code == 404
    page = client.get("/mon-profil/notifications/").content.decode()
    assert adresse in page and f'data-cle="{public_key() or "missing"}"' in page
    refus = client.post(
        "/mon-profil/notifications/abonner/",
        {"endpoint": "https://127.0.0.1/x", "keys": {"p256dh": "AA", "auth": "AA"}},
        content_type="application/json",
    )
    assert refus.status_code == 409
    client.post("/mon-profil/notifications/essayer/")
    assert Notification.objects.get().titre == "Gradin vous préviendra ici"
    assert client.post(adresse).status_code == 302
    assert not Abonnement.objects.exists()


def test_a_device_that_takes_its_agreement_back_is_struck_off(service: ServicePush) -> None:
    amphi = make_amphi(internes=2)
    adresses = [agree(service, amphi, rang).abonnement["endpoint"] for rang in (1, 2)]
    client = Client()
    client.force_login(compte_of(amphi, 1))
    for adresse in adresses:
        client.post("/mon-profil/notifications/oublier/", {"adresse": adresse})
    assert list(Abonnement.objects.values_list("adresse", flat=True)) == adresses[1:]
