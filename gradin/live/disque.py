"""A disk that fails: the process leaves at once, and the next one reads what the disk really holds.

After an fsync that failed the kernel may call its pages clean: a second one that succeeds proves nothing.
A full disk is another thing: nothing was written, the process stays and goes on once there is room.
"""

import logging
import os
import sqlite3

logger = logging.getLogger(__name__)
PANNES = frozenset(
    {
        "SQLITE_IOERR",
        "SQLITE_IOERR_READ",
        "SQLITE_IOERR_SHORT_READ",
        "SQLITE_IOERR_WRITE",
        "SQLITE_IOERR_FSYNC",
        "SQLITE_IOERR_DIR_FSYNC",
        "SQLITE_IOERR_TRUNCATE",
    }
)


def leave_if_disk_failed(erreur: BaseException) -> None:
    """Without any farewell: what was not answered is told by the same key, sent again to the next process."""
    if is_disk_failure(erreur):
        logger.critical("the disk fails: this process stops, to be started again", exc_info=erreur)
        logging.shutdown()
        os._exit(os.EX_IOERR)


def is_disk_failure(erreur: BaseException | None) -> bool:
    """PostgreSQL stops by itself for the same reason: only SQLite writes in this process."""
    while erreur is not None:
        if isinstance(erreur, sqlite3.Error) and getattr(erreur, "sqlite_errorname", "") in PANNES:
            return True
        erreur = erreur.__cause__ or erreur.__context__
    return False
