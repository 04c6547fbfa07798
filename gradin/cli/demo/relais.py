"""The robots' relay: when an amphi of the demonstration is over, those of the next one sit down."""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from threading import Event, Thread

from django.db import connection

from gradin.queries.demonstration import relais_en_cours
from gradin.queries.relais import AmphiDuRelais

# Time to see that an amphi is over before the next one opens.
ENTRACTE_S = 20
ESSAIS = 3
# Slower than in the first one: these are small, and are there for who comes later.
CADENCE_SUIVANTE = ("--cadence", "9")


class Relais:
    """One process of robots at a time, in this process group: Ctrl+C reaches it too."""

    def __init__(self, port: int, journal: Path) -> None:
        self._url = f"http://127.0.0.1:{port}"
        self._journal = journal
        self._arret = Event()
        self._essais: Counter[int] = Counter()
        self._robots: subprocess.Popen[bytes] | None = None
        self._fil = Thread(target=self._run, name="relais", daemon=True)

    def start(self) -> None:
        self._journal.write_text("", encoding="utf-8")
        self._fil.start()

    def stop(self) -> None:
        self._arret.set()
        if self._robots is None:
            return
        self._robots.terminate()
        try:
            self._robots.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._robots.kill()

    def _run(self) -> None:
        while (suivant := self._next()) is not None and not self._arret.is_set():
            amphi, premier = suivant
            self._essais[amphi.pk] += 1
            self._play(amphi, premier=premier)
            self._arret.wait(ENTRACTE_S)

    def _next(self) -> tuple[AmphiDuRelais, bool] | None:
        """The first not closed; one that its robots could not bring to its end is left after three times."""
        relais = relais_en_cours()
        connection.close()
        a_jouer = [un for un in relais if un.a_jouer and self._essais[un.pk] < ESSAIS]
        return (a_jouer[0], a_jouer[0] is relais[0]) if a_jouer else None

    def _play(self, amphi: AmphiDuRelais, *, premier: bool) -> None:
        attendus = [qui.courriel for qui in amphi.personnes]
        commande = [
            sys.argv[0],
            "run-robots",
            str(amphi.pk),
            "--url",
            self._url,
            *(() if premier else CADENCE_SUIVANTE),
        ]
        with self._journal.open("a", encoding="utf-8") as journal:
            self._robots = subprocess.Popen(
                [*commande, "--attendus", *attendus],
                stdin=subprocess.DEVNULL,
                stdout=journal,
                stderr=subprocess.STDOUT,
            )
        self._robots.wait()
