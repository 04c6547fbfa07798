"""Closes the préchoix that are over: counts each once, and tells those who took part."""

import logging

from gradin.operations.prechoix.resultat import close_due

logger = logging.getLogger(__name__)


def run_once(now: int) -> int:
    """What cannot be counted must not stop the mails behind it."""
    try:
        return close_due(now)
    except Exception:
        logger.exception("a préchoix could not be counted")
        return 0
