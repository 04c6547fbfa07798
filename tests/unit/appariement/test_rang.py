"""By wishes in call rank: the matching under one common order is the choice one by one."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from gradin.domain.appariement.ordres import sort_notes
from gradin.domain.appariement.rang import rank_everywhere
from gradin.domain.appariement.resultat import Issue, explain, pair
from tests.ampleur import times
from tests.unit.appariement.test_appariement import candidat, site, tour, tours


def choose_one_by_one(essai, rangs):
    """The reference: in call rank, the best of his wishes that is still free."""
    restent = {s.code: s.places for s in essai.sites}
    obtenus = {}
    for un in sorted(essai.candidats, key=lambda c: rangs[c.code]):
        libre = next((nom for nom in sort_notes(essai.graine, un) if restent[nom]), None)
        if libre is not None:
            restent[libre] -= 1
            obtenus[un.code] = libre
    return obtenus


@settings(max_examples=times(40), deadline=None)
@given(tours(effectif=6), st.randoms(use_true_random=False))
def test_it_is_the_choice_one_by_one_in_call_rank(essai, hasard):
    ordre = [c.code for c in essai.candidats]
    hasard.shuffle(ordre)
    rangs = {code: 10 * place for place, code in enumerate(ordre, start=1)}
    assert pair(rank_everywhere(essai, rangs)).sites == choose_one_by_one(essai, rangs)


def test_who_has_no_rank_comes_last():
    essai = tour([candidat("ana", chu=5), candidat("bob", chu=5)], [site("chu")])
    par_rang = rank_everywhere(essai, {"bob": 7})
    result = pair(par_rang)
    assert result.sites == {"bob": "chu"}
    (ligne,) = explain(par_rang, result, replace(essai.candidats[0]))
    assert ligne.issue is Issue.MIEUX_CLASSES
