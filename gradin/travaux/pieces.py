"""What goes with a mail: the attestation of the choice that it tells."""

import logging
import re
import secrets
from collections.abc import Callable
from typing import Any

from gradin.operations.attestations import deliver
from gradin.queries.attestations import find_choice
from gradin.travaux.message import Piece

logger = logging.getLogger(__name__)
CHOIX = re.compile(r"choix-(\d+)-(\d+)")


def pieces_of(cle: str, now: int) -> tuple[Piece, ...]:
    """Nothing for a choice annulled since. An attestation that cannot be made holds back no mail."""
    found = CHOIX.fullmatch(cle)
    affectation = find_choice(int(found[1]), int(found[2])) if found else None
    if affectation is None:
        return ()
    try:
        pdf = deliver(affectation, code=secrets.token_urlsafe(16), maintenant=now, par=_here)
    except Exception:
        logger.exception("outbox: %s leaves without its attestation", cle)
        return ()
    return (Piece(nom="attestation.pdf", contenu=pdf),)


def _here(operation: Callable[..., Any]) -> Callable[..., Any]:
    """The outbox runs outside the writing executor and writes with its own connection."""
    return operation
