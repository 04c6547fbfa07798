"""Fan-out: from a trigger to the last of N readers, beside a C loop and what others would take."""

from collections.abc import Iterator, Sequence

from bench import processus as p
from bench import tailles
from bench.monde import make_amphi
from bench.references.paquets import Absente
from bench.references.serveurs import NOMBREUSES, PEU_NOMBREUSES, PLANCHER, Reference
from bench.rondes import Ronde, go_round_amphi
from bench.tableau import Ligne, Tableau

PORT = 8431


def tables() -> Iterator[Tableau]:
    yield compare(1, tailles.PEU, (*NOMBREUSES, *PEU_NOMBREUSES))
    if tailles.N > tailles.PEU:
        yield compare(2, tailles.N, NOMBREUSES)


def compare(numero: int, nombre: int, references: Sequence[Reference]) -> Tableau:
    plancher = PLANCHER.go_round(PORT, nombre, tailles.TOURS)
    nous = _measure_gradin(numero, nombre)
    autres, notes = [], []
    for reference in references:
        try:
            autres.append(reference.go_round(PORT, nombre, tailles.TOURS))
        except (Absente, AssertionError, OSError) as raison:
            notes.append(f"{reference.nom}: not measured, {raison}.")
    return Tableau(
        titre=f"fan-out to {nombre} readers",
        reference=PLANCHER.nom,
        lignes=(*_ours(nous, plancher, nombre), *(ligne for un in autres for ligne in _theirs(un, plancher))),
        notes=tuple(notes),
    )


def _measure_gradin(numero: int, nombre: int) -> Ronde:
    amphi = make_amphi(numero, max(tailles.TOURS + 10, 1_100))
    with p.server(p.gradin(PORT), p.health(PORT)) as serveur:
        return go_round_amphi("Gradin", serveur.pid, PORT, amphi, nombre, tailles.TOURS)


def _ours(nous: Ronde, plancher: Ronde, nombre: int) -> tuple[Ligne, ...]:
    """One choice through the database, as everybody will make it."""
    livraison, nue = (1000 * un.cpu / nombre for un in (nous, plancher))
    return (
        Ligne(nom="Gradin, last reader", valeur=nous.dernier, reference=plancher.dernier, fois=1.5),
        Ligne(nom="Gradin, p99 of the readers", valeur=nous.p99, reference=plancher.p99),
        Ligne(nom="Gradin, first reader", valeur=nous.premier, reference=plancher.premier),
        Ligne(
            nom="Gradin, slowest reader of any event", valeur=nous.pire, reference=plancher.pire, au_plus=200
        ),
        Ligne(nom="Gradin, CPU a delivery", valeur=livraison, unite="µs", reference=nue, au_plus=9),
        Ligne(nom="Gradin, memory a connection", valeur=nous.chacun, unite="KiB", au_plus=12),
        Ligne(nom="Gradin, memory of the process", valeur=nous.memoire * 1.024e-3, unite="MB", au_plus=400),
        Ligne(nom="Gradin, events lost", valeur=nous.perdus, unite="", au_plus=0),
        Ligne(nom="Gradin, events doubled", valeur=nous.doubles, unite="", au_plus=0),
        Ligne(nom="Gradin, readers admitted a second", valeur=nombre / nous.admission_s, unite="/s"),
    )


def _theirs(autre: Ronde, plancher: Ronde) -> tuple[Ligne, ...]:
    perdus = f", {autre.perdus} lost" if autre.perdus else ""
    return (
        Ligne(nom=f"{autre.nom}, last reader{perdus}", valeur=autre.dernier, reference=plancher.dernier),
        Ligne(nom=f"{autre.nom}, slowest of any event", valeur=autre.pire, reference=plancher.pire),
    )
