"""Reference: PyPI's `matching` or `algmatch` on an instance: prints its seconds of CPU, then who got what.

`python -m bench.references.appariement matching 1000`, in an environment that holds requirements/bench.txt.
"""

import json
import sys
import threading
import warnings
from time import thread_time

from bench.references.instances import Instance, make_instance


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


REFERENCES = {"matching": run_matching, "algmatch": run_algmatch}


def main() -> None:
    warnings.simplefilter("ignore")
    duree, couples = REFERENCES[sys.argv[1]](make_instance(int(sys.argv[2])))
    print(json.dumps([duree, sorted(couples.items())]))


if __name__ == "__main__":
    # `matching` copies its players from one to the next: Python's usual depth stops it at a thousand.
    sys.setrecursionlimit(2_000_000)
    threading.stack_size(1 << 30)
    fil = threading.Thread(target=main)
    fil.start()
    fil.join()
