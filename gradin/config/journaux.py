"""What the log never writes: the links that open something to whoever holds them."""

import logging
import re

# A part of an address as long as our shortest secret (22 signs); no word of our addresses is.
LIEN = re.compile(r"(?<=/)[\w:.=~-]{20,}")


class SansLien(logging.Filter):
    """Django names the address of each refusal and each failure: without what a mail's link has of secret."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if LIEN.search(message):
            record.msg, record.args = LIEN.sub("…", message), ()
        return True
