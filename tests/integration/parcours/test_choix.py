"""The maquette at the choice (rules.md §4.6-7): sealed at the start, refused or said, lifted by the ARS."""

import pytest

from gradin.data.parcours.models import Derogation
from gradin.domain.kernel import Motif
from gradin.queries.etats import lire_etat
from gradin.queries.mien import read_mien
from gradin.queries.parcours.utiles import judge_postes
from tests.factories.amphis import T0, make_amphi
from tests.factories.live import start
from tests.integration.parcours.conftest import QUAND, add_ligne, inscription_of, service, write_maquette

pytestmark = pytest.mark.django_db


def test_a_poste_that_serves_nothing_owed_is_refused_said_or_ignored_as_the_amphi_says() -> None:
    amphi = make_amphi(internes=3, postes=3, parametres={"maquette": "refuse", "deja_valide": "avertit"})
    write_maquette()
    premier, second = inscription_of(amphi, 1), inscription_of(amphi, 2)
    for un in (premier, second):
        add_ligne(un.interne, "2026-11", service=service(1))
    Derogation.objects.create(inscription=second, motif="DESC", created_at=QUAND)
    start(amphi, T0)
    interdits = {une["poste"]: une["motif"] for une in _mien(amphi, 1)["interdits"]}
    assert interdits == {"1": Motif.HORS_MAQUETTE, "3": Motif.HORS_MAQUETTE}
    assert [une["motif"] for une in _mien(amphi, 1)["avertissements"]] == [Motif.DEJA_VALIDE]
    # Lifted by the ARS; and nothing is checked of whom no parcours is known.
    assert [_mien(amphi, rang)["interdits"] for rang in (2, 3)] == [[], []]
    etat = lire_etat(amphi.pk)[1]
    assert etat.lignes[1].prive.hors_maquette == ("1", "3")
    assert etat.lignes[3].prive.hors_maquette == ()


def test_what_is_chosen_for_a_later_semester_or_owed_by_nobody_closes_no_poste() -> None:
    amphi = make_amphi(internes=2, postes=3)
    write_maquette()
    fini, futur = inscription_of(amphi, 1), inscription_of(amphi, 2)
    add_ligne(fini.interne, "2026-05", service=service(1))
    add_ligne(fini.interne, "2026-11", service=service(2), etat="presume")
    add_ligne(futur.interne, "2027-05", service=service(1))
    juges = judge_postes([fini, futur])
    assert set(juges) == {fini.pk} and juges[fini.pk].hors == ()
    assert juges[fini.pk].valides == ("75000001",)


def _mien(amphi, rang):  # type: ignore[no-untyped-def]
    return read_mien(amphi, amphi.places.get(rang=rang).pk)
