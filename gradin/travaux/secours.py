"""Keeps on disk, for each running amphi, what an agent needs to go on with on paper: never a minute old.

`<GRADIN_DATA>/secours/<amphi>/`: etat.html, liste.csv, postes.csv, each replaced whole.
"""

import logging
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from gradin.data.amphis.models import Amphi, EtatAmphi
from gradin.documents.secours import print_secours, write_appel, write_postes
from gradin.queries.regie.secours import read_secours

logger = logging.getLogger(__name__)
PERIODE_MS = 10_000
# Written again without news, so that its hour proves that it is kept.
AGE_MS = 40_000
GARDE_MS = 7 * 24 * 3_600_000
MENAGE_MS = 3_600_000
FICHIERS = (("etat.html", print_secours), ("liste.csv", write_appel), ("postes.csv", write_postes))


class Secours:
    """One per process; two write the same thing. `ecrits`: amphi → (line of the journal, when)."""

    def __init__(self, dossier: Path, write: Callable[[Path, int, int], None]) -> None:
        self._dossier = dossier
        self._write = write
        self._ecrits: dict[int, tuple[int, int]] = {}
        self._prochaine = 0
        self._menage = 0

    def run_once(self, now: int) -> int:
        """How many amphis were written. One that fails stops neither the others nor the mails behind."""
        if now < self._prochaine:
            return 0
        self._prochaine = now + PERIODE_MS
        if now >= self._menage:
            self._menage = now + MENAGE_MS
            self._sweep(now)
        courants = Amphi.objects.filter(etat__in=(EtatAmphi.EN_COURS, EtatAmphi.PAUSE))
        tetes = dict(courants.values_list("pk", "seq"))
        tetes |= {pk: -1 for pk in self._ecrits if pk not in tetes}
        return sum(self._keep(pk, seq, now) for pk, seq in tetes.items())

    def _keep(self, amphi: int, seq: int, now: int) -> bool:
        """`seq` -1: it runs no more, the last state is written once."""
        vu, quand = self._ecrits.get(amphi, (-1, 0))
        if seq >= 0 and vu == seq and now - quand < AGE_MS:
            return False
        try:
            self._write(self._dossier / str(amphi), amphi, now)
        except Exception:
            logger.exception("amphi %s: its state for paper could not be written", amphi)
            return False
        if seq < 0:
            del self._ecrits[amphi]
        else:
            self._ecrits[amphi] = (seq, now)
        return True

    def _sweep(self, now: int) -> None:
        """Names and telephones do not stay on disk after the day."""
        for dossier in self._dossier.glob("*"):
            try:
                if dossier.stat().st_mtime * 1000 < now - GARDE_MS:
                    shutil.rmtree(dossier, ignore_errors=True)
            except OSError:
                logger.exception("%s: its age could not be read", dossier)


def write_secours(dossier: Path, amphi: int, now: int) -> None:
    """For the owner of the process alone; a reader finds the old file or the new one, whole."""
    etat = read_secours(amphi, now)
    dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    for nom, write in FICHIERS:
        neuf = dossier / f".{nom}.{os.getpid()}"
        neuf.write_bytes(write(etat))
        neuf.chmod(0o600)
        neuf.replace(dossier / nom)
