"""The first states of small amphis; more of them in `make assurance`."""

from collections.abc import Iterable

import pytest

from gradin.domain.amphi import commands as c
from gradin.domain.amphi.facts import Voie
from gradin.domain.amphi.state import Etat
from tests.ampleur import times
from tests.unit.amphi.exploration import Geste, explore
from tests.unit.amphi.partie import T0, Partie, ligne, poste, session

TOUS = frozenset(range(1, 99))


class Joueurs:
    """What may happen: the choosers' clicks, the clock, and the acts named; `retardataires` may be absent."""

    def __init__(self, *actes, retardataires=()):
        self.actes = actes
        self.absents = TOUS - frozenset(retardataires)
        self.retardataires = retardataires

    def __call__(self, etat: Etat, now: int) -> Iterable[Geste]:
        """Everything now; later, the clock and a confirm that comes then."""
        presences = [TOUS]
        if any(etat.statuts[i] == "a_venir" for i in self.retardataires):
            presences.append(self.absents)
        for presents in presences:
            yield from ((now, commande, presents) for commande in self.commandes(etat, now))
            for instant in self.instants(etat, now):
                yield instant, c.Echoir(), presents
                if etat.tour is not None:
                    yield instant, next(iter(self.choices(etat))), presents

    def instants(self, etat: Etat, now: int) -> list[int]:
        """In the grace; after it; after the judgement of absence; at the hours of the sessions."""
        tour = etat.tour
        instants = [] if tour is not None else [s.debut for s in etat.sessions]
        if tour is not None and tour.suspendu is None:
            ferme = tour.fin + etat.parametres.grace_ms
            instants += [tour.fin + 1, ferme + 1]
            instants += [] if tour.juge is None else [tour.juge + 1]
        return sorted({instant for instant in instants if instant > now})

    def commandes(self, etat: Etat, now: int) -> Iterable[c.Commande]:
        yield c.Echoir()
        if etat.tour is not None:
            yield from self.choices(etat)
        yield from (c.ConnecterRetour(interne=i) for i in self.retardataires)
        for acte in self.actes:
            yield from acte(etat, now)

    def choices(self, etat: Etat) -> Iterable[c.ConfirmChoix]:
        """Each poste by the one choosing; one by somebody else and one in the tour before: always refused."""
        interne, tour = etat.tour.interne, etat.tour.tour
        options = {"tour": tour, "vu": etat.seq}
        for numero in etat.postes:
            yield c.ConfirmChoix(interne=interne, poste=numero, auteur=f"i{interne}", **options)
        autre = interne % len(etat.lignes) + 1
        yield c.ConfirmChoix(interne=autre, poste="1", **options)
        yield c.ConfirmChoix(interne=interne, poste="1", tour=tour - 1, vu=etat.seq)


def pauses(etat, now):
    yield c.Pauser(auteur="agent:1")
    yield c.Reprendre(auteur="agent:1")


def skips(etat, now):
    if etat.tour is not None:
        yield c.Passer(tour=etat.tour.tour, auteur="agent:1")


def requests(etat, now):
    yield from (c.DemanderRetour(interne=i) for i in etat.causes)


def put_back(etat, now):
    yield from (c.Replacer(interne=i, auteur="agent:1") for i in etat.causes)


def presence(etat, now):
    if etat.tour is not None:
        yield c.MarquerAbsent(tour=etat.tour.tour, auteur="agent:1")
    yield from (c.MarquerPresent(interne=i, auteur="agent:1") for i in etat.lignes)


def closing(etat, now):
    yield c.Rattraper(auteur="agent:1")
    yield c.Clore(auteur="agent:1", second="agent:2")


def outages(etat, now):
    if etat.etat == "en_cours":
        yield c.ConstaterPanne(de=now - 20_000)
        yield c.ConstaterPanne(de=now - 60_000)


def corrections(etat, now):
    for i in etat.choix:
        yield c.CorrigerChoix(interne=i, auteur="agent:1", second="agent:2", motif="erreur")


def couple_acts(etat, now):
    yield from (c.QuitterCouple(interne=i) for i in (1, 3))
    yield c.Decoupler(interne=3, auteur="agent:1")
    yield c.MarquerHorsChoix(interne=3, auteur="agent:1")


def procurations(etat, now):
    yield c.FixerProcuration(interne=2, mandataire="m2", acceptee=False)
    yield c.FixerProcuration(interne=2, mandataire="m2", acceptee=True)
    yield c.AnnulerProcuration(interne=2)
    if etat.tour is not None and etat.tour.interne == 2:
        for auteur in ("m2", "intrus"):
            for numero in etat.postes:
                options = {"tour": etat.tour.tour, "vu": etat.seq, "auteur": auteur}
                yield c.ConfirmChoix(interne=2, poste=numero, voie=Voie.MANDATAIRE, **options)


def types(etat, now):
    yield c.ChangerTypeChoix(interne=2, type_choix=c.TypeChoix.SURNOMBRE_NON_VALIDANT, auteur="agent:1")


def run(partie, joueurs, limite, **options):
    bilan = explore(partie.demarrage, joueurs, debut=T0, limite=times(limite), **options)
    print(f"\n{bilan}")
    return bilan


@pytest.mark.parametrize("politique", ["idf", "cvl", "interdit"])
def test_five_internes_four_postes_a_surnombre_a_late_arrival_and_pauses(politique):
    liste = [ligne(i) for i in range(1, 6)]
    liste[1] = ligne(2, type_choix="surnombre_validant")
    offre = [*(poste(str(i), "S") for i in range(1, 4)), poste("4", "R", reserve=["CAR"])]
    partie = Partie(liste=liste, offre=offre, surnombre=politique, start=False)
    bilan = run(partie, Joueurs(pauses, requests, retardataires=(2,)), 2_000)
    assert bilan.etats >= 2_000
    assert {"ChoixConfirme", "TourPasse", "RetourPlace", "PauseTerminee", "ActeReserve"} <= bilan.vus


def small(**options):
    """Three internes, three postes, the second in surnombre."""
    liste = [ligne(1), ligne(2, type_choix="surnombre_validant"), ligne(3)]
    return Partie(liste=liste, postes=3, start=False, **options)


def test_acts_of_the_agent_return_rattrapage_and_close():
    bilan = run(small(), Joueurs(skips, put_back, closing), 1_250)
    assert {"RattrapageOuvert", "AmphiClos", "RetourPlace"} <= bilan.vus
    assert bilan.clos


def test_couple():
    partie = Partie(4, 4, start=False, couples=((1, 3),))
    bilan = run(partie, Joueurs(couple_acts, requests, skips, retardataires=(2,)), 1_000)
    assert {"CoupleDefait", "RetourPlace", "HorsChoixConstate"} <= bilan.vus


def test_procuration():
    bilan = run(small(), Joueurs(procurations, types, retardataires=(2,)), 1_250)
    assert {"ActeReserve", "ChoixConfirme"} <= bilan.vus


def test_armed_list():
    armee = {1: ("1",), 2: ("1", "2"), 3: ("2", "1", "3")}
    bilan = run(small(liste_armee=True), Joueurs(pauses, skips, retardataires=(1, 3)), 1_250, armee=armee)
    assert "ChoixConfirme" in bilan.vus
    assert bilan.complet


def test_later_amphi_of_a_chain():
    joueurs = Joueurs(requests, pauses, retardataires=(2,))
    bilan = run(small(tenus=("1",)), joueurs, 1_250, ailleurs=frozenset({3}))
    assert "TourPasse" in bilan.vus


@pytest.mark.parametrize("politique", ["idf", "cvl"])
def test_in_a_room(politique):
    partie = small(mode="en_salle", surnombre=politique, surnombres_max_par_service=1)
    bilan = run(partie, Joueurs(presence, pauses, closing), 1_250)
    assert {"RetourPlace", "AmphiClos"} <= bilan.vus


def test_two_sessions_with_late_arrivals():
    sessions = (session(1, 1, 2), session(2, 3, 3, T0 + 150_000))

    def begin(etat, now):
        yield c.DemarrerSession(auteur="agent:1")

    partie = small(sessions=sessions)
    bilan = run(partie, Joueurs(begin, requests, pauses, retardataires=(1, 3)), 1_250)
    assert "SessionOuverte" in bilan.vus


def test_outages_and_corrections():
    bilan = run(small(), Joueurs(outages, pauses, corrections, retardataires=(2,)), 750)
    assert {"PanneConstatee", "PauseDebutee", "ChoixAnnule"} <= bilan.vus
