"""Seniority, promotion théorique and the three rescaling methods."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradin.domain.rang.actualise import compute_rang_actualise, show_rang
from gradin.domain.rang.anciennete import Semestres, compute_anciennete
from gradin.domain.rang.parametres import Couverture, MethodeReclassement, ParametresRang
from gradin.domain.rang.promotion import find_promotion_theorique
from gradin.domain.rang.semestre import Saison, Semestre, parse_semestre

SEMESTRES = st.builds(Semestre, annee=st.integers(2000, 2100), saison=st.sampled_from(Saison))


def test_cap_may_cover_the_surnombres_non_validants_too():
    semestres = Semestres(valides=2, surnombre_non_validant=3, recherche=3)
    tous = ParametresRang(couverture=Couverture.RECHERCHE_ET_SURNOMBRE)
    assert compute_anciennete(semestres, ParametresRang()) == 8
    assert compute_anciennete(semestres, tous) == 6


def test_cap_is_a_parameter():
    semestres = Semestres(valides=2, recherche=6)
    assert compute_anciennete(semestres, ParametresRang(plafond=2)) == 4


def test_negative_count_of_semesters_is_refused():
    with pytest.raises(ValueError, match="négatif"):
        Semestres(valides=-1)


@given(SEMESTRES, st.integers(0, 30))
def test_promotion_theorique_is_the_most_recent_that_is_senior_enough(semestre, anciennete):
    promotion = find_promotion_theorique(semestre, anciennete)
    assert semestre.regular_anciennete(promotion) >= anciennete
    assert semestre.regular_anciennete(promotion + 1) < max(anciennete, 0)


@given(SEMESTRES)
def test_promotion_that_has_not_begun_does_not_exist(semestre):
    newest = find_promotion_theorique(semestre, 0)
    assert newest == (semestre.annee if semestre.saison is Saison.HIVER else semestre.annee - 1)


def test_decales_leaves_whoever_stays_in_his_promotion():
    figures = {"rang_local": 80, "effectif_local": 100, "effectif_theorique": 150}
    methode = MethodeReclassement.DECALES
    assert compute_rang_actualise(**figures, decale=False, methode=methode) == 80
    assert compute_rang_actualise(**figures, decale=True, methode=methode) == 120


def test_pourcentage_ignores_the_promotion_theorique():
    rang = compute_rang_actualise(
        rang_local=1, effectif_local=3, effectif_theorique=150, methode=MethodeReclassement.POURCENTAGE
    )
    assert rang == Fraction(1, 3)


@given(st.integers(1, 10_000), st.integers(1, 10_000), st.integers(1, 2_000))
def test_shown_rank_never_exceeds_the_exact_one(rang_local, effectif_local, effectif_theorique):
    rang = compute_rang_actualise(
        rang_local=rang_local, effectif_local=effectif_local, effectif_theorique=effectif_theorique
    )
    shown = Fraction(show_rang(rang))
    assert shown <= rang < shown + Fraction(1, 100)


@pytest.mark.parametrize("code", ["2027", "2027-04", "27-05", "2027-5", "mai 2027", "2027-05 "])
def test_what_is_not_a_semestre_is_refused_with_its_remedy(code):
    with pytest.raises(ValueError, match="par exemple 2027-05"):
        parse_semestre(code)


def test_semestre_reads_and_writes_its_code():
    assert parse_semestre("2027-11").code == "2027-11"
    assert parse_semestre("2027-05").libelle == "mai 2027"
    assert parse_semestre("2027-05").debut.isoformat() == "2027-05-02"
