"""What follows a command by itself: the next session, the next tour."""

from gradin.domain.amphi.appel import next_interne, next_session
from gradin.domain.amphi.commands import SYSTEME, Contexte
from gradin.domain.amphi.evolution import evolve
from gradin.domain.amphi.facts import Acte, HorsChoixConstate, SessionOuverte, TourOuvert, TourPrive
from gradin.domain.amphi.state import Etat, EtatAmphi
from gradin.domain.amphi.temps import is_due
from gradin.domain.kernel import Fait


def enchainer(etat: Etat, contexte: Contexte) -> tuple[tuple[Fait, ...], Etat]:
    """What comes without anybody asking, until a tour is open or nobody can be called; the state then."""
    faits: list[Fait] = []
    while (fait := _next_fact(etat, contexte)) is not None:
        faits.append(fait)
        etat = evolve(etat, fait)
    return tuple(faits), etat


def _next_fact(etat: Etat, contexte: Contexte) -> Fait | None:
    if etat.etat is not EtatAmphi.EN_COURS or etat.tour is not None or etat.parametres.par_voeux:
        return None
    a = etat.maintenant(contexte.maintenant)
    interne = next_interne(etat)
    if interne is None:
        return _open_session(etat, a)
    if interne in contexte.ailleurs:
        return hors_choix_ailleurs(a, interne)
    return _open_tour(etat, interne, a, contexte)


def hors_choix_ailleurs(a: int, interne: int) -> HorsChoixConstate:
    return HorsChoixConstate(a=a, interne=interne, prive=Acte(auteur=SYSTEME, motif="affecté ailleurs"))


def _open_session(etat: Etat, a: int) -> SessionOuverte | None:
    """The next session where it begins by itself (demarrage_auto, or after an overrun)."""
    prochaine = next_session(etat)
    if prochaine is None or not is_due(etat, a):
        return None
    return SessionOuverte(a=a, session=prochaine.session, prive=Acte(auteur=SYSTEME))


def _open_tour(etat: Etat, interne: int, a: int, contexte: Contexte) -> TourOuvert:
    standard = etat.parametres.duree_tour_ms
    sien = int(standard * etat.lignes[interne].prive.multiplicateur)
    prive = TourPrive(
        duree_ms=sien, present=interne in contexte.presents, mandataire=interne in etat.procurations
    )
    return TourOuvert(a=a, tour=etat.dernier_tour + 1, interne=interne, duree_ms=standard, prive=prive)
