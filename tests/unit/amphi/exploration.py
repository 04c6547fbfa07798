"""Explores every reachable state of a small amphi with the real engine, time reduced to what can matter."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from gradin.domain.amphi import commands as c
from gradin.domain.amphi.engine import decide, is_due
from gradin.domain.amphi.state import VIDE, Etat
from gradin.domain.kernel import Refus
from tests.unit.amphi.lois import check_facts

# (now, command, presents): what somebody may do next, and when.
Geste = tuple[int, c.Commande, frozenset[int]]
Gestes = Callable[[Etat, int], Iterable[Geste]]
# One state after what is due there, by instant and presents: the same for every command.
Echus = dict[tuple[int, frozenset[int]], Etat]


@dataclass
class Bilan:
    etats: int = 0
    transitions: int = 0
    refus: int = 0
    complet: bool = True
    clos: int = 0
    vus: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        suite = "all" if self.complet else "first"
        return f"{suite} {self.etats} states, {self.transitions} transitions, {self.refus} refusals"


def explore(
    demarrage: c.Demarrer, gestes: Gestes, *, debut: int, limite: int, ailleurs=frozenset(), armee=None
) -> Bilan:
    """Breadth first from the start; `limite` bounds the number of states."""
    bilan = Bilan()
    contexte = c.Contexte(maintenant=debut, ailleurs=ailleurs, presents=frozenset(range(1, 99)))
    depart = check_facts(VIDE, decide(VIDE, demarrage, contexte))
    vus, file = {key(depart, debut)}, deque([(depart, debut)])
    while file:
        etat, now = file.popleft()
        bilan.etats += 1
        bilan.clos += etat.etat == "clos"
        echus: Echus = {}
        for geste in gestes(etat, now):
            for suivant in _step(etat, geste, bilan, ailleurs, armee, echus):
                cle = key(suivant, geste[0])
                if cle in vus:
                    continue
                if len(vus) >= limite:
                    bilan.complet = False
                    continue
                vus.add(cle)
                file.append((suivant, geste[0]))
    return bilan


def _step(etat: Etat, geste: Geste, bilan: Bilan, ailleurs, armee, echus: Echus) -> Iterable[Etat]:
    """As `handle`: what is due, then the command; then the same click again, which must change nothing."""
    now, commande, presents = geste
    contexte = c.Contexte(maintenant=now, presents=presents, ailleurs=ailleurs)
    if (now, presents) not in echus:
        echus[now, presents] = _past_due(etat, contexte, bilan, armee)
    apres = echus[now, presents]
    try:
        apres = _decide(apres, commande, contexte, bilan, armee)
    except Refus:
        bilan.refus += 1
        return (apres,) if apres is not etat else ()
    try:
        assert decide(apres, commande, _armed(contexte, apres, armee)) == ()
    except Refus:
        bilan.refus += 1
    return (apres,)


def _past_due(etat: Etat, contexte: c.Contexte, bilan: Bilan, armee) -> Etat:
    while is_due(etat, contexte.maintenant):
        etat = _decide(etat, c.Echoir(), contexte, bilan, armee)
        assert not (etat.tour and is_due(etat, contexte.maintenant))
    return etat


def _decide(etat: Etat, commande: c.Commande, contexte: c.Contexte, bilan: Bilan, armee) -> Etat:
    faits = decide(etat, commande, _armed(contexte, etat, armee))
    bilan.transitions += 1
    bilan.vus.update(type(fait).__name__ for fait in faits)
    return check_facts(etat, faits)


def _armed(contexte: c.Contexte, etat: Etat, armee) -> c.Contexte:
    if not armee or etat.tour is None:
        return contexte
    return c.Contexte(
        maintenant=contexte.maintenant,
        presents=contexte.presents,
        ailleurs=contexte.ailleurs,
        armee=armee.get(etat.tour.interne, ()),
    )


def key(etat: Etat, now: int) -> tuple:
    """What the future depends on: instants from now, alike postes interchangeable, tours not numbered."""
    return (
        etat.etat,
        etat.pause,
        _tour(etat, now),
        tuple(etat.statuts.values()),
        tuple(sorted(etat.causes.items())),
        etat.retours,
        etat.revenus,
        etat.couples,
        etat.couple_attendu,
        etat.rang_atteint if etat.couples else 0,
        _choix(etat),
        etat.retires,
        tuple(ligne.prive.type_choix for ligne in etat.lignes.values()),
        tuple(sorted((i, p.mandataire, p.acceptee) for i, p in etat.procurations.items())),
        (etat.sessions_ouvertes, etat.session_en_cours, etat.rattrapage, etat.deborde),
        max(0, etat.indulgence - now),
        tuple(now >= s.debut for s in etat.sessions),
    )


def _tour(etat: Etat, now: int) -> tuple | None:
    tour = etat.tour
    if tour is None:
        return None
    instant = now if tour.suspendu is None else tour.suspendu
    juge = None if tour.juge is None else tour.juge - instant
    return tour.interne, tour.fin - instant, juge


def _choix(etat: Etat) -> tuple:
    """Postes of one kind renamed in the order of the internes who chose them."""
    noms: dict[str, tuple] = {}
    compte: dict[tuple, int] = {}
    rendu = []
    for interne in sorted(etat.choix):
        choix = etat.choix[interne]
        if choix.poste not in noms:
            offre = etat.postes[choix.poste]
            genre = (offre.service, offre.reserve, choix.poste in etat.tenus)
            compte[genre] = compte.get(genre, 0) + 1
            noms[choix.poste] = (*genre, compte[genre])
        rendu.append((interne, noms[choix.poste], choix.type_choix))
    return tuple(rendu)
