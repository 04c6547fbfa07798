"""Servers and readers of a bench: the server has the first core, the readers the last."""

import contextlib
import functools
import os
import resource
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ICI = Path(__file__).parent
RESULTATS = ICI / "results"
TIC = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
# Of those that we may use: a bench that is pinned stays there.
COEURS = sorted(os.sched_getaffinity(0))
TOUS = ",".join(map(str, COEURS))
SERVEUR, CLIENT = str(COEURS[0]), str(COEURS[-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Tour:
    """One event: how many had it, and when (ms after the trigger)."""

    lus: int
    doubles: int
    premier: float
    p50: float
    p99: float
    dernier: float


def stay_aside() -> None:
    """This process is a client: the core of the server is not its own."""
    os.sched_setaffinity(0, {COEURS[-1]})


@functools.cache
def compile_c(nom: str) -> Path:
    """`nom`: the path of the source in bench, without its .c."""
    RESULTATS.mkdir(exist_ok=True)
    cible = RESULTATS / Path(nom).name
    subprocess.run(["cc", "-O2", "-o", str(cible), str(ICI / f"{nom}.c")], check=True)
    return cible


@contextlib.contextmanager
def server(
    commande: Sequence[str],
    url: str,
    coeurs: str = SERVEUR,
    environnement: Mapping[str, str] | None = None,
) -> Iterator["subprocess.Popen[bytes]"]:
    lance = ["taskset", "-c", coeurs, *commande]
    processus = subprocess.Popen(lance, env=environnement or os.environ, stdout=subprocess.DEVNULL)
    try:
        wait_for(url)
        yield processus
    finally:
        processus.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            processus.wait(5)
        # The naive reference waits for its streams for ever.
        processus.kill()
        processus.wait()


def wait_for(url: str, limite_s: float = 60) -> None:
    fin = time.monotonic() + limite_s
    while time.monotonic() < fin:
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(url)


def gradin(port: int) -> list[str]:
    lance = "from gradin.cli.main import main; main()"
    return [sys.executable, "-c", lance, "serve", "--port", str(port)]


def health(port: int) -> str:
    return f"http://127.0.0.1:{port}/sante"


class Lecteurs:
    """N readers in a process of their own; `cookies`: their headers, none for anonymous ones."""

    def __init__(self, port: int, chemin: str, nombre: int, cookies: Sequence[str] = ()) -> None:
        _, dur = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (dur, dur))
        entetes = RESULTATS / f"cookies-{os.getpid()}"
        entetes.write_text("".join(f"{cookie}\n" for cookie in cookies), encoding="ascii")
        commande = [str(compile_c("lecteurs")), str(port), chemin, str(nombre), str(entetes)]
        debut = time.monotonic()
        self._processus = subprocess.Popen(
            ["taskset", "-c", CLIENT, *commande], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        try:
            pret = self._line()
            assert pret == f"pret {nombre}", f"only {pret or 0} of {nombre} readers came in"
        except BaseException:
            self.close()
            raise
        finally:
            entetes.unlink()
        self.admission_s = time.monotonic() - debut

    def begin(self) -> None:
        """The clock of a round starts now."""
        assert self._processus.stdin is not None
        self._processus.stdin.write(f"{time.monotonic_ns()}\n")
        self._processus.stdin.flush()

    def end(self) -> Tour:
        ligne = self._line()
        assert ligne, "a reader was cut off"
        lus, doubles, *us = map(int, ligne.split())
        premier, p50, p99, dernier = (value / 1000 for value in us)
        return Tour(lus=lus, doubles=doubles, premier=premier, p50=p50, p99=p99, dernier=dernier)

    def _line(self) -> str:
        assert self._processus.stdout is not None
        return self._processus.stdout.readline().strip()

    def close(self) -> None:
        self._processus.kill()
        self._processus.wait()

    def __enter__(self) -> "Lecteurs":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def cpu_ms(pid: int) -> float:
    champs = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(champs[11]) + int(champs[12])) * 1000 / TIC


def children_of(pid: int) -> list[int]:
    """The press and the clerk, once they have had something to do."""
    enfants: list[int] = []
    for fil in Path(f"/proc/{pid}/task").iterdir():
        # A thread may end between the two.
        with contextlib.suppress(FileNotFoundError):
            enfants += map(int, (fil / "children").read_text(encoding="ascii").split())
    return enfants


def rss_kib(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * PAGE / 1024
