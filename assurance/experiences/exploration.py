"""Every state of a small amphi, by the shipped engine, for each policy of surnombre."""

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor

from assurance.essai import Essai
from assurance.resultat import Resultat, Verdict
from tests.unit.amphi import test_exploration as t
from tests.unit.amphi.exploration import Bilan, explore
from tests.unit.amphi.partie import T0, Partie, ligne, poste

INVARIANTS = "I01–I03, I06–I09, I12–I14, G16"
INJECTE = "every command by everybody in every state, each click twice; pauses, outages, corrections"
POLITIQUES = ("idf", "cvl", "interdit")
# About what one core does in a second; a bound too wide for the time given would never be reached.
ETATS_PAR_SECONDE = 400.0
Scenario = tuple[str, Callable[[str], Partie], t.Joueurs]


def five(politique: str) -> Partie:
    liste = [ligne(i) for i in range(1, 6)]
    liste[1] = ligne(2, type_choix="surnombre_validant")
    liste[3] = ligne(4, type_choix="surnombre_non_validant")
    offre = [*(poste(str(i), "S") for i in range(1, 4)), poste("4", "R", reserve=["CAR"])]
    return Partie(liste=liste, offre=offre, surnombre=politique, surnombres_max_par_service=1, start=False)


# Those that are soon explored whole come first.
SCENARIOS: tuple[Scenario, ...] = (
    (
        "acts of an agent, close, catch-up",
        lambda politique: t.small(surnombre=politique),
        t.Joueurs(t.skips, t.put_back, t.closing, t.pauses, retardataires=(2,)),
    ),
    (
        "outages, corrections",
        lambda politique: t.small(surnombre=politique),
        t.Joueurs(t.outages, t.pauses, t.corrections, t.types, retardataires=(2,)),
    ),
    ("late arrivals, pauses", five, t.Joueurs(t.pauses, t.requests, retardataires=(2, 4))),
    (
        "couple, procuration",
        lambda politique: Partie(4, 4, start=False, couples=((1, 3),), surnombre=politique),
        t.Joueurs(t.couple_acts, t.procurations, t.requests, t.skips, retardataires=(2,)),
    ),
)


def run(essai: Essai) -> Iterator[Resultat]:
    """Each policy in a process of its own, as many at once as there are cores."""
    coeurs = min(len(POLITIQUES), os.cpu_count() or 1)
    part = essai.secondes * coeurs / len(POLITIQUES)
    with ProcessPoolExecutor(coeurs) as processus:
        yield from processus.map(explored, POLITIQUES, [part] * len(POLITIQUES))


def explored(politique: str, secondes: float) -> Resultat:
    debut, bilans, rythme = time.monotonic(), {}, ETATS_PAR_SECONDE
    for i, (nom, make, joueurs) in enumerate(SCENARIOS):
        # What a scenario that was explored whole has left goes to the next ones.
        avant = time.monotonic()
        part = max(0.0, secondes - (avant - debut)) / (len(SCENARIOS) - i)
        bilans[nom] = bounded(make(politique), joueurs, part, rythme)
        rythme = bilans[nom].etats / (time.monotonic() - avant)
    return resultat(politique, bilans, time.monotonic() - debut)


def resultat(politique: str, bilans: dict[str, Bilan], duree_s: float) -> Resultat:
    etats = sum(bilan.etats for bilan in bilans.values())
    return Resultat(
        nom=f"Exhaustive exploration, policy {politique}",
        invariants=INVARIANTS,
        injecte=INJECTE,
        n=etats,
        unite="states",
        verdict=Verdict.TENU,
        chiffres={
            **{nom: str(bilan) for nom, bilan in bilans.items()},
            "rate": f"{etats / duree_s:.0f} states a second on one core, a million in "
            f"{1_000_000 * duree_s / etats / 60:.0f} min",
        },
        duree_s=duree_s,
    )


def bounded(partie: Partie, joueurs: t.Joueurs, secondes: float, rythme: float = ETATS_PAR_SECONDE) -> Bilan:
    """The laws of `tests/unit/amphi/lois.py` hold at each fact, or it raises."""
    limite = max(500, int(secondes * rythme))
    return explore(partie.demarrage, joueurs, debut=T0, limite=limite)
