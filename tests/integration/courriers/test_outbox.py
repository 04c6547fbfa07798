"""The outbox against a real server that defers, refuses and disappears."""

from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from gradin.data.courriers.models import Envoi
from gradin.operations.courriers import Courrier, enqueue, relancer
from gradin.operations.courriers.enqueue import instant
from gradin.queries.courriers import courriers_morts, etat_courriers
from gradin.travaux import outbox
from gradin.travaux.message import Piece
from gradin.travaux.outbox import run_once
from tests.integration.courriers.conftest import MAINTENANT
from tests.integration.courriers.serveur import Serveur

pytestmark = pytest.mark.django_db

HEURE = 3_600_000


def _enqueue(count: int) -> list[str]:
    keys = [f"essai-{i:03d}" for i in range(count)]
    for key in keys:
        enqueue(key, f"{key}@exemple.fr", Courrier(sujet=key, texte=f"Bonjour {key}\n"), MAINTENANT)
    return keys


def _run_until_quiet(now: int) -> int:
    """Lots at growing times until nothing waits; returns the last instant."""
    for _ in range(500):
        if run_once(now) == 0:
            if etat_courriers().en_attente == 0:
                return now
            now += 60_000
    raise AssertionError("the outbox never empties")


def test_deferred_mails_arrive_exactly_once_each(serveur: Serveur) -> None:
    keys = _enqueue(60)
    serveur.boite.deferred = 0.3
    _run_until_quiet(MAINTENANT)
    assert serveur.boite.keys == keys
    assert Envoi.objects.filter(tries__gt=0).exists()


def test_after_an_outage_every_mail_arrives_exactly_once(serveur: Serveur) -> None:
    keys = _enqueue(30)
    run_once(MAINTENANT)
    serveur.stop()
    assert run_once(MAINTENANT + 1_000) == 1
    assert etat_courriers().en_attente == 20
    serveur.start()
    _run_until_quiet(MAINTENANT + 2_000)
    assert serveur.boite.keys == keys


def test_during_an_outage_the_server_is_tried_now_and_then_not_for_each_mail(serveur: Serveur) -> None:
    _enqueue(30)
    serveur.stop()
    tried = [run_once(MAINTENANT + second * 1_000) for second in range(31)]
    assert [second for second, count in enumerate(tried) if count] == [0, 15, 30]


def test_an_outage_costs_no_mail_its_tries(serveur: Serveur) -> None:
    _enqueue(1)
    serveur.stop()
    for essai in range(len(outbox.DELAIS_S) + 2):
        run_once(MAINTENANT + essai * HEURE)
    envoi = Envoi.objects.get()
    assert (envoi.tries, envoi.dead_at) == (0, None)


def test_a_refused_mailbox_is_dead_at_once_and_stops_nobody(serveur: Serveur) -> None:
    keys = _enqueue(5)
    serveur.boite.refused = {f"{keys[2]}@exemple.fr"}
    _run_until_quiet(MAINTENANT)
    assert serveur.boite.keys == [key for key in keys if key != keys[2]]
    assert [(mort.cle, mort.erreur) for mort in courriers_morts()] == [(keys[2], "550 no such mailbox")]


def test_a_dead_mail_put_back_is_sent(serveur: Serveur) -> None:
    _enqueue(1)
    serveur.boite.refused = {"essai-000@exemple.fr"}
    run_once(MAINTENANT)
    serveur.boite.refused = set()
    assert relancer(courriers_morts()[0].id, MAINTENANT + HEURE)
    run_once(MAINTENANT + HEURE)
    assert serveur.boite.keys == ["essai-000"]


def test_a_mail_deferred_for_two_days_is_dead(serveur: Serveur) -> None:
    _enqueue(1)
    serveur.boite.deferred = 1.0
    for hour in range(60):
        run_once(MAINTENANT + hour * HEURE)
    assert etat_courriers().morts == 1
    assert not serveur.boite.messages


def test_a_mail_leased_by_another_worker_is_left_to_it(serveur: Serveur) -> None:
    _enqueue(1)
    Envoi.objects.update(leased_until=instant(MAINTENANT) + timedelta(minutes=1))
    assert run_once(MAINTENANT) == 0
    assert run_once(MAINTENANT + 61_000) == 1


def test_two_workers_that_saw_the_same_row_send_it_once(
    serveur: Serveur, monkeypatch: pytest.MonkeyPatch
) -> None:
    _enqueue(1)
    seen = outbox._due(MAINTENANT)
    monkeypatch.setattr(outbox, "_due", lambda now: seen)
    assert [run_once(MAINTENANT), run_once(MAINTENANT)] == [1, 0]
    assert serveur.boite.keys == ["essai-000"]


def test_a_mail_whose_lease_was_taken_over_meanwhile_is_left_to_the_other(
    serveur: Serveur, monkeypatch: pytest.MonkeyPatch
) -> None:
    _enqueue(2)

    def print_slowly(cles: list[str], now: int) -> dict[str, tuple[Piece, ...]]:
        Envoi.objects.filter(cle=cles[1]).update(leased_until=instant(MAINTENANT + HEURE))
        return {}

    monkeypatch.setattr(outbox, "pieces_of", print_slowly)
    run_once(MAINTENANT)
    assert serveur.boite.keys == ["essai-000"]


def test_without_the_lease_two_workers_send_it_twice(
    serveur: Serveur, monkeypatch: pytest.MonkeyPatch
) -> None:
    _enqueue(1)
    seen = outbox._due(MAINTENANT)
    monkeypatch.setattr(outbox, "_due", lambda now: seen)
    monkeypatch.setattr(outbox, "_lease", lambda pk, now: True)
    run_once(MAINTENANT)
    run_once(MAINTENANT)
    assert len(serveur.boite.messages) == 2


def test_a_mail_that_cannot_be_written_stops_nobody(serveur: Serveur) -> None:
    enqueue("choix-999-1", "x@exemple.fr", Courrier(sujet="", texte=""), MAINTENANT - 1)
    keys = _enqueue(2)
    run_once(MAINTENANT)
    assert serveur.boite.keys == keys
    assert Envoi.objects.get(cle="choix-999-1").tries == 1


def test_a_line_break_in_a_subject_is_no_header(serveur: Serveur) -> None:
    sujet = "Bonjour\r\nBcc: voleur@exemple.fr\u2028X-Autre: 1"
    enqueue("essai-1", "a@exemple.fr", Courrier(sujet=sujet, texte="x\n"), MAINTENANT)
    run_once(MAINTENANT)
    message = serveur.boite.messages[0]
    assert message["Bcc"] is None
    assert message["X-Autre"] is None
    assert "Bcc: voleur@exemple.fr" in message["Subject"]


@pytest.mark.parametrize(
    "adresse",
    [
        "a@exemple.fr\r\nBcc: voleur@exemple.fr",
        "a@exemple.fr\nX: 1",
        "a@exemple.fr, b@exemple.fr",
        "personne",
    ],
)
def test_an_address_that_is_more_than_one_address_is_refused(serveur: Serveur, adresse: str) -> None:
    enqueue("essai-1", adresse, Courrier(sujet="x", texte="x\n"), MAINTENANT)
    run_once(MAINTENANT)
    assert not serveur.boite.messages
    assert etat_courriers().morts == 1


def test_a_key_that_could_leave_its_folder_is_refused() -> None:
    with pytest.raises(ValueError, match="mail key"):
        enqueue("../x", "a@exemple.fr", Courrier(sujet="x", texte="x\n"), MAINTENANT)


def test_without_a_server_mails_are_files(settings, tmp_path: Path) -> None:
    settings.GRADIN_SMTP_URL, settings.GRADIN_DATA = "", tmp_path
    keys = _enqueue(2)
    assert run_once(MAINTENANT) == 2
    files = sorted((tmp_path / "courriers").iterdir())
    assert [file.stem for file in files] == keys
    message = message_from_bytes(files[0].read_bytes(), policy=policy.default)
    assert (message["To"], message.get_content().strip()) == ("essai-000@exemple.fr", "Bonjour essai-000")
