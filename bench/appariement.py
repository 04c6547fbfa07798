"""The matching beside PyPI's `matching` and `algmatch`, same wishes, same run: `sh bench/run appariement`.

Plain Python on our side, milliseconds of CPU: a shared machine tells nothing by the clock. The references
are given what they solve: one order each side, no first seat.
"""

import os
import random
import sys
import threading
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from time import thread_time

from gradin.domain.appariement.acceptation import SANS_PLACE, defer
from gradin.domain.appariement.campagne import DocteurJunior, ReglesAppariement, Site, TourAppariement
from gradin.domain.appariement.resultat import pair

VOEUX = 20
TAILLES = (1_000, 10_000, 100_000)
# A region has hundreds of docteurs juniors: the whole round is not measured beyond.
ENTIER_JUSQU_A = 10_000
# References take minutes beyond.
REFERENCES_JUSQU_A = int(os.environ.get("GRADIN_BENCH_APPARIEMENT", "1000"))
OBJECTIF_S = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """`voeux[c]`: sites, best first. `ordres[s]`: who asks for it, best first. `places[s]` seats."""

    voeux: list[list[int]]
    ordres: list[list[int]]
    places: list[int]

    @property
    def effectif(self) -> int:
        return len(self.voeux)


def make_instance(effectif: int) -> Instance:
    """One seat for each candidate, ten a site, every site ranking whoever asks for it."""
    hasard, sites = random.Random(effectif), max(VOEUX, effectif // 10)
    voeux = [hasard.sample(range(sites), VOEUX) for _ in range(effectif)]
    ordres: list[list[int]] = [[] for _ in range(sites)]
    for candidat in hasard.sample(range(effectif), effectif):
        for site in voeux[candidat]:
            ordres[site].append(candidat)
    return Instance(voeux=voeux, ordres=ordres, places=[10] * sites)


def run_ours(instance: Instance) -> tuple[float, dict[int, int]]:
    """Deferred acceptance on strict orders."""
    rangs = [{candidat: rang for rang, candidat in enumerate(ordre)} for ordre in instance.ordres]
    guichets = [[(site, rangs[site][c]) for site in siens] for c, siens in enumerate(instance.voeux)]
    debut = thread_time()
    obtenus = defer(guichets, instance.places)
    duree = thread_time() - debut
    return duree, {c: site for c, site in enumerate(obtenus) if site != SANS_PLACE}


def run_whole(instance: Instance) -> float:
    """A whole round: orders from notes, ranks and seed, the matching, its stability checked again."""
    tour = TourAppariement(
        candidats=tuple(
            DocteurJunior(
                code=str(c), subdivision="", notes={str(s): 5 - rang // 4 for rang, s in enumerate(siens)}
            )
            for c, siens in enumerate(instance.voeux)
        ),
        sites=tuple(
            Site(
                code=str(s),
                subdivision="",
                places=instance.places[s],
                classements={str(c): rang for rang, c in enumerate(ordre, start=1)},
            )
            for s, ordre in enumerate(instance.ordres)
        ),
        graine="bench",
        regles=ReglesAppariement(priorite_locale=False),
    )
    debut = thread_time()
    pair(tour)
    return thread_time() - debut


def run_matching(instance: Instance) -> tuple[float, dict[int, int]]:
    from matching.games import HospitalResident  # type: ignore[import-not-found]

    candidats = {f"c{c}": [f"s{s}" for s in siens] for c, siens in enumerate(instance.voeux)}
    sites = {f"s{s}": [f"c{c}" for c in ordre] for s, ordre in enumerate(instance.ordres)}
    places = {f"s{s}": n for s, n in enumerate(instance.places)}
    debut = thread_time()
    solution = HospitalResident.create_from_dictionaries(candidats, sites, places).solve(optimal="resident")
    duree = thread_time() - debut
    return duree, {
        int(un.name[1:]): int(site.name[1:]) for site, retenus in solution.items() for un in retenus
    }


def run_algmatch(instance: Instance) -> tuple[float, dict[int, int]]:
    from algmatch import HospitalResidentsProblem  # type: ignore[import-not-found]

    dictionnaire = {
        "residents": {c + 1: [s + 1 for s in siens] for c, siens in enumerate(instance.voeux)},
        "hospitals": {
            s + 1: {"capacity": instance.places[s], "preferences": [c + 1 for c in ordre]}
            for s, ordre in enumerate(instance.ordres)
        },
    }
    debut = thread_time()
    solution = HospitalResidentsProblem(dictionary=dictionnaire).get_stable_matching()
    duree = thread_time() - debut
    couples = solution["resident_sided"] if solution else {}
    return duree, {int(c[1:]) - 1: int(s[1:]) - 1 for c, s in couples.items() if s}


REFERENCES: tuple[tuple[str, Callable[[Instance], tuple[float, dict[int, int]]]], ...] = (
    ("matching", run_matching),
    ("algmatch", run_algmatch),
)


def main() -> None:
    warnings.simplefilter("ignore")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start\n")
    print(f"| candidates x {VOEUX} wishes | Gradin ms | whole round ms | matching ms (x) | algmatch ms (x) |")
    print("|---|---|---|---|---|")
    for effectif in TAILLES:
        print(line(make_instance(effectif)))
    print(f"\nGoal: 100,000 x {VOEUX} in {OBJECTIF_S * 1000:.0f} ms, plain Python.")


def line(instance: Instance) -> str:
    """Ours is the best of three: a shared machine only ever adds."""
    duree, obtenus = min((run_ours(instance) for _ in range(3)), key=lambda essai: essai[0])
    whole = f"{run_whole(instance) * 1000:.0f}" if instance.effectif <= ENTIER_JUSQU_A else "–"
    cases = [f"{instance.effectif:,}", f"{duree * 1000:.1f}", whole]
    for nom, reference in REFERENCES:
        if instance.effectif > REFERENCES_JUSQU_A:
            cases.append("–")
            continue
        siens, theirs = reference(instance)
        if theirs != obtenus:
            raise SystemExit(f"{nom} gives another result than ours")
        cases.append(f"{siens * 1000:.0f} ({siens / duree:.0f} x)")
    return "| " + " | ".join(cases) + " |"


if __name__ == "__main__":
    # `matching` copies its players from one to the next: Python's usual depth stops it at a thousand.
    sys.setrecursionlimit(2_000_000)
    threading.stack_size(1 << 30)
    banc = threading.Thread(target=main)
    banc.start()
    banc.join()
