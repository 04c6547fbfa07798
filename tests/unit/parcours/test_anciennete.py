"""The seniority that a parcours gives: the cases of rules.md §2, and what waits for the faculty."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradin.domain.parcours.anciennete import (
    Comptage,
    compute_parcours,
    next_semestre,
    previous_semestre,
    semestre_at,
)
from gradin.domain.parcours.modele import EtatSemestre, SemestreVecu, Situation, Source
from gradin.domain.rang.anciennete import compute_anciennete
from gradin.domain.rang.parametres import ParametresRang

VALIDE, PRESUME, NON = EtatSemestre.VALIDE, EtatSemestre.PRESUME, EtatSemestre.NON_VALIDE


def vecus(*situations, depuis="2023-11", etat=VALIDE):
    code = depuis
    for situation in situations:
        yield SemestreVecu(semestre=code, situation=situation, etat=etat)
        code = next_semestre(code)


def anciennete(lignes, pour):
    return compute_anciennete(compute_parcours(lignes, pour).semestres, ParametresRang())


def test_six_validated_and_two_of_research_leave_make_eight():
    six = [Situation.STAGE] * 6 + [Situation.DISPONIBILITE_RECHERCHE] * 2
    assert anciennete(vecus(*six), "2027-11") == 8


def test_a_leave_for_convenience_never_counts():
    lignes = vecus(Situation.STAGE, Situation.SURNOMBRE_NON_VALIDANT, Situation.DISPONIBILITE_CONVENANCES)
    assert anciennete(lignes, "2025-05") == 2


@pytest.mark.parametrize(
    ("semestre", "compte"), [("2026-11", Comptage.PRESUME), ("2026-05", Comptage.ATTENTE)]
)
def test_only_the_running_semester_counts_by_presumption(semestre, compte):
    un = SemestreVecu(semestre=semestre, situation=Situation.STAGE, etat=PRESUME)
    assert compute_parcours([un], "2027-05").lignes[0].comptage is compte


def test_what_the_interne_alone_says_waits_for_the_faculty():
    un = SemestreVecu(semestre="2026-11", situation=Situation.STAGE, etat=PRESUME, source=Source.INTERNE)
    calcule = compute_parcours([un], "2027-05")
    assert (calcule.semestres.valides, calcule.attente) == (0, 1)


def test_a_semester_not_validated_counts_for_a_cause_of_the_code_alone():
    def un(sauve):
        return SemestreVecu(semestre="2025-05", situation=Situation.STAGE, etat=NON, sauve=sauve)

    assert anciennete([un(False)], "2027-05") == 0
    assert anciennete([un(True)], "2027-05") == 1


def test_the_chosen_semester_and_what_follows_do_not_count():
    assert anciennete(vecus(*[Situation.STAGE] * 4, depuis="2026-11"), "2027-05") == 1


def test_a_semester_begins_on_the_second_day_of_its_month():
    jours = (date(2027, 5, 1), date(2027, 5, 2), date(2027, 11, 1), date(2027, 11, 2))
    assert [semestre_at(jour) for jour in jours] == ["2026-11", "2027-05", "2027-05", "2027-11"]


@given(st.lists(st.sampled_from(Situation), max_size=12), st.sampled_from(EtatSemestre))
def test_no_semester_counts_twice_and_none_is_invented(situations, etat):
    lignes = list(vecus(*situations, etat=etat))
    semestres = compute_parcours(lignes, "2031-05").semestres
    assert semestres.valides + semestres.surnombre_non_validant + semestres.recherche <= len(lignes)


@given(st.integers(2000, 2100), st.sampled_from(("05", "11")))
def test_the_semester_before_the_next_one_is_this_one(annee, mois):
    assert previous_semestre(next_semestre(f"{annee}-{mois}")) == f"{annee}-{mois}"
