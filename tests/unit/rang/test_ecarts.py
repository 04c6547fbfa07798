"""What differs between two versions of a call list, and why."""

from gradin.domain.rang.ecarts import compare_versions, count_changes


def ligne(ine, rang, **chiffres):
    return {
        "ine": ine,
        "nom": ine,
        "prenom": "P",
        "rang": rang,
        "promotion": 2024,
        "rang_local": rang,
        **chiffres,
    }


AVANT = [ligne("A", 1), ligne("B", 2), ligne("C", 3)]


def test_same_list_differs_for_nobody():
    assert compare_versions(AVANT, [dict(une) for une in AVANT]) == ()


def test_whoever_was_corrected_comes_first_with_the_figure_that_made_it():
    apres = [ligne("B", 1, rang_local=2), ligne("A", 2, rang_local=1), ligne("C", 3, rang_local=9)]
    corrige, *autres = compare_versions(AVANT, apres)
    assert (corrige.ine, corrige.moved, corrige.is_cause) == ("C", False, True)
    assert [(c.champ, c.avant, c.apres) for c in corrige.apportes] == [("rang_local", 3, 9)]
    assert [(e.ine, e.avant, e.apres, e.is_cause) for e in autres] == [("B", 2, 1, False), ("A", 1, 2, False)]


def test_a_figure_computed_from_others_is_told_apart():
    (ecart,) = compare_versions(
        [ligne("A", 1, effectif_theorique=10)], [ligne("A", 1, effectif_theorique=11)]
    )
    assert not ecart.is_cause and not ecart.moved
    assert [c.champ for c in ecart.calcules] == ["effectif_theorique"]


def test_added_and_removed_are_named():
    ajoute, retire = compare_versions([ligne("A", 1)], [ligne("B", 1)])
    assert (ajoute.ine, ajoute.avant, ajoute.apres) == ("B", None, 1)
    assert (retire.ine, retire.avant, retire.apres) == ("A", 1, None)
    assert ajoute.is_cause and retire.is_cause


def test_whoever_was_changed_is_counted_and_all_who_moved_when_nobody_was():
    corrige = [ligne("B", 1, rang_local=2), ligne("A", 2, rang_local=1), ligne("C", 3, rang_local=9)]
    assert count_changes(compare_versions(AVANT, corrige)) == 1
    ex_aequo = [ligne("B", 1, rang_local=2), ligne("A", 2, rang_local=1), ligne("C", 3)]
    assert count_changes(compare_versions(AVANT, ex_aequo)) == 2
    assert count_changes(compare_versions(AVANT, AVANT)) == 0
