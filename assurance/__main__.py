"""`make assurance`: every experiment, then the report. `python -m assurance NOM…` runs those alone.

GRADIN_ASSURANCE_MINUTES: how long in all, about (30). GRADIN_ASSURANCE_GRAINE: the seed, else drawn, and
printed in any case.
"""

import os
import random
import subprocess
import sys
from collections.abc import Sequence

from assurance.catalogue import EXPERIENCES, Experience
from assurance.rapport import DOSSIER, result_of, write_rapport
from assurance.resultat import read_resultats


def main(noms: Sequence[str]) -> int:
    inconnus = set(noms) - {une.nom for une in EXPERIENCES} - {"rapport"}
    if inconnus:
        print(f"unknown: {', '.join(sorted(inconnus))}; known: {', '.join(une.nom for une in EXPERIENCES)}")
        return 2
    minutes = float(os.environ.get("GRADIN_ASSURANCE_MINUTES", "30"))
    graine = int(os.environ.get("GRADIN_ASSURANCE_GRAINE") or random.SystemRandom().randrange(10**9))
    if list(noms) == ["rapport"]:
        write_rapport()
        return 0
    print(f"seed {graine}, about {minutes:g} minutes", flush=True)
    unite = minutes * 60 / sum(une.poids * len(une.magasins) for une in EXPERIENCES)
    DOSSIER.mkdir(exist_ok=True)
    jouees = [une for une in EXPERIENCES if not noms or une.nom in noms]
    mauvais: list[str] = []
    for une in jouees:
        mauvais += play(une, unite * une.poids, graine)
        # Written after each: what ran is told even when the run is stopped.
        write_rapport()
    print(f"not held: {', '.join(mauvais)}" if mauvais else "all that ran held")
    return 1 if mauvais else 0


def play(experience: Experience, secondes: float, graine: int) -> list[str]:
    """On each of its stores, in a process of its own; gives back the names of what did not hold."""
    mauvais = []
    for magasin in experience.magasins:
        fichier = result_of(experience.nom, magasin)
        fichier.unlink(missing_ok=True)
        commande = [sys.executable, "-m", "assurance.un", experience.nom, magasin]
        subprocess.run([*commande, str(secondes), str(graine), str(fichier)], check=False)
        lus = read_resultats(fichier) if fichier.exists() else []
        for un in lus:
            print(f"{un.verdict:11} {un.nom} [{un.magasin}] {un.n} {un.unite} {un.chiffres}", flush=True)
        mauvais += [un.nom for un in lus if not un.bon] + ([] if lus else [f"{experience.nom} ({magasin})"])
    return mauvais


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
