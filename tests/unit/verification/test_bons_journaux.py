"""I10: every amphi that the engine plays passes the verifier, at both levels."""

from collections import Counter

import pytest

from gradin.domain.amphi import commands as c
from gradin.domain.amphi.facts import FAITS
from tests.ampleur import times
from tests.unit.amphi.partie import Partie, ligne
from tests.unit.verification.simulation import Hasard, as_bytes, journal
from tests.unit.verification.verdict import verdict, verdict_of

LOT = 25


@pytest.mark.parametrize("debut", range(0, times(75), LOT))
def test_an_amphi_played_at_random_passes_at_both_levels(debut: int) -> None:
    for graine in range(debut, debut + LOT):
        lignes = journal(Hasard(graine).play(), graine)
        for complet in (True, False):
            assert verdict(as_bytes(lignes, complet=complet)) is None, f"graine {graine}"


def test_the_random_amphis_hold_every_kind_of_fact() -> None:
    seen = Counter(type(fait).__name__ for graine in range(60) for fait in Hasard(graine).play())
    assert set(seen) == {classe.__name__ for classe in FAITS}


def test_somebody_never_seen_whose_time_is_shorter_than_the_delay_is_lawfully_absent() -> None:
    """A region may set it so; the armed list speaks at the same instant."""
    for armee in (False, True):
        partie = Partie(presents=(), duree_tour_ms=20_000, delai_absence_ms=60_000, liste_armee=armee).after(
            22_101
        )
        partie.armee = ("2",)
        partie.tick()
        assert "ChoixConfirme" in partie.names() if armee else "TourPasse" in partie.names()
        assert verdict_of(partie.faits) is None


def test_every_beginning_of_a_good_journal_is_good() -> None:
    lignes = as_bytes(journal(Hasard(3).play()), complet=True)
    assert all(verdict(lignes[:n]) is None for n in range(1, len(lignes)))


def test_a_choice_by_voeux_passes_at_both_levels() -> None:
    partie = Partie(liste=[ligne(1, 3), ligne(2, 1), ligne(3, 2, absence_prevue=True)], par_voeux=True)
    partie.do(c.ChoisirParVoeux(voeux={1: ("1", "2"), 2: ("1",)}, auteur="agent:1"))
    partie.do(c.Clore(auteur="agent:1"))
    assert partie.etat.choix[1].poste == "2"
    assert verdict_of(partie.faits) is verdict_of(partie.faits, complet=False) is None


def test_an_interne_added_absent_is_not_expected_at_the_public_level() -> None:
    partie = Partie(2)
    ajout = ligne(3, 3, absence_prevue=True)
    partie.do(c.CorrigerListe(liste=(ajout,), auteur="agent:1", motif="oublié", second="agent:2"))
    partie.choose_all("1", "2")
    partie.do(c.Clore(auteur="agent:1"))
    assert verdict_of(partie.faits, complet=False) is None
    assert verdict_of(partie.faits) is None


def test_the_public_level_is_kept_when_asked() -> None:
    lignes = as_bytes(journal(Hasard(3).play()), complet=True)
    assert verdict(lignes, "public") is None


def test_the_complete_level_refuses_a_public_journal() -> None:
    lignes = as_bytes(journal(Hasard(3).play()), complet=False)
    assert verdict(lignes, "complet") == (1, "ce journal n’a pas les parties privées du niveau complet")
