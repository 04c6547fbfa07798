"""A crowd of readers, from the experiment's side."""

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from assurance.monde import Salle
from gradin.data.amphis.models import Amphi


class Foule:
    """`devant`: what the process is started under, such as another network namespace.

    `options`: more fields of `lecteurs.Demande`.
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
        **options: Any,
    ) -> None:
        self._salle = salle
        demande = {"hote": hote, "port": port, "amphi": salle.amphi.pk, "nombre": nombre}
        demande |= {"coupures": coupures, "graine": graine, **options}
        self._processus = subprocess.Popen(
            [*devant, sys.executable, "-m", "assurance.lecteurs", json.dumps(demande)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._say(head_of(salle))
        assert self._hear() == "pret"

    def judge(self) -> dict[str, Any]:
        """Everybody must now have every line there is."""
        self._say(head_of(self._salle))
        dit: dict[str, Any] = json.loads(self._hear())
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
