"""A crowd of readers from the experiment's side, and the one who chooses meanwhile."""

import http.client
import json
import select
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from assurance.monde import Connecte, Salle, choose, connect
from gradin.data.amphis.models import Amphi

# What `lecteurs` says in the middle.
COUPES = "coupes"


class Foule:
    """`devant`: what the process is started under, such as another network namespace.

    `depuis`: the line where it begins, when it is not the last. `options`: more fields of `lecteurs.Demande`.
    """

    def __init__(
        self,
        salle: Salle,
        port: int,
        *,
        nombre: int,
        coupures: int,
        graine: int,
        hote: str = "127.0.0.1",
        devant: Sequence[str] = (),
        depuis: int | None = None,
        **options: Any,
    ) -> None:
        self._salle = salle
        self._coupes = False
        demande = {"hote": hote, "port": port, "amphi": salle.amphi.pk, "nombre": nombre}
        demande |= {"coupures": coupures, "graine": graine, **options}
        self._processus = subprocess.Popen(
            [*devant, sys.executable, "-m", "assurance.lecteurs", json.dumps(demande)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._say(head_of(salle) if depuis is None else depuis)
        assert self._hear() == "pret"

    def all_cut(self) -> bool:
        """Whether everybody has had all his cuts."""
        assert self._processus.stdout is not None
        if not self._coupes and select.select([self._processus.stdout], [], [], 0)[0]:
            self._coupes = self._hear() == COUPES
        return self._coupes

    def judge(self) -> dict[str, Any]:
        """Everybody must now have every line there is."""
        self._say(head_of(self._salle))
        dite = self._hear()
        dit: dict[str, Any] = json.loads(self._hear() if dite == COUPES else dite)
        self.close()
        return dit

    def close(self) -> None:
        self._processus.kill()
        self._processus.communicate()

    def _say(self, nombre: int) -> None:
        assert self._processus.stdin is not None
        self._processus.stdin.write(f"{nombre}\n")
        self._processus.stdin.flush()

    def _hear(self) -> str:
        assert self._processus.stdout is not None
        return self._processus.stdout.readline().strip()


def head_of(salle: Salle) -> int:
    return int(Amphi.objects.values_list("seq", flat=True).get(pk=salle.amphi.pk))


def together(dits: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Crowds of the same journal as one."""
    sommes = {nom: sum(dit[nom] for dit in dits) for nom, un in dits[0].items() if isinstance(un, int)}
    return {**sommes, "faits": dits[0]["faits"], "moins_coupe": min(dit["moins_coupe"] for dit in dits)}


def figures(dit: dict[str, Any]) -> dict[str, str]:
    return {
        "readers × facts": f"{dit['lecteurs']} × {dit['faits']}",
        "cuts": str(dit["coupures"]),
        "connections": str(dit["connexions"]),
        "lost": str(dit["perdus"]),
        "doubled": str(dit["doubles"]),
        "out of order": str(dit["desordonnes"]),
        "told to resync": str(dit["resyncs"]),
    }


def wrongs(dit: dict[str, Any]) -> int:
    return int(dit["perdus"] + dit["doubles"] + dit["desordonnes"] + dit["resyncs"])


@dataclass(slots=True)
class Choisisseur:
    """Clicks at each of `ports` in turn until it is answered, with the same key; leaves `reste` internes.

    `repris`: clicks sent again. `acceptes`: (when sent first, when accepted), monotonic seconds, in the
    order of `salle.recus`.
    """

    salle: Salle
    ports: Sequence[int]
    vers: Connecte = connect
    tour: int = 0
    reste: int = 1
    cadence_s: float = 0.25
    repris: int = 0
    refus: int = 0
    acceptes: list[tuple[float, float]] = field(default_factory=list)
    arret: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.arret.wait(self.cadence_s) and self.tour < len(self.salle.jetons) - self.reste:
            self.tour += 1
            debut = time.monotonic()
            while not self._clicked():
                self.repris += 1
                time.sleep(0.2)
            self.acceptes.append((debut, time.monotonic()))

    @property
    def pire_s(self) -> float:
        return max((fin - debut for debut, fin in self.acceptes), default=0.0)

    def _clicked(self) -> bool:
        port = self.ports[(self.tour + self.repris) % len(self.ports)]
        try:
            statut, _ = choose(port, self.salle, self.tour, vers=self.vers)
        except (OSError, http.client.HTTPException, ValueError):
            return False
        self.refus += statut == 409
        return statut in (200, 201, 409)
