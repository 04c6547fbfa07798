"""What the clerk does in his process (`live/commis.py`), by name; the server itself calls nothing of it."""

from pathlib import Path

from gradin.documents.imprimerie import IMPRIMERIE
from gradin.travaux import outbox, secours


def send_mails(now: int) -> int:
    IMPRIMERIE.stay_here()
    return outbox.run_once(now)


def keep_for_paper(dossier: Path, amphi: int, now: int) -> None:
    secours.write_secours(dossier, amphi, now)
