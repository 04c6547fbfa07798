"""The order of the call list, its equals and its missing figures."""

import hashlib
import random
from datetime import date
from fractions import Fraction
from functools import cmp_to_key

from hypothesis import given, settings
from hypothesis import strategies as st

from gradin.domain.rang.anciennete import Semestres
from gradin.domain.rang.construction import build_liste
from gradin.domain.rang.liste import Candidat, Departage
from gradin.domain.rang.parametres import ParametresRang, Portee
from gradin.domain.rang.semestre import parse_semestre
from tests.ampleur import times

NOVEMBRE_2022 = parse_semestre("2022-11")
PARAMETRES = ParametresRang(graine="7f3a")


def candidat(
    ine, *, promotion=2019, valides=6, rang=1, effectif=10, ne_le=date(1995, 1, 1), phase=None, compte=None
):
    return Candidat(
        ine=ine,
        promotion=promotion,
        rang_local=rang,
        effectif_local=effectif,
        effectif_compte=compte,
        semestres=Semestres(valides=valides),
        ne_le=ne_le,
        semestres_phase=phase,
    )


def ordre(*candidats, parametres=PARAMETRES):
    return [ligne.ine for ligne in build_liste(NOVEMBRE_2022, candidats, parametres).lignes]


def test_seniority_comes_before_rank():
    assert ordre(candidat("premier", valides=4, rang=1), candidat("ancien", valides=6, rang=10)) == [
        "ancien",
        "premier",
    ]


def test_exact_fractions_decide_where_the_shown_figures_are_equal():
    proches = candidat("a", rang=1000, effectif=3001), candidat("b", rang=999, effectif=2999)
    assert Fraction(999, 2999) < Fraction(1000, 3001)
    assert ordre(*proches) == ["b", "a"]


def test_equal_fractions_are_equal_whatever_the_sizes_they_come_from():
    """In floating point one of the two would often come before the other by the last bit."""
    for rang in range(1, 55):
        jeune = candidat("jeune", promotion=2019, rang=rang, effectif=55)
        vieux = candidat("vieux", promotion=2018, rang=5 * rang, effectif=275)
        autre = candidat("autre", promotion=2017, rang=7 * rang, effectif=385)
        assert ordre(jeune, vieux, autre) == ["autre", "vieux", "jeune"]


def test_older_promotion_parts_equals():
    liste = build_liste(
        NOVEMBRE_2022,
        (
            candidat("jeune", promotion=2019, rang=2, effectif=10),
            candidat("vieux", promotion=2018, rang=1, effectif=5),
        ),
        PARAMETRES,
    )
    assert [ligne.ine for ligne in liste.lignes] == ["vieux", "jeune"]
    assert {ligne.departage for ligne in liste.lignes} == {Departage.PROMOTION}
    assert liste.a_confirmer == ()


def test_smaller_rang_local_parts_equals_of_one_promotion():
    liste = build_liste(
        NOVEMBRE_2022, (candidat("b", rang=4, effectif=20), candidat("a", rang=2, effectif=10)), PARAMETRES
    )
    assert [ligne.ine for ligne in liste.lignes] == ["a", "b"]
    assert liste.a_confirmer == ()


def test_perfect_equals_are_drawn_by_the_published_seed():
    internes = tuple(candidat(f"INE{n}") for n in range(5))
    attendu = sorted(
        (interne.ine for interne in internes),
        key=lambda ine: hashlib.sha256(f"7f3a{ine}".encode()).hexdigest(),
    )
    liste = build_liste(NOVEMBRE_2022, internes, PARAMETRES)
    assert [ligne.ine for ligne in liste.lignes] == attendu
    assert liste.a_confirmer == (tuple(attendu),)
    assert {ligne.departage for ligne in liste.lignes} == {Departage.SORT}


def test_another_seed_may_give_another_order():
    internes = tuple(candidat(f"INE{n}") for n in range(8))
    assert len({tuple(ordre(*internes, parametres=ParametresRang(graine=g))) for g in "abcdef"}) > 1


def test_unknown_birth_date_comes_last_and_is_to_be_confirmed():
    liste = build_liste(NOVEMBRE_2022, (candidat("sans", ne_le=None), candidat("avec")), PARAMETRES)
    assert liste.a_confirmer == (("avec", "sans"),)


def test_missing_rang_local_is_flagged_and_comes_last_of_its_seniority():
    liste = build_liste(
        NOVEMBRE_2022,
        (candidat("sans", rang=None), candidat("dernier", rang=10), candidat("cadet", valides=4)),
        PARAMETRES,
    )
    assert [ligne.ine for ligne in liste.lignes] == ["dernier", "sans", "cadet"]
    assert liste.sans_rang == ("sans",)
    assert liste.lignes[1].rang_actualise is None
    assert liste.a_confirmer == ()


def test_missing_effectif_local_is_counted_over_the_roster_and_flagged():
    liste = build_liste(NOVEMBRE_2022, (candidat("a", effectif=None, compte=12, rang=3),), PARAMETRES)
    assert liste.lignes[0].effectif_local == 12
    assert liste.lignes[0].rang_actualise == Fraction(1, 4)
    assert liste.effectifs_comptes == ("a",)


def test_missing_effectif_local_without_a_roster_is_counted_over_the_list():
    liste = build_liste(
        NOVEMBRE_2022, (candidat("a", effectif=None), candidat("b", effectif=None, rang=2)), PARAMETRES
    )
    assert [ligne.effectif_local for ligne in liste.lignes] == [2, 2]


def test_effectif_theorique_counts_the_list_unless_imposed():
    internes = (candidat("a"), candidat("b", rang=2), candidat("c", valides=7))
    compte = build_liste(NOVEMBRE_2022, internes, PARAMETRES)
    impose = build_liste(NOVEMBRE_2022, internes, ParametresRang(effectifs_imposes=((2019, 43),)))
    assert [ligne.effectif_theorique for ligne in compte.lignes] == [1, 2, 2]
    assert [ligne.effectif_theorique for ligne in impose.lignes] == [1, 43, 43]


def test_seniority_may_be_counted_over_the_current_phase():
    interne = candidat("a", valides=6, phase=Semestres(valides=2))
    liste = build_liste(NOVEMBRE_2022, (interne,), ParametresRang(portee=Portee.PHASE))
    assert liste.lignes[0].anciennete == 2


CANDIDATS = st.lists(
    st.builds(
        candidat,
        ine=st.uuids().map(str),
        promotion=st.integers(2017, 2022),
        valides=st.integers(0, 8),
        rang=st.none() | st.integers(1, 6),
        effectif=st.integers(6, 9),
        ne_le=st.none() | st.dates(date(1994, 1, 1), date(1994, 1, 3)),
    ),
    max_size=12,
)


def compare(one, other):
    """The rule again, written as a chain of comparisons on fractions (second implementation)."""
    (ligne, un), (autre, deux) = one, other
    if ligne.anciennete != autre.anciennete:
        return autre.anciennete - ligne.anciennete
    if ligne.rang_actualise != autre.rang_actualise:
        if None in (ligne.rang_actualise, autre.rang_actualise):
            return 1 if ligne.rang_actualise is None else -1
        return -1 if ligne.rang_actualise < autre.rang_actualise else 1
    if un.promotion != deux.promotion:
        return un.promotion - deux.promotion
    if un.rang_local != deux.rang_local:
        return (un.rang_local or 0) - (deux.rang_local or 0)
    if un.ne_le != deux.ne_le:
        if None in (un.ne_le, deux.ne_le):
            return 1 if un.ne_le is None else -1
        return -1 if un.ne_le < deux.ne_le else 1
    lots = [hashlib.sha256(f"7f3a{c.ine}".encode()).hexdigest() for c in (un, deux)]
    return -1 if lots[0] < lots[1] else 1


@settings(max_examples=times(100))
@given(CANDIDATS)
def test_two_implementations_agree_on_the_order(candidats):
    liste = build_liste(NOVEMBRE_2022, candidats, PARAMETRES)
    by_ine = {c.ine: c for c in candidats}
    paires = [(ligne, by_ine[ligne.ine]) for ligne in liste.lignes]
    assert sorted(paires, key=cmp_to_key(compare)) == paires


@given(CANDIDATS, st.randoms(use_true_random=False))
def test_order_of_the_file_has_no_effect(candidats, hasard: random.Random):
    melange = list(candidats)
    hasard.shuffle(melange)
    assert build_liste(NOVEMBRE_2022, melange, PARAMETRES) == build_liste(
        NOVEMBRE_2022, candidats, PARAMETRES
    )


@given(CANDIDATS)
def test_ranks_are_one_to_n_and_everybody_has_one(candidats):
    liste = build_liste(NOVEMBRE_2022, candidats, PARAMETRES)
    assert [ligne.rang for ligne in liste.lignes] == list(range(1, len(candidats) + 1))
    assert {ligne.ine for ligne in liste.lignes} == {c.ine for c in candidats}
