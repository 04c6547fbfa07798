"""What goes with a mail: the attestation of the choice that it tells."""

import logging
import re
import secrets
from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import Any

from gradin.operations.attestations import deliver_all
from gradin.queries.attestations import find_choices
from gradin.travaux.message import Piece

logger = logging.getLogger(__name__)
CHOIX = re.compile(r"choix-(\d+)-(\d+)")


def pieces_of(cles: Iterable[str], now: int) -> dict[str, tuple[Piece, ...]]:
    """By key of mail: nothing for a choice annulled since. What cannot be made holds back no mail."""
    found = {cle: (int(choix[1]), int(choix[2])) for cle in cles if (choix := CHOIX.fullmatch(cle))}
    choices = find_choices(found.values())
    pdfs = _delivered(choices.values(), now)
    return {
        cle: (Piece(nom="attestation.pdf", contenu=pdfs[choices[ligne]]),)
        for cle, ligne in found.items()
        if choices.get(ligne) in pdfs
    }


def _delivered(affectations: Collection[int], now: int) -> dict[int, bytes]:
    """Together, which costs hardly more than one; each alone when one of them cannot be made."""
    if not affectations:
        return {}
    try:
        return deliver_all(affectations, code=partial(secrets.token_urlsafe, 16), maintenant=now, par=_here)
    except Exception:
        if len(affectations) == 1:
            logger.exception("outbox: affectation %s: its mail leaves without attestation", *affectations)
            return {}
    return {pk: pdf for one in affectations for pk, pdf in _delivered((one,), now).items()}


def _here(operation: Callable[..., Any]) -> Callable[..., Any]:
    """The outbox runs outside the writing executor and writes with its own connection."""
    return operation
