"""Amphis played at random with faults, judged by the laws, by the fold and by the independent verifier."""

import random
from collections import Counter
from collections.abc import Iterator

from assurance.essai import Essai
from assurance.rares import RARES, look
from assurance.resultat import Resultat, held
from gradin.domain.amphi import commands as c
from gradin.domain.amphi.engine import fold
from gradin.domain.amphi.lecture import empreinte
from gradin.domain.amphi.state import Etat, EtatAmphi
from gradin.domain.kernel import Fait, Refus
from tests.unit.amphi.lois import check_state
from tests.unit.verification.etats_dits import said_states
from tests.unit.verification.simulation import Hasard, as_bytes, journal
from tests.unit.verification.verdict import verdict

INVARIANTS = "I01–I14, I16, I20, I25, I30 in part, G17, G19, G21"
INJECTE = (
    "absences, late clicks around the closing, outages, pauses, nights, two people in one instant; "
    "corrections; every command"
)
MINIMUM = 30
COUPS = 120
NUIT_MS = 15 * 3_600_000
# From so many amphis on, a rare state that was never reached is a fault of this experiment.
ASSEZ = 300


class Orage(Hasard):
    """Time that stops close to where something turns: the closing of a tour, its grace, a pause."""

    def __init__(self, graine: int) -> None:
        tirage = random.Random(graine)
        brefs = {"duree_tour_ms": 20_000, "delai_absence_ms": 60_000} if tirage.random() < 0.1 else {}
        super().__init__(graine, internes=tirage.choice((6, 8)), postes=tirage.choice((3, 4, 6)), **brefs)
        self.vus: Counter[str] = Counter()

    def _move_time(self) -> None:
        super()._move_time()
        if self.partie.etat.tour is not None and self.tirage.random() < 0.01:
            self.partie.ailleurs |= {self.partie.etat.tour.interne}
        tour, partie = self.partie.etat.tour, self.partie
        if tour is None or self.tirage.random() > 0.4:
            return
        ferme = tour.fin + partie.etat.parametres.grace_ms
        vise = self.tirage.choice((tour.fin - 50, tour.fin + 1, tour.fin + 1_900, ferme, ferme + 1))
        partie.t = max(partie.t, vise)

    def _try(self, commande: c.Commande | None) -> None:
        if commande is None:
            return
        clic = self._choose()
        avant, neufs = self.partie.etat, self._looked(commande)
        suivante = self._in_the_same_instant(avant, commande, neufs, clic)
        if suivante is not None:
            self._looked(suivante)
        if self.partie.etat.etat is EtatAmphi.PAUSE:
            self._suspended()

    def _looked(self, commande: c.Commande) -> list[Fait]:
        """Plays it; gives back its facts."""
        avant, depuis, refus = self.partie.etat, len(self.partie.faits), None
        try:
            self.partie.do(commande)
        except Refus as dit:
            refus = dit
        check_state(self.partie.etat)
        neufs = self.partie.faits[depuis:]
        self.vus.update(look(avant, commande, self.partie.t, neufs, refus))
        return neufs

    def _in_the_same_instant(
        self, avant: Etat, commande: c.Commande, neufs: list[Fait], clic: c.Commande | None
    ) -> c.Commande | None:
        """Whoever is second finds there what the first one did, less than 5 ms before."""
        if not neufs or avant.tour is None:
            return None
        self.partie.t += self.tirage.choice((0, 0, 1, 5))
        match commande:
            case c.Pauser() | c.Passer():
                return clic
            case c.ConfirmChoix():
                passer = c.Passer(tour=avant.tour.tour, auteur="agent:1", motif="décidé")
                return self.tirage.choice((None, passer, c.Pauser(auteur="agent:2")))
            case _:
                return None

    def _suspended(self) -> None:
        """The process may be another one meanwhile, which has the journal alone; or the night passes."""
        partie, hasard = self.partie, self.tirage.random()
        if hasard < 0.05:
            partie.etat = fold(partie.faits)
            self._looked(c.ConstaterPanne(de=partie.t - 4_000))
        elif hasard < 0.1:
            partie.t += NUIT_MS
            self._looked(c.Reprendre(auteur="agent:1"))


def run(essai: Essai) -> Iterator[Resultat]:
    hasard = random.Random(essai.graine)
    vus: Counter[str] = Counter()
    fautes: list[str] = []
    amphis = faits = 0
    while amphis < MINIMUM or essai.goes_on():
        graine = hasard.randrange(10**9)
        orage = Orage(graine)
        faits += len(orage.play(COUPS))
        amphis += 1
        vus += orage.vus
        fautes += [f"seed {graine}: {dit}" for dit in wrongs(orage)]
    jamais = [nom for nom in RARES if not vus[nom]]
    fautes += [f"never reached: {nom}" for nom in jamais if amphis >= ASSEZ]
    yield Resultat(
        nom="Seeded simulation",
        invariants=INVARIANTS,
        injecte=INJECTE,
        n=amphis,
        unite="amphis",
        verdict=held(fautes),
        chiffres={
            "facts": str(faits),
            "rare states reached": f"{len(RARES) - len(jamais)} of {len(RARES)}",
            "never reached": ", ".join(jamais) or "none",
        },
        remarque="; ".join(fautes[:3]),
        details=tuple(f"{nom}: {vus[nom]}" for nom in RARES),
        **essai.commun,
    )


def wrongs(orage: Orage) -> Iterator[str]:
    """The journal alone gives the state again; the verifier has no objection at either level."""
    partie = orage.partie
    if empreinte(fold(partie.faits)) != empreinte(partie.etat):
        yield "the fold of the facts is another state"
    for n, juste in said_states(partie.faits):
        if not juste:
            yield f"line {n} says another state than the lines before it give"
    for complet in (False, True):
        dit = verdict(as_bytes(journal(partie.faits), complet=complet))
        if dit is not None:
            yield f"verifier, line {dit[0]}: {dit[1]}"
