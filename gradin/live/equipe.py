"""Several processes on one port (PostgreSQL only): the kernel shares connections, a dead one is replaced."""

import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from types import FrameType

SURVEILLANCE_S = 0.2
# One that dies at once again and again must not burn a core.
REPRISE_S = 1.0
ARRET_S = 10.0


class Equipe:
    """`command(rang)` gives the command line of process `rang`, 1 to `nombre`."""

    def __init__(self, nombre: int, command: Callable[[int], Sequence[str]]) -> None:
        self._command = command
        self._processus = {rang: self._start(rang) for rang in range(1, nombre + 1)}
        self._arret = False

    def run(self) -> int:
        """Until a signal asks to stop; gives back the exit code, that of a process that may not start."""
        for signe in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signe, self._ask_to_stop)
        code = 0
        while not self._arret and not code:
            time.sleep(SURVEILLANCE_S)
            code = self._look()
        self._stop()
        return code

    def _look(self) -> int:
        for rang, processus in self._processus.items():
            code = processus.poll()
            if code is not None and code > 0:
                return code
            if code is not None:
                time.sleep(REPRISE_S)
                self._processus[rang] = self._start(rang)
        return 0

    def _start(self, rang: int) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(self._command(rang))

    def _ask_to_stop(self, signe: int, cadre: FrameType | None) -> None:
        self._arret = True

    def _stop(self) -> None:
        for processus in self._processus.values():
            processus.terminate()
        for processus in self._processus.values():
            try:
                processus.wait(ARRET_S)
            except subprocess.TimeoutExpired:
                processus.kill()
