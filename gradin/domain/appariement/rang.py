"""The same campaign in rank order: the docteurs juniors choose one after the other by their wishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gradin.domain.appariement.campagne import Site, TourAppariement


def rank_everywhere(tour: TourAppariement, rangs: Mapping[str, int]) -> TourAppariement:
    """Every site takes the candidates in the call rank: the matching is then the choice one by one.

    Serial dictatorship is deferred acceptance under one common order, so that one computation, one check and
    one published form serve both. `rangs`: candidate → rank; who has none comes last and is refused nowhere.
    """
    dernier = len(tour.candidats)
    ordre = sorted((c.code for c in tour.candidats), key=lambda code: (code not in rangs, rangs.get(code, 0)))
    classements = {code: min(place, dernier) for place, code in enumerate(ordre, start=1)}
    sites = tuple(
        Site(code=s.code, subdivision=s.subdivision, places=s.places, classements=classements)
        for s in tour.sites
    )
    return replace(tour, sites=sites, regles=replace(tour.regles, priorite_locale=False))
