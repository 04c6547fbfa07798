"""Call lists and pre-flight against a plain reference run in the same session."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from time import perf_counter

from bench.tableau import Ligne, Tableau
from gradin.domain.eligibilite.situation import Candidat as Eligible
from gradin.domain.eligibilite.situation import Place, Reglement
from gradin.domain.prevol.dossier import Dossier, InternePrevol
from gradin.domain.prevol.rapport import examine_amphi
from gradin.domain.rang.anciennete import Semestres
from gradin.domain.rang.construction import build_liste
from gradin.domain.rang.liste import Candidat
from gradin.domain.rang.parametres import ParametresRang
from gradin.domain.rang.promotion import find_promotion_theorique
from gradin.domain.rang.semestre import parse_semestre

MAI_2027 = parse_semestre("2027-05")
ESSAIS = 7
LISTES_MS = ((1_100, 20), (6_000, 1_000))
PREVOL_MS = 1_000


def make_candidats(nombre: int) -> tuple[Candidat, ...]:
    hasard = random.Random(nombre)
    return tuple(
        Candidat(
            ine=f"{n:010d}",
            promotion=hasard.randint(2021, 2026),
            rang_local=hasard.randint(1, 150),
            effectif_local=hasard.randint(150, 160),
            semestres=Semestres(valides=hasard.randint(0, 9)),
            ne_le=date(hasard.randint(1990, 2000), hasard.randint(1, 12), 3),
        )
        for n in range(nombre)
    )


def sort_fractions(candidats: tuple[Candidat, ...]) -> list[Candidat]:
    """The reference: the same order, fractions compared one by one."""
    theoriques = {c.ine: find_promotion_theorique(MAI_2027, c.semestres.valides) for c in candidats}
    effectifs = Counter(theoriques.values())
    return sorted(
        candidats,
        key=lambda c: (
            -c.semestres.valides,
            Fraction((c.rang_local or 0) * effectifs[theoriques[c.ine]], c.effectif_local or 1),
            c.promotion,
            c.rang_local,
            c.ne_le,
        ),
    )


def make_dossier(internes: int, postes: int) -> Dossier:
    return Dossier(
        amphi=1,
        phase="socle",
        reglement=Reglement(),
        liste_publiee=True,
        internes=tuple(
            InternePrevol(
                nom=str(n), candidat=Eligible(rang=n, codes=frozenset({f"D{n % 20}"})), phase="socle"
            )
            for n in range(internes)
        ),
        postes=tuple(
            Place(
                poste=str(n),
                service=f"S{n // 3}",
                reserve=frozenset({f"D{n % 19}"}) if n % 2 else frozenset(),
            )
            for n in range(postes)
        ),
    )


def best_ms(run: Callable[..., object], *arguments: object) -> float:
    """The best of a few runs: a shared machine only ever adds."""
    times = []
    for _ in range(ESSAIS):
        start = perf_counter()
        run(*arguments)
        times.append((perf_counter() - start) * 1000)
    return min(times)


def tables() -> Iterator[Tableau]:
    yield Tableau(
        titre="call lists and pre-flight",
        reference="the same list by sorted fractions",
        lignes=(
            *(_list(nombre, au_plus) for nombre, au_plus in LISTES_MS),
            Ligne(
                nom="pre-flight of 1100 × 1200",
                valeur=best_ms(examine_amphi, make_dossier(1_100, 1_200)),
                au_plus=PREVOL_MS,
            ),
        ),
    )


def _list(nombre: int, au_plus: float) -> Ligne:
    candidats = make_candidats(nombre)
    return Ligne(
        nom=f"call list of {nombre} internes",
        valeur=best_ms(build_liste, MAI_2027, candidats, ParametresRang(graine="bench")),
        reference=best_ms(sort_fractions, candidats),
        au_plus=au_plus,
    )
