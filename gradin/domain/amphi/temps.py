"""What is due and when: the only arithmetic of deadlines outside `evolve`."""

from gradin.domain.amphi.appel import next_session
from gradin.domain.amphi.parametres import Mode
from gradin.domain.amphi.state import Etat, EtatAmphi, Tour

# The clock acts this much later, so that a confirm received in time and waiting for the lock wins.
RETARD_HORLOGE = 100


def closing(etat: Etat, tour: Tour) -> int:
    """The last instant at which a confirm of this tour is accepted."""
    return tour.fin + etat.parametres.grace_ms


def is_expired(etat: Etat, tour: Tour, maintenant: int) -> bool:
    return is_timed(etat) and maintenant > closing(etat, tour)


def is_judged(etat: Etat, tour: Tour, maintenant: int) -> bool:
    """The delay to connect is over and nobody has seen him yet."""
    return is_timed(etat) and tour.juge is not None and maintenant > tour.juge


def is_timed(etat: Etat) -> bool:
    """In a room nothing ends by itself."""
    return etat.parametres.mode is Mode.EN_LIGNE


def is_due(etat: Etat, recu: int) -> bool:
    """Something of this amphi ends or begins by itself at `recu`."""
    if etat.etat is not EtatAmphi.EN_COURS:
        return False
    maintenant = etat.maintenant(recu)
    if etat.tour is not None:
        return is_expired(etat, etat.tour, maintenant) or is_judged(etat, etat.tour, maintenant)
    debut = _automatic_start(etat)
    return debut is not None and maintenant >= debut


def echeance(etat: Etat) -> int | None:
    """When the clock must look next; None when nothing will happen by itself."""
    if etat.etat is not EtatAmphi.EN_COURS:
        return None
    tour = etat.tour
    if tour is None:
        return _automatic_start(etat)
    if not is_timed(etat):
        return None
    instants = [closing(etat, tour)] if tour.juge is None else [closing(etat, tour), tour.juge]
    return min(instants) + RETARD_HORLOGE


def _automatic_start(etat: Etat) -> int | None:
    """The hour of the next session when it begins by itself."""
    prochaine = next_session(etat)
    if prochaine is None or etat.session_en_cours or etat.parametres.par_voeux:
        return None
    return prochaine.debut if starts_alone(etat) else None


def starts_alone(etat: Etat) -> bool:
    """Whether the next session begins at its hour without anybody: so set, or after an overrun."""
    return etat.parametres.demarrage_auto or etat.deborde
