"""What an accepted demand changes: the choice of each semestre, and the seniority (rules.md §2)."""

from datetime import date

import pytest

from gradin.domain.demandes.effets import (
    anciennete_after,
    effets_of,
    explain,
    last_day,
    research_before,
)
from gradin.domain.demandes.natures import DEMARCHES, Decompte, Disponibilite, Nature, decompte_of, titre_of
from gradin.domain.rang.anciennete import Semestres
from gradin.domain.rang.parametres import ParametresRang

PARAMETRES = ParametresRang()


def after(nature: Nature, forme: str, duree: int, **semestres: int) -> int:
    effets = effets_of(nature, forme, "2027-05", duree)
    return anciennete_after(Semestres(**semestres), effets, PARAMETRES)


def test_six_validated_and_two_of_disponibilite_for_research_make_eight() -> None:
    assert after(Nature.DISPONIBILITE, Disponibilite.RECHERCHE, 2, valides=6) == 8


def test_a_disponibilite_for_convenience_never_counts() -> None:
    assert after(Nature.DISPONIBILITE, Disponibilite.CONVENANCES, 2, valides=1, surnombre_non_validant=1) == 2


def test_research_counts_up_to_four_in_all() -> None:
    assert after(Nature.ANNEE_RECHERCHE, "", 2, valides=3, recherche=3) == 7


def test_only_research_counts_among_the_disponibilites() -> None:
    comptent = [un for un in Disponibilite if decompte_of(Nature.DISPONIBILITE, un) is Decompte.RECHERCHE]
    assert comptent == [Disponibilite.RECHERCHE]


def test_a_year_is_two_semesters_in_a_row_and_he_chooses_for_neither() -> None:
    effets = effets_of(Nature.ANNEE_RECHERCHE, "", "2027-11", 2)
    assert [(un.semestre, un.absent) for un in effets] == [("2027-11", True), ("2028-05", True)]


@pytest.mark.parametrize(("semestre", "faits"), [("2027-05", 0), ("2027-11", 1), ("2028-05", 2)])
def test_a_semestre_of_research_counts_at_the_choice_that_follows_it(semestre: str, faits: int) -> None:
    assert research_before(effets_of(Nature.ANNEE_RECHERCHE, "", "2027-05", 2), semestre) == faits


def test_remords_and_derogation_leave_the_choice_as_it_is() -> None:
    presents = {un for un, demarche in DEMARCHES.items() if not demarche.absent}
    assert presents == {Nature.REMORDS, Nature.DEROGATION_DESC}


def test_the_last_day_is_counted_back_from_the_second_of_the_month() -> None:
    assert last_day("2027-05", 120) == date(2027, 1, 2)


def test_each_kind_says_the_choice_then_the_seniority() -> None:
    for nature, demarche in DEMARCHES.items():
        phrases = explain(effets_of(nature, "", "2027-05", demarche.durees[0]), 4)
        assert len(phrases) == 2 and phrases[1].startswith("Ancienneté")
    assert titre_of(Nature.DISPONIBILITE, "etranger").endswith("(stage de formation à l’étranger)")
