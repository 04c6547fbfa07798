"""Whole amphis played at random by the real engine, and their journals as the verifier reads them."""

import itertools
import json
import random
from collections.abc import Callable, Iterable
from fractions import Fraction

from gradin.domain.amphi import commands as c
from gradin.domain.amphi.depart import LigneListe, PosteOffert, SessionPrevue
from gradin.domain.amphi.facts import Label, Voie
from gradin.domain.amphi.journal import GENESE, LigneJournal, write
from gradin.domain.amphi.state import EtatAmphi, Statut
from gradin.domain.eligibilite.situation import TypeChoix
from gradin.domain.kernel import Fait, Refus
from tests.unit.amphi.partie import T0, Partie, ligne, poste, session

DES = ("CAR", "ONC", "DER")
AGENTS = ("agent:1", "agent:2")
TYPES = (
    TypeChoix.CLASSIQUE,
    TypeChoix.CLASSIQUE,
    TypeChoix.SURNOMBRE_VALIDANT,
    TypeChoix.SURNOMBRE_NON_VALIDANT,
)


def journal(faits: Iterable[Fait], graine: int = 0) -> tuple[LigneJournal, ...]:
    tirage = random.Random(graine)
    sels = (f"{tirage.getrandbits(128):032x}" for _ in itertools.count())
    return write(0, GENESE, faits, sels)


def as_bytes(lignes: Iterable[LigneJournal], *, complet: bool) -> list[bytes]:
    """One line each, as `export-journal` writes them."""
    objets = (ligne.complete() if complet else ligne.publique() for ligne in lignes)
    return [json.dumps(objet, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for objet in objets]


class Hasard:
    """Plays one amphi: people come and go, choose, arrive late; agents do everything they may."""

    def __init__(self, graine: int, internes: int = 8, postes: int = 9, **reglages) -> None:
        self.tirage = random.Random(graine)
        self.internes, self.numero = internes, postes
        liste = self._liste()
        reglages = {**self._reglages(), **reglages}
        couples = ((1, 3), (2, 6)) if self.tirage.random() < 0.5 else ()
        tenus = ("2",) if self.tirage.random() < 0.4 else ()
        self.partie = Partie(
            liste=liste,
            offre=[self._poste(str(i)) for i in range(1, postes + 1)],
            sessions=self._sessions(),
            couples=couples,
            tenus=tenus,
            start=False,
            **reglages,
        )
        self.partie.presents = frozenset(self._some(range(1, internes + 1), 0.8))
        self.partie.do(self.partie.demarrage)
        self.gestes: tuple[Callable[[], c.Commande | None], ...] = self._gestes()

    def _reglages(self) -> dict:
        draw = self.tirage
        return {
            "surnombre": draw.choice(("idf", "idf", "cvl", "interdit")),
            "surnombres_max_par_service": draw.choice((None, 1, 2)),
            "mode": draw.choice(("en_ligne",) * 4 + ("en_salle",)),
            "liste_armee": draw.random() < 0.5,
            "demarrage_auto": draw.random() < 0.5,
            "deja_valide": draw.choice(("refuse", "avertit")),
            "maquette": draw.choice(("refuse", "avertit")),
        }

    def _liste(self) -> list[LigneListe]:
        rangs = self.tirage.sample(range(1, self.internes + 1), self.internes)
        return [self._ligne(i, rang) for i, rang in enumerate(rangs, start=1)]

    def _ligne(self, interne: int, rang: int) -> LigneListe:
        draw = self.tirage
        return ligne(
            interne,
            rang,
            draw.choice(DES),
            type_choix=draw.choice(TYPES),
            multiplicateur=draw.choice((Fraction(1), Fraction(1), Fraction(4, 3), Fraction(133, 100))),
            absence_prevue=draw.random() < 0.1,
            codes=tuple(self._some(("FST1", "DER"), 0.2)),
            valides=tuple(self._some(("S1", "S2"), 0.2)),
            hors_maquette=tuple(self._some(("1", "4"), 0.2)),
            derogation=draw.random() < 0.2,
            mandataire="compte:77" if draw.random() < 0.1 else None,
            procuration_acceptee=draw.random() < 0.7,
            figures=(("rang_actualise", "2330/307"), ("nom du calcul", "théorique")),
        )

    def _poste(self, numero: str) -> PosteOffert:
        draw = self.tirage
        reserve = tuple(self._some((*DES, "FST1"), 0.5)) if draw.random() < 0.3 else ()
        return poste(numero, f"S{draw.randint(1, 4)}", draw.choice(DES), reserve)

    def _sessions(self) -> tuple[SessionPrevue, ...]:
        if self.tirage.random() < 0.3:
            return ()
        coupe = self.internes // 2
        return (session(1, 1, coupe), session(2, coupe + 1, self.internes, T0 + 120_000))

    def _some(self, choices, share: float) -> list:
        return [one for one in choices if self.tirage.random() < share]

    def play(self, coups: int = 150) -> list[Fait]:
        for _ in range(coups):
            self._move_time()
            self._try(self._choose() if self.tirage.random() < 0.35 else self.tirage.choice(self.gestes)())
        self._try(c.Pauser(auteur="agent:1"))
        self._try(c.Reprendre(auteur="agent:1"))
        if self.tirage.random() < 0.7:
            self._try(c.Clore(auteur="agent:1", second="agent:2"))
            self._try(self._corriger())
        return self.partie.faits

    def _move_time(self) -> None:
        draw, partie = self.tirage, self.partie
        partie.t += draw.choice((0, 200, 2_000, 7_000, 16_000, 93_000))
        everybody = range(1, self.internes + 1)
        partie.presents = frozenset(self._some(everybody, draw.choice((0.3, 0.8, 1.0))))
        partie.armee = tuple(draw.sample(list(partie.etat.postes), min(3, len(partie.etat.postes))))
        if draw.random() < 0.02:
            chosen = set(partie.etat.choix)
            partie.ailleurs |= frozenset({draw.choice(list(everybody))} - chosen)
        if draw.random() < 0.7:
            partie.tick()

    def _try(self, commande: c.Commande | None) -> None:
        if commande is None:
            return
        try:
            self.partie.do(commande)
        except Refus:
            return

    def _choose(self) -> c.Commande | None:
        etat = self.partie.etat
        if etat.tour is None:
            return None
        interne = etat.tour.interne
        numero = self.tirage.choice(list(etat.postes))
        procuration = etat.procurations.get(interne)
        if procuration is not None and procuration.acceptee:
            return self.partie.confirm(interne, numero, voie=Voie.MANDATAIRE, auteur=procuration.mandataire)
        return self.partie.confirm(interne, numero)

    def _anyone(self) -> int:
        return self.tirage.randint(1, self.internes)

    def _gestes(self) -> tuple[Callable[[], c.Commande | None], ...]:
        draw, etat = self.tirage, lambda: self.partie.etat
        agent = {"auteur": "agent:1", "motif": "décidé"}
        deux = {**agent, "second": "agent:2"}
        return (
            lambda: c.Pauser(**agent, label=draw.choice(tuple(Label))),
            lambda: c.Reprendre(**agent),
            lambda: c.Reprendre(**agent),
            lambda: c.ConstaterPanne(de=self.partie.t - draw.choice((4_000, 25_000, 45_000, -4_000))),
            lambda: c.ConnecterRetour(interne=self._anyone()),
            lambda: c.ConnecterRetour(interne=self._anyone()),
            lambda: c.DemanderRetour(interne=self._anyone()),
            lambda: c.Replacer(interne=self._anyone(), **agent),
            lambda: c.MarquerPresent(interne=self._anyone(), **agent),
            lambda: c.MarquerHorsChoix(interne=self._anyone(), **agent) if draw.random() < 0.2 else None,
            lambda: c.Passer(tour=etat().dernier_tour, **agent) if draw.random() < 0.3 else None,
            lambda: c.MarquerAbsent(tour=etat().dernier_tour, **agent) if draw.random() < 0.3 else None,
            lambda: c.Prolonger(tour=etat().dernier_tour, ms=30_000, **agent),
            lambda: c.Message(texte="L’amphi reprend à 9 h.", **agent),
            lambda: c.ChoisirPour(
                tour=etat().dernier_tour,
                poste=draw.choice(list(etat().postes)),
                depasser=draw.random() < 0.7,
                **agent,
            ),
            lambda: c.AjouterPoste(poste=self._next_poste(), **agent),
            lambda: c.RetirerPoste(poste=draw.choice(list(etat().postes)), **agent),
            lambda: c.LeverReserve(poste=draw.choice(list(etat().postes)), **agent),
            lambda: c.ChangerTypeChoix(interne=self._anyone(), type_choix=draw.choice(TYPES), **agent),
            lambda: c.ChangerMultiplicateur(interne=self._anyone(), multiplicateur=Fraction(3, 2), **agent),
            lambda: c.FixerProcuration(
                interne=self._anyone(), mandataire="compte:9", acceptee=draw.random() < 0.7, auteur="compte:9"
            ),
            lambda: c.AnnulerProcuration(interne=self._anyone()),
            lambda: c.Coupler(internes=(self._anyone(), self._anyone()), **agent),
            lambda: c.Decoupler(interne=self._anyone(), **agent),
            lambda: c.QuitterCouple(interne=self._anyone()),
            lambda: c.DemarrerSession(**agent),
            lambda: c.DemarrerSession(**agent),
            lambda: c.Rattraper(**agent),
            self._corriger,
            lambda: self._corriger_liste(deux) if draw.random() < 0.3 else None,
        )

    def _next_poste(self) -> PosteOffert:
        retires = list(self.partie.etat.retires)
        if retires and self.tirage.random() < 0.5:
            return self._poste(self.tirage.choice(retires))
        self.numero += 1
        return self._poste(str(self.numero))

    def _corriger(self) -> c.Commande | None:
        choisis = list(self.partie.etat.choix)
        if not choisis:
            return None
        numero = self.tirage.choice([None, *self.partie.etat.postes])
        return c.CorrigerChoix(
            interne=self.tirage.choice(choisis),
            poste=numero,
            auteur="agent:2",
            motif="erreur de saisie",
            second="agent:1",
        )

    def _corriger_liste(self, deux: dict) -> c.Commande:
        lignes = self.partie.etat.lignes
        if self.tirage.random() < 0.5:
            self.internes += 1
            rang = max(one.rang for one in lignes.values()) + 1
            return c.CorrigerListe(liste=(self._ligne(self.internes, rang),), **deux)
        one, other = self.tirage.sample(sorted(lignes), 2)
        return c.CorrigerListe(
            liste=(self._ligne(one, lignes[other].rang), self._ligne(other, lignes[one].rang)), **deux
        )


def statuts_of(partie: Partie) -> set[Statut]:
    return set(partie.etat.statuts.values())


def is_over(partie: Partie) -> bool:
    return partie.etat.etat is EtatAmphi.CLOS
