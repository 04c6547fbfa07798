"""A real `gradin serve` over the store of the running test: started, killed, asked by tests of any kind."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
LANCE = "from gradin.cli.main import main; main()"
ATTENTE_S = 120.0


def free_port() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


def store_url() -> str:
    """The database that this test writes."""
    nom = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{nom}"
    return urlsplit(os.environ["GRADIN_DATABASE_URL"])._replace(path=f"/{nom}").geturl()


class Serveur:
    """One process. `settings`: a module of settings; variables of the environment come by name.

    `lance`: the program, when it is not the shipped one as it is. `adresse`: where it listens.
    `options`: more words of `gradin serve`.
    """

    def __init__(
        self,
        settings: str = "tests.settings_serveur",
        lance: str = LANCE,
        adresse: str = "127.0.0.1",
        options: tuple[str, ...] = (),
        **variables: str,
    ) -> None:
        self._lance = lance
        self._adresse = adresse
        self._options = options
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": settings,
            "GRADIN_DATABASE_URL": store_url(),
            **variables,
        }
        self.processus: subprocess.Popen[bytes] | None = None

    def start(self) -> "Serveur":
        commande = [sys.executable, "-c", self._lance, "serve", "--port", str(self.port)]
        commande += ["--adresse", self._adresse, *self._options]
        self.processus = subprocess.Popen(commande, cwd=ROOT, env=self._env, stdout=subprocess.DEVNULL)
        self._wait()
        return self

    def _wait(self) -> None:
        limite = time.monotonic() + ATTENTE_S
        # One client: each new one reads the machine's certificates, which costs more than the question.
        with httpx.Client() as client:
            while time.monotonic() < limite:
                assert self.processus is not None and self.processus.poll() is None, (
                    "the server did not start"
                )
                with contextlib.suppress(httpx.TransportError):
                    if client.get(f"{self.url}/sante").status_code == 200:
                        return
                time.sleep(0.05)
        raise TimeoutError("the server is not ready")

    @property
    def pid(self) -> int:
        assert self.processus is not None
        return self.processus.pid

    def kill(self) -> None:
        """SIGKILL: nothing is told to anybody."""
        assert self.processus is not None
        self.processus.kill()
        self.processus.wait()

    def stop(self) -> int:
        """SIGTERM; gives back the exit code."""
        assert self.processus is not None
        if self.processus.poll() is None:
            self.processus.send_signal(signal.SIGTERM)
        return self.processus.wait(timeout=60)


@contextlib.contextmanager
def running(**options: Any) -> Iterator[Serveur]:
    serveur = Serveur(**options)
    try:
        yield serveur.start()
    finally:
        serveur.stop()
