"""The fold kept in memory: never ahead of what is committed, never of another journal."""

import pytest
from django.db import connection, transaction

from gradin.data.amphis.models import Amphi, Place
from gradin.data.postes.models import Poste
from gradin.domain.amphi.commands import Pauser, Reprendre
from gradin.domain.amphi.facts import Label
from gradin.operations.amphis import register_listener, unregister_listener
from gradin.operations.amphis.integrite import Bilan
from gradin.operations.triggers import STORES, install_triggers
from gradin.queries import etats
from gradin.queries.etats import lire_etat
from gradin.queries.lectures import ecarts
from gradin.travaux.ronde import Ronde
from tests.factories.amphis import T0, make_amphi
from tests.factories.live import alive, choose, play, start, state


class Undone(Exception):
    pass


@pytest.mark.django_db(transaction=True)
def test_a_state_rolled_back_is_never_read() -> None:
    amphi = make_amphi()
    start(amphi)
    seq, before = lire_etat(amphi.pk)
    with pytest.raises(Undone), transaction.atomic():
        choose(amphi, 1, "2", T0 + 1_000)
        assert lire_etat(amphi.pk)[0] > seq
        raise Undone
    assert lire_etat(amphi.pk) == (seq, before)
    choose(amphi, 1, "3", T0 + 2_000)
    assert lire_etat(amphi.pk)[1].choix[1].poste == "3"


@pytest.mark.django_db(transaction=True)
def test_memory_of_another_journal_of_the_same_number_is_dropped() -> None:
    amphi = make_amphi()
    start(amphi)
    choose(amphi, 1, "2", T0 + 1_000)
    vue = etats.vue_at(amphi.pk, *Amphi.objects.values_list("seq", "empreinte").get(pk=amphi.pk))
    other = make_amphi(variante="autre")
    start(other)
    etats.remember(other.pk, vue)
    assert lire_etat(other.pk)[1].choix == {}


@pytest.mark.django_db(transaction=True)
def test_what_another_process_wrote_is_completed() -> None:
    amphi = make_amphi()
    start(amphi)
    old = etats.vue_at(amphi.pk, *Amphi.objects.values_list("seq", "empreinte").get(pk=amphi.pk))
    choose(amphi, 1, "2", T0 + 1_000)
    etats.remember(amphi.pk, old)
    assert lire_etat(amphi.pk)[1].choix[1].poste == "2"


@pytest.mark.django_db(transaction=True)
def test_listeners_hear_of_commits_only() -> None:
    amphi = make_amphi()
    heard: list[tuple[int, int]] = []
    listener = lambda *what: heard.append(what)  # noqa: E731
    register_listener(listener)
    try:
        start(amphi)
        with pytest.raises(Undone), transaction.atomic():
            choose(amphi, 1, "2", T0 + 1_000)
            raise Undone
        reponse = play(amphi, Pauser(), T0 + 2_000)
    finally:
        unregister_listener(listener)
    assert heard == [(amphi.pk, 3), (amphi.pk, reponse.seq)]


@pytest.mark.django_db
def test_a_read_row_changed_by_hand_is_told(lignes_ecrites_a_la_main: None) -> None:
    amphi = make_amphi()
    start(amphi)
    choose(amphi, 1, "2", T0 + 1_000)
    Place.objects.filter(amphi=amphi, numero=1).update(statut="passe")
    amphi.affectations.update(annulee=True)
    assert [one.quoi for one in ecarts(amphi.pk)] == ["interne n° 1", "affectation de l'interne n° 1"]


MINUTE = 60_000
DERNIERE = "n = (SELECT max(n) FROM amphis_fait)"
OUVERTURE = f"DELETE FROM amphis_faitprive WHERE fait_id = (SELECT id FROM amphis_fait WHERE {DERNIERE})"


@pytest.mark.django_db
def test_the_round_writes_read_rows_again_from_the_journal(caplog: pytest.LogCaptureFixture) -> None:
    """The fixture of these tests compares afterwards: nothing was left wrong."""
    amphi = make_amphi()
    start(amphi)
    choose(amphi, 1, "2", T0 + 1_000)
    choose(amphi, 2, "3", T0 + 2_000)
    Place.objects.filter(amphi=amphi, numero=1).update(statut="passe")
    amphi.affectations.filter(poste__numero="2").update(annulee=True)
    amphi.affectations.filter(poste__numero="3").delete()
    Poste.objects.filter(amphis=amphi, numero__in=("2", "4")).update(etat="retire")
    Amphi.objects.filter(pk=amphi.pk).update(echeance=None)
    ronde = Ronde()
    ronde.run_once(T0 + 3_000)
    assert ronde.run_once(T0 + 3_000 + MINUTE) == Bilan(contredits=0, repares=1)
    assert "contredisent le journal (6) : amphi echeance, interne n° 1," in caplog.text
    assert "classique" not in caplog.text, "the log never says a type de choix"
    assert ecarts(amphi.pk) == () and Amphi.objects.get(pk=amphi.pk).etat == "en_cours"
    assert ronde.run_once(T0 + 3_000 + 2 * MINUTE) == Bilan(contredits=0, repares=1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "touche",
    [
        "UPDATE amphis_fait SET a = a + 1 WHERE n = 2",
        f"DELETE FROM amphis_fait WHERE {DERNIERE}",
    ],
)
def test_a_journal_changed_by_hand_pauses_its_amphi_once(
    touche: str, lignes_ecrites_a_la_main: None, caplog: pytest.LogCaptureFixture
) -> None:
    amphi = make_amphi()
    start(amphi)
    choose(amphi, 1, "2", T0 + 1_000)
    with connection.cursor() as cursor:
        for statement in (*STORES[connection.vendor].LIFT, OUVERTURE, touche):
            cursor.execute(statement)
    install_triggers()
    ronde = Ronde()
    ronde.run_once(T0 + 2_000)
    alive(T0 + 2_000 + MINUTE)
    assert ronde.run_once(T0 + 2_000 + MINUTE) == Bilan(contredits=1)
    assert state(amphi).pause is Label.TECHNIQUE
    assert "le journal ne se vérifie plus" in caplog.text
    play(amphi, Reprendre(), T0 + 2_001 + MINUTE)
    assert ronde.run_once(T0 + 2_000 + 2 * MINUTE) == Bilan(contredits=1)
    assert state(amphi).pause is None, "an agent who was told decides"
