"""An amphi played in memory: the clock is a number, `do` runs what is due first, as `handle` does."""

import itertools

from gradin.domain.amphi import commands as c
from gradin.domain.amphi.codec import from_json
from gradin.domain.amphi.depart import LigneListe, LignePrivee, PosteOffert, SessionPrevue
from gradin.domain.amphi.engine import decide, fold, is_due
from gradin.domain.amphi.parametres import Parametres
from gradin.domain.amphi.state import VIDE, Etat
from gradin.domain.kernel import Fait, Motif, Refus

T0 = 1_806_908_400_000


def ligne(interne: int, rang: int | None = None, des: str = "CAR", **prive) -> LigneListe:
    return LigneListe(interne=interne, rang=rang or interne, des=des, prive=LignePrivee(**prive))


def poste(numero: str, service: str | None = None, des: str = "CAR", reserve=()) -> PosteOffert:
    return PosteOffert(poste=numero, service=service or f"S{numero}", des=des, reserve=tuple(reserve))


def session(numero: int, de: int, a: int, debut: int = T0) -> SessionPrevue:
    return SessionPrevue(session=numero, debut=debut, fin=debut + 600_000, rang_de=de, rang_a=a)


class Partie:
    """`presents` is who is connected now; everybody unless said otherwise."""

    def __init__(self, internes=3, postes=4, *, presents=None, start=True, liste=None, offre=None, **options):
        self.t = T0
        self.etat: Etat = VIDE
        self.faits: list[Fait] = []
        lignes = tuple(liste or (ligne(i) for i in range(1, internes + 1)))
        self.presents = frozenset(presents if presents is not None else (one.interne for one in lignes))
        self.ailleurs: frozenset[int] = frozenset()
        self.armee: tuple[str, ...] = ()
        self.aval_ouvert = False
        reglages = {k: options.pop(k) for k in list(options) if k in Parametres.__slots__}
        self.demarrage = c.Demarrer(
            amphi="2027-05/3/approfondissement",
            parametres=from_json(Parametres, reglages),
            liste=lignes,
            offre=tuple(offre or (poste(str(i)) for i in range(1, postes + 1))),
            auteur="agent:1",
            **options,
        )
        if start:
            self.do(self.demarrage)

    def context(self) -> c.Contexte:
        return c.Contexte(
            maintenant=self.t,
            presents=self.presents,
            ailleurs=self.ailleurs,
            armee=self.armee,
            aval_ouvert=self.aval_ouvert,
        )

    def do(self, commande: c.Commande) -> tuple[Fait, ...]:
        """The facts of the command alone; what was due stays even when it is refused."""
        while is_due(self.etat, self.t):
            self._add(decide(self.etat, c.Echoir(), self.context()))
        faits = decide(self.etat, commande, self.context())
        self._add(faits)
        return faits

    def tick(self) -> list[Fait]:
        """The clock looks."""
        avant = len(self.faits)
        while is_due(self.etat, self.t):
            self._add(decide(self.etat, c.Echoir(), self.context()))
        return self.faits[avant:]

    def refused(self, commande: c.Commande) -> Refus:
        avant = None
        try:
            self.do(commande)
        except Refus as refus:
            avant = refus
        assert avant is not None, f"not refused: {commande}"
        return avant

    def why_not(self, commande: c.Commande) -> Motif:
        return self.refused(commande).motif

    def after(self, ms: int) -> "Partie":
        self.t += ms
        return self

    def choose(self, interne: int, numero: str, **champs) -> tuple[Fait, ...]:
        """Confirms in the open tour, as a page up to date does."""
        return self.do(self.confirm(interne, numero, **champs))

    def confirm(self, interne: int, numero: str, **champs) -> c.ConfirmChoix:
        tour = champs.pop("tour", self.etat.dernier_tour)
        return c.ConfirmChoix(
            interne=interne,
            poste=numero,
            tour=tour,
            auteur=champs.pop("auteur", f"interne:{interne}"),
            **{"vu": self.etat.seq, **champs},
        )

    def choose_all(self, *numeros: str) -> None:
        for numero in numeros:
            self.choose(self.choosing, numero)

    def pass_open(self) -> None:
        self.do(c.Passer(tour=self.etat.dernier_tour, auteur="agent:1"))

    @property
    def choosing(self) -> int | None:
        return None if self.etat.tour is None else self.etat.tour.interne

    def statut(self, interne: int) -> str:
        return self.etat.statuts[interne].value

    def statuts(self) -> list[str]:
        return [self.etat.statuts[i].value for i in sorted(self.etat.statuts)]

    def names(self, faits=None) -> list[str]:
        return [type(fait).__name__ for fait in (self.faits if faits is None else faits)]

    def _add(self, faits: tuple[Fait, ...]) -> None:
        self.faits += faits
        self.etat = fold(faits, self.etat)


def salts():
    """Sels in order: the test's randomness."""
    return (f"{i:032x}" for i in itertools.count(1))
