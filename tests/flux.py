"""A reader of the stream, as a program would write it: one socket, one event at a time."""

import http.client
import json
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any

# A limit, not a wait: a machine that does ten things at once is slow, not wrong.
LIMITE_S = 60.0


class FluxFini(Exception):
    """The server ended the stream."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evenement:
    nom: str
    data: Any
    id: int | None


class Flux:
    """Opens at once. `entetes`: cookies, token, Last-Event-ID."""

    def __init__(
        self, port: int, amphi: int, depuis: int | None = None, entetes: dict[str, str] | None = None
    ) -> None:
        self._connexion = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMITE_S)
        suite = "" if depuis is None else f"?depuis={depuis}"
        self._connexion.request("GET", f"/api/v1/amphis/{amphi}/direct{suite}", headers=entetes or {})
        self.reponse = self._connexion.getresponse()

    def __enter__(self) -> "Flux":
        assert self.reponse.status == 200, self.reponse.read()
        return self

    def __exit__(
        self, genre: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cut()

    def cut(self) -> None:
        self.reponse.close()
        self._connexion.close()

    def next(self) -> Evenement:
        lignes = self._block()
        data = json.loads(lignes["data"])
        return Evenement(nom=lignes["event"], data=data, id=int(lignes["id"]) if "id" in lignes else None)

    def _block(self) -> dict[str, str]:
        while True:
            lignes: dict[str, str] = {}
            while ligne := self._line():
                nom, _, valeur = ligne.partition(": ")
                lignes[nom] = valeur
            if "data" in lignes:
                return lignes

    def _line(self) -> str:
        try:
            brute = self.reponse.readline()
        except (http.client.IncompleteRead, ConnectionError):
            brute = b""
        if not brute:
            raise FluxFini
        return brute.decode().rstrip("\n")

    def until(self, nom: str, limite_s: float = LIMITE_S) -> Evenement:
        """The next event of that name; what comes before is dropped."""
        return self.collect(nom, limite_s)[-1]

    def collect(self, nom: str, limite_s: float = LIMITE_S) -> list[Evenement]:
        """Every event up to the next of that name."""
        fin = time.monotonic() + limite_s
        lus: list[Evenement] = []
        while time.monotonic() < fin:
            lus.append(self.next())
            if lus[-1].nom == nom:
                return lus
        raise TimeoutError(f"no {nom}, only {[lu.nom for lu in lus]}")

    def facts(self, dernier: int, limite_s: float = LIMITE_S) -> list[Evenement]:
        """Numbered events up to line `dernier`."""
        fin = time.monotonic() + limite_s
        lus: list[Evenement] = []
        while not lus or lus[-1].id != dernier:
            if time.monotonic() > fin:
                raise TimeoutError(f"line {dernier} never came, only {[lu.id for lu in lus]}")
            evenement = self.next()
            if evenement.id is not None:
                lus.append(evenement)
        return lus
