"""Runs every mutant: first the tests without it, which must pass, then with it, which must fail."""

import re
import time
from collections.abc import Iterator, Sequence

from assurance.mutants.catalogue import MUTANTS
from assurance.mutants.copie import Copie, Jugement, copied
from assurance.mutants.mutation import Mutant, RetoucheImpossible
from assurance.resultat import Resultat, Verdict

# pytest: 1 some tests failed; 2 and more: nothing was judged.
ECHEC = 1
Suite = tuple[tuple[str, ...], str]


def run(magasin: str) -> Resultat:
    """The mutants whose tests run on that store."""
    return run_these([mutant for mutant in MUTANTS if mutant.magasin == magasin], magasin)


def run_these(mutants: Sequence[Mutant], magasin: str) -> Resultat:
    debut = time.monotonic()
    with copied() as copie:
        temoins = dict(unmutated(copie, mutants))
        lignes = list(judged(copie, mutants, temoins))
    tues = sum(tue for _, tue in lignes)
    sains = sum(temoin.code == 0 for temoin in temoins.values())
    return Resultat(
        nom="Mutants",
        invariants="1b: M01–M30, M03b and more",
        injecte="one protection taken away in a copy of the tree; the named tests must fail",
        n=len(lignes),
        unite="mutants",
        magasin=magasin,
        verdict=Verdict.TENU if tues == len(lignes) else Verdict.ROMPU,
        chiffres={"killed": f"{tues} of {len(lignes)}"},
        temoin=f"without a mutant {sains} of {len(temoins)} sets of tests pass",
        details=tuple(ligne for ligne, _ in lignes),
        duree_s=time.monotonic() - debut,
    )


def unmutated(copie: Copie, mutants: Sequence[Mutant]) -> Iterator[tuple[Suite, Jugement]]:
    """Every set of tests without a mutant: those of one store in one go, each apart only if that fails."""
    for magasin in dict.fromkeys(mutant.magasin for mutant in mutants):
        suites = dict.fromkeys(suite_of(mutant) for mutant in mutants if mutant.magasin == magasin)
        tous = tuple(dict.fromkeys(test for tests, _ in suites for test in tests))
        ensemble = copie.judge(tous, magasin)
        print(f"{magasin}, no mutant: {ensemble.dit}", flush=True)
        yield from ((suite, ensemble if not ensemble.code else copie.judge(*suite)) for suite in suites)


def suite_of(mutant: Mutant) -> Suite:
    return mutant.tests, mutant.magasin


def judged(
    copie: Copie, mutants: Sequence[Mutant], temoins: dict[Suite, Jugement]
) -> Iterator[tuple[str, bool]]:
    for mutant in mutants:
        temoin = temoins[suite_of(mutant)]
        if temoin.code:
            yield f"{mutant.nom} not judged, its tests fail without it: {temoin.dit}", False
            continue
        try:
            with copie.mutated(mutant):
                jugement = copie.judge(*suite_of(mutant))
        except RetoucheImpossible as erreur:
            yield f"{mutant.nom} does not apply: {erreur}", False
            continue
        ligne = tell(mutant, jugement)
        print(ligne, f"({jugement.duree_s:.0f} s)", flush=True)
        yield ligne, jugement.code == ECHEC


def tell(mutant: Mutant, jugement: Jugement) -> str:
    if jugement.code == ECHEC:
        fautif = re.search(r"(?:FAILED|ERROR) \S*?(?:::(\S+?))?(?:\[| - |$)", jugement.dit, re.MULTILINE)
        par = fautif.group(1) if fautif and fautif.group(1) else mutant.tests[0]
        return f"{mutant.nom} {mutant.faute} ({mutant.magasin}): killed by `{par}`"
    sort = "SURVIVES" if jugement.code == 0 else f"not judged (pytest says {jugement.code})"
    return f"{mutant.nom} {mutant.faute} ({mutant.magasin}): {sort}"
