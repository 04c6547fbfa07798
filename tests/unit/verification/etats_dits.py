"""The hash of the state that pauses and closes carry, against the fold of the facts before them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from gradin.domain.amphi.engine import fold
from gradin.domain.amphi.facts import AmphiClos, ListeCorrigee, PauseDebutee, TourPasse
from gradin.domain.amphi.lecture import empreinte
from gradin.domain.amphi.state import VIDE, Etat
from gradin.domain.kernel import Fait

Replay = Callable[[Etat, Fait], Etat]


def replay(etat: Etat, fait: Fait) -> Etat:
    return fold((fait,), etat)


def replay_first(etat: Etat, fait: Fait) -> Etat:
    """As the first golden journals were played: a list corrected was not yet news for whom it concerns."""
    suite = replay(etat, fait)
    return replace(suite, changes=etat.changes) if isinstance(fait, ListeCorrigee) else suite


def said_states(faits: Sequence[Fait], replay: Replay = replay) -> Iterator[tuple[int, bool]]:
    """Number of each line that says a state, and whether replaying what stands before gives that one."""
    etat, avant = VIDE, VIDE
    for n, fait in enumerate(faits, start=1):
        if isinstance(fait, AmphiClos | PauseDebutee):
            # A close says the state that its agent saw: the open tour that it ends comes in between.
            coupe = isinstance(fait, AmphiClos) and isinstance(faits[n - 2], TourPasse)
            yield n, fait.prive.etat in {empreinte(etat), *([empreinte(avant)] if coupe else [])}
        avant, etat = etat, replay(etat, fait)
