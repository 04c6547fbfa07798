"""What the process plugs in at its start: who sees internes connected, who wants to know of a commit."""

import logging
from collections.abc import Callable

from gradin.domain.amphi.presence import connected
from gradin.domain.amphi.state import Etat

Presences = Callable[[int], frozenset[int]]
Listener = Callable[[int, int], None]

logger = logging.getLogger(__name__)
_presences: list[Presences] = []
_listeners: list[Listener] = []


def register_presence(source: Presences) -> None:
    """`source(amphi_id)`: who is connected, as `connected` reads it. The last registered serves."""
    _presences[:] = [source]


def register_listener(listener: Listener) -> None:
    """`listener(amphi_id, seq)` is called after each commit, in the thread that wrote: it only hands over."""
    if listener not in _listeners:
        _listeners.append(listener)


def unregister_listener(listener: Listener) -> None:
    if listener in _listeners:
        _listeners.remove(listener)


def clear_presence() -> None:
    """Nobody watches: everybody counts as present."""
    _presences.clear()


def presents_of(amphi_id: int, etat: Etat) -> frozenset[int]:
    """In doubt, present: without a source (a command line) nobody is judged absent."""
    if not _presences:
        return frozenset(etat.lignes)
    return connected(_presences[0](amphi_id), etat.procurations)


def tell(amphi_id: int, seq: int) -> None:
    """A listener that fails harms neither the answer nor the others: the journal has the fact."""
    for listener in tuple(_listeners):
        try:
            listener(amphi_id, seq)
        except Exception:
            logger.exception("listener failed for amphi %s at %s", amphi_id, seq)
