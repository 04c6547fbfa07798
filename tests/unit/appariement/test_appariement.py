"""The matching of docteurs juniors: stable, best for candidates, explained, computable again."""

from dataclasses import replace
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradin.domain.appariement.campagne import (
    DocteurJunior,
    ReglesAppariement,
    Site,
    TourAppariement,
    find_candidats_insuffisants,
    find_sites_insuffisants,
    notes_required,
)
from gradin.domain.appariement.ordres import sort_notes
from gradin.domain.appariement.publication import (
    PublicationInvalide,
    keep_mutual,
    make_pseudonymes,
    pseudonymise,
    verify_publication,
    write_publication,
)
from gradin.domain.appariement.resultat import Appariement, Issue, explain, find_objections, pair
from tests.ampleur import times

ICI, AILLEURS = "TOURS", "ORLEANS"


def candidat(code, subdivision=ICI, **notes):
    return DocteurJunior(code=code, subdivision=subdivision, notes=notes)


def site(code, places=1, subdivision=ICI, **classements):
    return Site(code=code, subdivision=subdivision, places=places, classements=classements)


def tour(candidats, sites, **regles):
    return TourAppariement(
        candidats=tuple(candidats),
        sites=tuple(sites),
        graine="novembre 2023",
        regles=ReglesAppariement(**regles),
    )


@st.composite
def tours(draw, effectif=4):
    codes = [f"c{i}" for i in range(draw(st.integers(1, effectif)))]
    noms = [f"s{i}" for i in range(draw(st.integers(1, 3)))]
    subdivisions = st.sampled_from([ICI, AILLEURS])
    candidats = [
        candidat(code, draw(subdivisions), **{nom: draw(st.integers(0, 3)) for nom in noms}) for code in codes
    ]
    sites = [
        site(
            nom,
            draw(st.integers(0, 2)),
            draw(subdivisions),
            **{code: draw(st.integers(0, len(codes))) for code in codes},
        )
        for nom in noms
    ]
    return tour(candidats, sites, priorite_locale=draw(st.booleans()))


def all_results(essai):
    """Every way to seat the candidates, each site's first seat going to any of those it holds."""
    offres = [[None, *[s.code for s in essai.sites]] for _ in essai.candidats]
    for sieges in product(*offres):
        sites = {c.code: s for c, s in zip(essai.candidats, sieges, strict=True) if s}
        tenus = {s.code: [c for c in sites if sites[c] == s.code] for s in essai.sites}
        if any(len(tenus[s.code]) > s.places for s in essai.sites):
            continue
        if any(not may_hold(essai, c, sites[c]) for c in sites):
            continue
        premiers = [tenus[s.code] for s in essai.sites if tenus[s.code]]
        choix = product(*premiers) if essai.regles.priorite_locale else [()]
        for locaux in choix:
            yield Appariement(sites=sites, locaux=frozenset(locaux))


def may_hold(essai, code, nom):
    le_candidat = next(c for c in essai.candidats if c.code == code)
    le_site = next(s for s in essai.sites if s.code == nom)
    return le_candidat.notes.get(nom, 0) > 0 and le_site.classements.get(code, 0) > 0


def standing(essai, le_candidat, result):
    ordonnes = sort_notes(essai.graine, le_candidat)
    obtenu = result.sites.get(le_candidat.code)
    return len(ordonnes) if obtenu is None else ordonnes.index(obtenu)


@settings(max_examples=times(40), deadline=None)
@given(tours())
def test_the_result_is_stable_and_no_stable_result_is_better_for_any_candidate(essai):
    result = pair(essai)
    assert not list(find_objections(essai, result))
    for autre in all_results(essai):
        if not any(find_objections(essai, autre)):
            for c in essai.candidats:
                assert standing(essai, c, result) <= standing(essai, c, autre)


@settings(max_examples=times(40), deadline=None)
@given(tours(effectif=3), st.randoms(use_true_random=False))
def test_no_candidate_gains_by_lying(essai, hasard):
    honnete = pair(essai)
    menteur = hasard.choice(essai.candidats)
    noms = [s.code for s in essai.sites]
    for notes in product(range(4), repeat=len(noms)):
        faux = replace(menteur, notes=dict(zip(noms, notes, strict=True)))
        autres = tuple(faux if c.code == menteur.code else c for c in essai.candidats)
        menti = pair(replace(essai, candidats=autres)).sites.get(menteur.code)
        if menti is not None and menteur.notes[menti] > 0:
            vrai = standing(essai, menteur, honnete)
            assert sort_notes(essai.graine, menteur).index(menti) >= vrai


@settings(max_examples=times(30), deadline=None)
@given(tours(effectif=4), st.randoms(use_true_random=False))
def test_the_order_in_which_people_are_entered_changes_nothing(essai, hasard):
    candidats, sites = list(essai.candidats), list(essai.sites)
    hasard.shuffle(candidats)
    hasard.shuffle(sites)
    assert pair(essai).sites == pair(replace(essai, candidats=tuple(candidats), sites=tuple(sites))).sites


def test_an_unstable_result_has_an_objection():
    essai = tour(
        [candidat("ana", chu=5, chr=1), candidat("bob", chu=5, chr=1)],
        [site("chu", ana=1, bob=2), site("chr", ana=1, bob=2)],
        priorite_locale=False,
    )
    envers = Appariement(sites={"ana": "chr", "bob": "chu"}, locaux=frozenset())
    assert [(o.candidat, o.site) for o in find_objections(essai, envers)] == [("ana", "chu")]


def test_the_first_seat_goes_to_a_local_and_the_second_to_the_better_ranked():
    essai = tour(
        [candidat("loin", AILLEURS, chu=5), candidat("ici", ICI, chu=5), candidat("loin2", AILLEURS, chu=5)],
        [site("chu", 2, ICI, loin=1, loin2=2, ici=3)],
    )
    result = pair(essai)
    assert result.sites == {"loin": "chu", "ici": "chu"}
    assert result.locaux == {"ici"}
    assert pair(replace(essai, regles=ReglesAppariement(priorite_locale=False))).sites == {
        "loin": "chu",
        "loin2": "chu",
    }


def test_each_wish_is_explained():
    essai = tour(
        [
            candidat("ana", AILLEURS, chu=5, chr=4, ch=3, clinique=2),
            candidat("bob", chu=5),
            candidat("eve", AILLEURS, chr=5, ch=5),
        ],
        [
            site("chu", 1, ICI, ana=1, bob=2),
            site("chr", eve=1, ana=1),
            site("ch", ana=1),
            site("clinique", ana=2),
        ],
    )
    result = pair(essai)
    issues = {e.site: e.issue for e in explain(essai, result, essai.candidats[0])}
    assert issues["chu"] is Issue.PRIORITE_LOCALE
    assert issues["chr"] in {Issue.TIRAGE, Issue.OBTENU}
    assert issues["clinique"] is Issue.MIEUX_OBTENU
    refus = {e.site: e.issue for e in explain(essai, result, essai.candidats[2])}
    assert refus.get("ch") in {Issue.REFUSE_PAR_LE_SITE, Issue.MIEUX_OBTENU}


def test_a_worse_rank_is_said_with_the_last_rank_taken():
    essai = tour(
        [candidat("ana", chu=5), candidat("bob", chu=5)], [site("chu", ana=1, bob=2)], priorite_locale=False
    )
    (ligne,) = explain(essai, pair(essai), essai.candidats[1])
    assert (ligne.issue, ligne.rang, ligne.dernier_rang) == (Issue.MIEUX_CLASSES, 2, 1)


@pytest.mark.parametrize(("places", "attendu"), [(10, 4), (20, 4), (21, 5), (100, 20)])
def test_how_many_sites_must_be_marked(places, attendu):
    assert notes_required(tour([], [site(f"s{i}") for i in range(places)])) == attendu


def test_who_answered_too_little_is_named():
    essai = tour(
        [candidat("ana", s0=1, s1=1, s2=1, s3=1), candidat("bob", s0=5, s1=0)],
        [site("s0", ana=1, bob=1), *[site(f"s{i}", ana=1) for i in range(1, 5)]],
    )
    assert [(i.code, i.donnes, i.attendus) for i in find_candidats_insuffisants(essai)] == [("bob", 1, 4)]
    assert [i.code for i in find_sites_insuffisants(essai)] == ["s1", "s2", "s3", "s4"]


@pytest.mark.parametrize(
    "faux",
    [
        tour([candidat("ana"), candidat("ana")], []),
        tour([candidat("ana", inconnu=3)], []),
        tour([candidat("ana", chu=6)], [site("chu")]),
        tour([candidat("ana")], [site("chu", bob=1)]),
        tour([], [site("chu", places=-1)]),
    ],
)
def test_an_incoherent_round_is_refused(faux):
    with pytest.raises(ValueError, match=r"."):
        pair(faux)


def random_tour(effectif, nombre):
    hasard = Random(1)
    noms = [f"s{i}" for i in range(nombre)]
    candidats = [
        candidat(f"c{i}", hasard.choice([ICI, AILLEURS]), **{n: hasard.randint(0, 5) for n in noms})
        for i in range(effectif)
    ]
    return tour(
        candidats,
        [site(n, 2, ICI, **{c.code: hasard.randint(0, effectif) for c in candidats}) for n in noms],
    )


def test_the_published_file_is_computed_again_and_any_change_of_it_is_seen():
    clair = random_tour(30, 10)
    essai = pseudonymise(clair, make_pseudonymes(clair, "sel secret"))
    publie = write_publication(essai, pair(essai))
    assert verify_publication(publie) == essai
    un_candidat, un_site = next(iter(pair(essai).sites.items()))
    autre = next(s.code for s in essai.sites if s.code != un_site)
    faux = publie.replace(f'"{un_candidat}": "{un_site}"', f'"{un_candidat}": "{autre}"')
    assert faux != publie
    with pytest.raises(PublicationInvalide, match=un_candidat):
        verify_publication(faux)


@pytest.mark.parametrize(
    "texte",
    ["", "[]", "{}", '{"format": 2}', '{"format": 1}', '{"format": 1, "regles": 3}', "[" * 9999, "9" * 9999],
)
def test_what_is_not_a_round_is_refused_in_words(texte):
    with pytest.raises(PublicationInvalide):
        verify_publication(texte)


@pytest.mark.parametrize(
    ("juste", "odd"),
    [
        ('"places": 2', '"places": "2"'),
        ('"graine": "novembre 2023"', '"graine": null'),
        ('"graine": "novembre 2023"', '"graine": "\\ud800"'),
        ('"part_notee": 20', '"part_notee": []'),
        ('"notes": {', '"notes": null, "autres": {'),
        ('"classements": {', '"classements": [], "autres": {'),
        ('"sites": {\n   "c', '"sites": [], "autres": {\n   "c'),
    ],
)
def test_a_round_of_odd_values_is_refused_in_words(juste, odd):
    essai = random_tour(3, 2)
    publie = write_publication(essai, pair(essai))
    assert juste in publie
    with pytest.raises(PublicationInvalide, match="n’est pas un tour"):
        verify_publication(publie.replace(juste, odd))


def test_no_code_of_a_candidate_or_of_a_site_survives_pseudonymisation():
    clair = random_tour(12, 5)
    essai = pseudonymise(clair, make_pseudonymes(clair, "sel"))
    mots = set(write_publication(essai, pair(essai)).split('"'))
    assert not {*(f"c{i}" for i in range(12)), *(f"s{i}" for i in range(5))} & mots


@settings(max_examples=times(30), deadline=None)
@given(tours())
def test_what_is_published_gives_the_same_result_with_less_in_it(essai):
    reduit = keep_mutual(essai)
    assert pair(reduit) == pair(essai)
    pseudonymes = make_pseudonymes(reduit, "sel")
    publie = pseudonymise(reduit, pseudonymes)
    rendu = pseudonymes.restore(pair(publie))
    assert {c: s for c, s in rendu.sites.items() if may_hold(essai, c, s)} == rendu.sites
    assert all(min(s.classements.values(), default=1) == 1 for s in reduit.sites)
