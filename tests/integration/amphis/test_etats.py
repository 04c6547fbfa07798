"""The fold kept in memory: never ahead of what is committed, never of another journal."""

import pytest
from django.db import transaction

from gradin.data.amphis.models import Amphi, Place
from gradin.domain.amphi.commands import Pauser
from gradin.operations.amphis import register_listener, unregister_listener
from gradin.queries import etats
from gradin.queries.etats import lire_etat
from gradin.queries.lectures import ecarts
from tests.factories.amphis import T0, make_amphi
from tests.factories.live import choose, play, start


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
