"""What a choice costs with more amphis and more internes, and an event with more readers."""

import statistics
import time
from collections.abc import Iterator

from bench import processus as p
from bench import tailles
from bench.client import confirm
from bench.monde import AmphiMesure, make_amphi
from bench.rondes import go_round_amphi
from bench.tableau import Ligne, Tableau

PORT = 8436
AMPHIS = (1, 10, 50, 200)
INTERNES = (100, 1_100)
SERIE = 80
# Of the readers: `diffusion` has all of them.
PARTS = (20, 10, 2)
# Of the amphis that only stand there, running.
VOISINS = 30


def tables() -> Iterator[Tableau]:
    yield _by_amphis()
    yield _by_internes()
    yield _by_readers()


def _by_amphis() -> Tableau:
    couts, presents = [], 0
    for nombre in (n for n in AMPHIS if n <= tailles.AMPHIS):
        mesure = make_amphi(1_000 + nombre, 300)
        for k in range(presents, nombre - 1):
            make_amphi(2_000 + k, VOISINS)
        presents = nombre
        couts.append((f"{nombre} running amphis, choice p50", _cost(mesure)))
    return _table("a choice, one after another, by amphis", "one amphi", couts, fois=1.2)


def _by_internes() -> Tableau:
    couts = [(f"{n} internes, choice p50", _cost(make_amphi(3_000 + n, n))) for n in INTERNES]
    return _table(
        "a choice, one after another, by internes",
        f"{INTERNES[0]} internes",
        couts,
        fois=INTERNES[1] / INTERNES[0],
    )


def _by_readers() -> Tableau:
    couts = []
    for part in PARTS:
        nombre = tailles.N // part
        amphi = make_amphi(4_000 + part, max(tailles.TOURS + 10, 300))
        with p.server(p.gradin(PORT), p.health(PORT)) as serveur:
            ronde = go_round_amphi("Gradin", serveur.pid, PORT, amphi, nombre, tailles.TOURS)
        couts.append((f"{nombre} readers, CPU a delivery", 1000 * ronde.cpu / nombre))
    return _table("an event, by readers", f"{tailles.N // PARTS[0]} readers", couts, fois=1.2, unite="µs")


def _table(
    titre: str, reference: str, couts: list[tuple[str, float]], fois: float, unite: str = "ms"
) -> Tableau:
    """The first stands for itself: it has no goal."""
    (premier, nu), *suite = couts
    lignes = (Ligne(nom=nom, valeur=cout, reference=nu, fois=fois, unite=unite) for nom, cout in suite)
    return Tableau(
        titre=titre, reference=reference, lignes=(Ligne(nom=premier, valeur=nu, unite=unite), *lignes)
    )


def _cost(amphi: AmphiMesure) -> float:
    """The first folds the journal: it is not counted."""
    with p.server(p.gradin(PORT), p.health(PORT)):
        confirm(PORT, amphi, 0)
        return statistics.median(_time_ms(amphi, rang) for rang in range(1, SERIE))


def _time_ms(amphi: AmphiMesure, rang: int) -> float:
    debut = time.perf_counter()
    confirm(PORT, amphi, rang)
    return (time.perf_counter() - debut) * 1000
