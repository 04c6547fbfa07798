"""What the log never writes: the links that open something to whoever holds them."""

import logging
import re

# A part of an address as long as our shortest secret (22 signs); no word of our addresses is.
LIEN = re.compile(r"(?<=/)[\w:.=~-]{20,}")


class SansLien(logging.Filter):
    """Django names the address of each refusal and each failure: without what a mail's link has of secret.

    The trace of a failure may repeat an address too; the names of its files are kept.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if LIEN.search(message):
            record.msg, record.args = LIEN.sub("…", message), ()
        if record.exc_info and not record.exc_text:
            trace = logging.Formatter().formatException(record.exc_info)
            record.exc_text = "\n".join(map(_without_lien, trace.split("\n")))
        return True


def _without_lien(ligne: str) -> str:
    return ligne if ligne.startswith('  File "') else LIEN.sub("…", ligne)
