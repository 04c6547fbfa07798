"""Every state of a small amphi, by the shipped engine, for each policy of surnombre."""

import time
from collections.abc import Callable, Iterator

from assurance.essai import Essai
from assurance.resultat import Resultat, Verdict
from tests.unit.amphi import test_exploration as t
from tests.unit.amphi.exploration import Bilan, explore
from tests.unit.amphi.partie import T0, Partie, ligne, poste

INVARIANTS = "I01–I03, I06–I09, I12–I14, G16"
INJECTE = "every command by everybody in every state, each click twice; pauses, outages, corrections"
POLITIQUES = ("idf", "cvl", "interdit")
# About what one core does in a second; a bound too wide for the time given would never be reached.
ETATS_PAR_SECONDE = 400
Scenario = tuple[str, Callable[[str], Partie], t.Joueurs]


def five(politique: str) -> Partie:
    liste = [ligne(i) for i in range(1, 6)]
    liste[1] = ligne(2, type_choix="surnombre_validant")
    liste[3] = ligne(4, type_choix="surnombre_non_validant")
    offre = [*(poste(str(i), "S") for i in range(1, 4)), poste("4", "R", reserve=["CAR"])]
    return Partie(liste=liste, offre=offre, surnombre=politique, surnombres_max_par_service=1, start=False)


SCENARIOS: tuple[Scenario, ...] = (
    ("late arrivals, pauses", five, t.Joueurs(t.pauses, t.requests, retardataires=(2, 4))),
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
    (
        "couple, procuration",
        lambda politique: Partie(4, 4, start=False, couples=((1, 3),), surnombre=politique),
        t.Joueurs(t.couple_acts, t.procurations, t.requests, t.skips, retardataires=(2,)),
    ),
)


def run(essai: Essai) -> Iterator[Resultat]:
    part = essai.secondes / len(POLITIQUES) / len(SCENARIOS)
    for politique in POLITIQUES:
        debut = time.monotonic()
        bilans = {nom: bounded(make(politique), joueurs, part) for nom, make, joueurs in SCENARIOS}
        yield Resultat(
            nom=f"Exhaustive exploration, policy {politique}",
            invariants=INVARIANTS,
            injecte=INJECTE,
            n=sum(bilan.etats for bilan in bilans.values()),
            unite="states",
            verdict=Verdict.TENU,
            chiffres={nom: str(bilan) for nom, bilan in bilans.items()},
            duree_s=time.monotonic() - debut,
        )


def bounded(partie: Partie, joueurs: t.Joueurs, secondes: float) -> Bilan:
    """The laws of `tests/unit/amphi/lois.py` hold at each fact, or it raises."""
    limite = max(500, int(secondes * ETATS_PAR_SECONDE))
    return explore(partie.demarrage, joueurs, debut=T0, limite=limite)
