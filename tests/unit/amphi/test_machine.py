"""Hypothesis drives the engine with every command, forged ones too, under a clock that may jump.

HYPOTHESIS_EXEMPLES multiplies the number of runs (1 in the ordinary run).
"""

import os
from dataclasses import replace
from fractions import Fraction

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from gradin.domain.amphi import commands as c
from gradin.domain.amphi.codec import from_json
from gradin.domain.amphi.depart import LignePrivee
from gradin.domain.amphi.engine import decide, echeance, fold, is_due
from gradin.domain.amphi.facts import ChoixConfirme, Voie
from gradin.domain.amphi.journal import GENESE, write
from gradin.domain.amphi.parametres import Parametres
from gradin.domain.amphi.state import VIDE
from gradin.domain.kernel import Refus
from tests.unit.amphi.appel_reference import Appel
from tests.unit.amphi.lois import check_facts, check_state
from tests.unit.amphi.partie import T0, ligne, poste, salts, session

FOIS = int(os.environ.get("HYPOTHESIS_EXEMPLES", "1"))
N, P = 6, 6
NUMEROS = st.sampled_from([str(i) for i in range(1, P + 2)])
INTERNES = st.integers(1, N)
TYPES = st.sampled_from(list(c.TypeChoix))
MULTIPLICATEURS = st.sampled_from([Fraction(1), Fraction(4, 3), Fraction(3, 2)])
PRIVES = st.builds(
    LignePrivee,
    type_choix=TYPES,
    multiplicateur=MULTIPLICATEURS,
    absence_prevue=st.sampled_from([False, False, False, True]),
    mandataire=st.sampled_from([None, None, "m"]),
    procuration_acceptee=st.booleans(),
)
REGLAGES = st.fixed_dictionaries(
    {
        "surnombre": st.sampled_from(["idf", "cvl", "interdit"]),
        "mode": st.sampled_from(["en_ligne", "en_ligne", "en_salle"]),
        "liste_armee": st.booleans(),
        "demarrage_auto": st.booleans(),
        "surnombres_max_par_service": st.sampled_from([None, 1]),
    }
)
SECOND = {"auteur": "agent:1", "second": "agent:2", "motif": "motif"}
SANS_TOUR = st.one_of(
    st.builds(c.Pauser),
    st.builds(c.Reprendre),
    st.builds(c.ConnecterRetour, interne=INTERNES),
    st.builds(c.DemanderRetour, interne=INTERNES),
    st.builds(c.Replacer, interne=INTERNES),
    st.builds(c.MarquerPresent, interne=INTERNES),
    st.builds(c.MarquerHorsChoix, interne=INTERNES),
    st.builds(c.DemarrerSession),
    st.builds(c.Message, texte=st.just("Bonjour")),
    st.builds(c.RetirerPoste, poste=NUMEROS),
    st.builds(c.AjouterPoste, poste=st.sampled_from([poste(str(P + 1)), poste("1", "S1")])),
    st.builds(c.LeverReserve, poste=NUMEROS),
    st.builds(c.ChangerTypeChoix, interne=INTERNES, type_choix=TYPES),
    st.builds(c.ChangerMultiplicateur, interne=INTERNES, multiplicateur=MULTIPLICATEURS),
    st.builds(c.Coupler, internes=st.tuples(INTERNES, INTERNES)),
    st.builds(c.Decoupler, interne=INTERNES),
    st.builds(c.QuitterCouple, interne=INTERNES),
    st.builds(c.FixerProcuration, interne=INTERNES, mandataire=st.just("m"), acceptee=st.booleans()),
    st.builds(c.AnnulerProcuration, interne=INTERNES),
    st.builds(lambda i, numero: c.CorrigerChoix(interne=i, poste=numero, **SECOND), INTERNES, NUMEROS),
    st.builds(lambda i: c.CorrigerChoix(interne=i, **SECOND), INTERNES),
    st.builds(c.Rattraper),
)


class Amphi(RuleBasedStateMachine):
    """The laws of `lois` hold at every fact; the reference of calls agrees; the journal folds."""

    @initialize(
        prives=st.lists(PRIVES, min_size=N, max_size=N),
        reglages=REGLAGES,
        couples=st.sampled_from([(), ((1, 4),), ((2, 3), (4, 6))]),
        coupe=st.sampled_from([None, 2, 4]),
        tenus=st.sampled_from([(), ("2",)]),
    )
    def start(self, prives, reglages, couples, coupe, tenus):
        self.t, self.etat, self.faits = T0, VIDE, []
        self.presents, self.ailleurs, self.armee = frozenset(range(1, N + 1)), frozenset(), ()
        self.appel = Appel()
        sessions = () if coupe is None else (session(1, 1, coupe), session(2, coupe + 1, N, T0 + 300_000))
        offre = [poste(str(i), f"S{i % 3}") for i in range(1, P)] + [poste(str(P), reserve=["PED"])]
        lignes = [ligne(i, des="PED" if i == 3 else "CAR") for i in range(1, N + 1)]
        self.do(
            c.Demarrer(
                amphi="x",
                parametres=from_json(Parametres, reglages),
                liste=tuple(_with(one, prive) for one, prive in zip(lignes, prives, strict=True)),
                offre=tuple(offre),
                couples=couples,
                sessions=sessions,
                tenus=tenus,
            )
        )

    def do(self, commande):
        """As `handle`: what is due is written even when the command is refused."""
        while is_due(self.etat, self.t):
            self.add(self.decide(c.Echoir()))
        try:
            faits = self.decide(commande)
        except Refus:
            return ()
        self.add(faits)
        return faits

    def decide(self, commande):
        contexte = c.Contexte(
            maintenant=self.t, presents=self.presents, ailleurs=self.ailleurs, armee=self.armee
        )
        return decide(self.etat, commande, contexte)

    def add(self, faits):
        self.appel.read(faits)
        self.faits += faits
        self.etat = check_facts(self.etat, faits)

    @rule(ms=st.sampled_from([1, 50, 900, 14_000, 15_001, 40_000, 92_001, 300_000]))
    def wait(self, ms):
        self.t += ms

    @rule(ms=st.sampled_from([500, 3_600_000]))
    def clock_steps_back(self, ms):
        self.t -= ms

    @rule()
    def clock_looks(self):
        instant = echeance(self.etat)
        if instant is not None:
            self.t = max(self.t, instant)
            avant = self.etat
            self.do(c.Echoir())
            assert self.etat.seq > avant.seq

    @rule(presents=st.frozensets(INTERNES))
    def connections_change(self, presents):
        self.presents = presents

    @rule(interne=INTERNES)
    def affecte_elsewhere(self, interne):
        if interne not in self.etat.choix:
            self.ailleurs |= {interne}

    @rule(armee=st.lists(NUMEROS, max_size=3))
    def arm(self, armee):
        self.armee = tuple(armee)

    @rule(commande=SANS_TOUR)
    def act(self, commande):
        self.do(commande)

    @rule(numero=NUMEROS)
    @precondition(lambda self: self.etat.tour is not None)
    def chooser_confirms(self, numero):
        """By whoever may speak for him, in the open tour."""
        interne = self.etat.tour.interne
        voie = Voie.MANDATAIRE if interne in self.etat.procurations else Voie.INTERNE
        self.confirm(interne, numero, self.etat.tour.tour, self.etat.seq, voie)

    @rule(interne=INTERNES, numero=NUMEROS, ecart=st.integers(-2, 2), voie=st.sampled_from(list(Voie)))
    def somebody_forges(self, interne, numero, ecart, voie):
        """Accepted only when it happens to be exactly what the chooser may do."""
        avant = self.etat
        faits = self.confirm(interne, numero, avant.dernier_tour + ecart, avant.seq, voie)
        if any(isinstance(fait, ChoixConfirme) for fait in faits):
            assert (avant.tour.interne, avant.tour.tour) == (interne, avant.dernier_tour + ecart)
            assert avant.etat == "en_cours"
            procuration = avant.procurations.get(interne)
            assert (voie is Voie.MANDATAIRE) == (procuration is not None)
            assert procuration is None or procuration.acceptee

    def confirm(self, interne, numero, tour, vu, voie):
        commande = c.ConfirmChoix(interne=interne, poste=numero, tour=tour, vu=vu, voie=voie, auteur="m")
        faits = self.do(commande)
        assert not any(isinstance(fait, ChoixConfirme) for fait in self.do(commande))
        return faits

    @rule(quoi=st.sampled_from([c.Passer, c.MarquerAbsent]), ecart=st.sampled_from([0, 0, -1, 1]))
    def skip_twice(self, quoi, ecart):
        """Two clicks end one tour at most."""
        avant = self.etat.statuts
        commande = quoi(tour=self.etat.dernier_tour + ecart, auteur="agent:1")
        self.do(commande)
        apres = self.etat.dernier_tour
        self.do(commande)
        assert self.etat.dernier_tour == apres
        assert len(avant) == len(self.etat.statuts)

    @rule(un=INTERNES, autre=INTERNES, ajout=st.booleans())
    def correct_list(self, un, autre, ajout):
        """Two ranks exchanged, perhaps one interne more at the end."""
        lignes = self.etat.lignes
        if un == autre or len(lignes) > N + 2:
            return
        changees = [
            replace(lignes[un], rang=lignes[autre].rang),
            replace(lignes[autre], rang=lignes[un].rang),
        ]
        suite = [ligne(len(lignes) + 1)] if ajout else []
        self.do(c.CorrigerListe(liste=(*changees, *suite), **SECOND))

    @rule(ms=st.sampled_from([1, 30_000]))
    def prolong(self, ms):
        self.do(c.Prolonger(tour=self.etat.dernier_tour, ms=ms))

    @rule(numero=NUMEROS)
    def choose_for(self, numero):
        commande = c.ChoisirPour(tour=self.etat.dernier_tour, poste=numero, motif="téléphone")
        self.do(commande)

    @rule(ms=st.sampled_from([100, 5_000, 29_000, 31_000, 600_000]))
    def outage(self, ms):
        """The service is down: nothing is decided in between, and the tour keeps what it had."""
        avant, de = self.etat.tour, max(self.t, self.etat.dernier_a)
        if is_due(self.etat, self.t) or self.etat.etat != "en_cours":
            return
        self.t = de + ms
        self.add(self.decide(c.ConstaterPanne(de=de)))
        if avant is not None and self.etat.tour is not None:
            assert self.etat.tour.fin - self.t == avant.fin - de

    @rule()
    @precondition(lambda self: len(self.faits) > 40)
    def close(self):
        self.do(c.Clore(**SECOND))

    @invariant()
    def laws_hold(self):
        check_state(getattr(self, "etat", VIDE))

    def teardown(self):
        """Left alone with its clock the amphi ends; its journal folds to the same state."""
        if not getattr(self, "faits", None):
            return
        self.finish()
        assert self.etat.etat == "clos"
        relu = fold(one.to_fait() for one in write(0, GENESE, self.faits, salts()))
        assert relu == self.etat

    def finish(self):
        """No more faults: an agent resumes, begins the sessions at their hour, passes in a room, closes."""
        self.do(c.Reprendre())
        for _ in range(4 * N):
            self.t = max([self.t, self.etat.dernier_a, echeance(self.etat) or 0])
            self.do(c.Echoir())
            if self.etat.tour is not None and self.etat.parametres.mode == "en_salle":
                self.do(c.Passer(tour=self.etat.dernier_tour, auteur="agent:1"))
            if self.etat.tour is None and not self.etat.session_en_cours:
                self.t = max([self.t, *(one.debut for one in self.etat.sessions)])
                self.do(c.DemarrerSession())
        restants = [i for i, statut in self.etat.statuts.items() if statut in ("a_venir", "en_cours")]
        assert restants == []
        self.do(c.Clore(auteur="agent:1"))


def _with(one, prive):
    return replace(one, prive=prive)


TestAmphi = Amphi.TestCase
TestAmphi.settings = settings(
    max_examples=60 * FOIS,
    stateful_step_count=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
