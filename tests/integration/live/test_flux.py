"""What readers of a running amphi receive: every fact once, in order, and nothing that is not theirs."""

import http.client

import pytest

from gradin.data.amphis.models import Amphi
from gradin.live.temps import maintenant_ms
from tests.factories.amphis import compte_of, make_amphi
from tests.factories.live import start
from tests.flux import LIMITE_S, Flux
from tests.integration.live.conftest import Scene, bearer_of
from tests.serveur import Serveur, running


def test_a_choice_reaches_a_watcher_with_the_tour_that_follows(scene: Scene) -> None:
    with Flux(scene.serveur.port, scene.amphi.pk) as flux:
        seq = flux.until("horloge").data["seq"]
        scene.choose(1, "5")
        choix, tour = flux.facts(seq + 2)
    assert choix.nom == "ChoixConfirme" and choix.data["p"] == {"tour": 1, "interne": 1, "poste": "5"}
    assert choix.id == choix.data["n"] == seq + 1
    assert tour.nom == "TourOuvert" and tour.data["p"]["interne"] == 2


def test_a_reader_cut_again_and_again_has_every_fact_once_in_order(scene: Scene) -> None:
    depart = scene.snapshot()["seq"]
    vus = [depart]
    for rang in range(1, 9):
        flux = Flux(scene.serveur.port, scene.amphi.pk, depuis=vus[-1])
        scene.choose(rang, str(rang))
        vus += [fait.id or 0 for fait in flux.facts(vus[-1] + 1 + rang % 2)]
        flux.cut()
    with Flux(scene.serveur.port, scene.amphi.pk, entetes={"Last-Event-ID": str(vus[-1])}) as flux:
        vus += [fait.id or 0 for fait in flux.facts(depart + 16)]
    assert vus == list(range(depart, depart + 1 + 16))


def test_a_reader_ahead_of_the_journal_is_told_to_fetch_the_snapshot(scene: Scene) -> None:
    with Flux(scene.serveur.port, scene.amphi.pk, depuis=99_999) as flux:
        resync = flux.until("resync")
    assert resync.data == {"seq": scene.snapshot()["seq"], "raison": "autre_journal"}


def test_only_the_regie_reads_the_private_part_of_a_choice(scene: Scene) -> None:
    lecteurs = {"public": {}, "amphi": scene.bearer(3), "regie": scene.agent()}
    flux = {nom: Flux(scene.serveur.port, scene.amphi.pk, entetes=e) for nom, e in lecteurs.items()}
    seqs = {nom: un.until("horloge").data["seq"] for nom, un in flux.items()}
    scene.choose(1, "5")
    choix = {nom: un.facts(seqs[nom] + 1)[-1].data for nom, un in flux.items()}
    assert "prive" not in choix["public"] and "prive" not in choix["amphi"]
    assert choix["regie"]["prive"]["type_choix"] == "classique"
    for un in flux.values():
        un.cut()


def test_a_message_is_read_by_the_amphi_and_not_by_the_public(scene: Scene) -> None:
    agent = scene.agent()
    with Flux(scene.serveur.port, scene.amphi.pk) as dehors:
        with Flux(scene.serveur.port, scene.amphi.pk, entetes=scene.bearer(3)) as dedans:
            dehors.until("horloge")
            dedans.until("horloge")
            scene.act(agent, type="message", texte="Reprise à 14 h")
            assert dedans.until("MessageDiffuse").data["prive"] == {"texte": "Reprise à 14 h"}
            assert "prive" not in dehors.until("MessageDiffuse").data


def test_the_chooser_alone_is_told_the_true_end_of_his_tour(scene: Scene) -> None:
    with Flux(scene.serveur.port, scene.amphi.pk, entetes=scene.bearer(2)) as flux:
        assert flux.until("moi").data["tour"] is None
        scene.choose(1, "5")
        moi = flux.until("moi").data
    assert moi["interne"] == 2 and moi["tour"]["tour"] == 2
    assert moi["tour"]["fin"] - moi["tour"]["debut"] == 90_000


def test_the_regie_sees_who_is_connected(scene: Scene) -> None:
    with Flux(scene.serveur.port, scene.amphi.pk, entetes=scene.agent()) as regie:
        assert regie.until("presence").data == {"connectes": []}
        with Flux(scene.serveur.port, scene.amphi.pk, entetes=scene.bearer(4)):
            assert regie.until("presence").data == {"connectes": [4]}


def test_a_late_interne_who_connects_is_placed_back_at_once(scene: Scene) -> None:
    agent = scene.agent()
    scene.act(agent, type="absent", tour=1)
    with Flux(scene.serveur.port, scene.amphi.pk) as dehors:
        dehors.until("horloge")
        with Flux(scene.serveur.port, scene.amphi.pk, entetes=scene.bearer(1)):
            assert dehors.until("RetourPlace").data["p"] == {"interne": 1}


def test_the_end_of_the_server_ends_the_streams_and_is_no_failure(amphi: Amphi) -> None:
    with running() as serveur, Flux(serveur.port, amphi.pk) as flux:
        flux.until("horloge")
        assert serveur.stop() == 0


@pytest.mark.django_db(transaction=True)
def test_who_waited_for_the_start_is_sent_back_and_asks_again_on_the_same_connection(
    serveur: Serveur,
) -> None:
    """The browser's next request may already be on its way there: a connection cut under it loses it."""
    debut = maintenant_ms()
    amphi = make_amphi(internes=3, postes=4, debut=debut)
    entetes = bearer_of(compte_of(amphi, 2))
    connexion = http.client.HTTPConnection("127.0.0.1", serveur.port, timeout=LIMITE_S)
    connexion.request("GET", f"/api/v1/amphis/{amphi.pk}/direct", headers=entetes)
    reponse = connexion.getresponse()
    assert reponse.readline().startswith(b"retry")
    prise = connexion.sock
    start(amphi, debut)
    assert reponse.read().startswith(b"\n")
    connexion.request("GET", f"/api/v1/moi/amphis/{amphi.pk}", headers=entetes)
    assert connexion.getresponse().status == 200 and connexion.sock is prise
    connexion.close()
