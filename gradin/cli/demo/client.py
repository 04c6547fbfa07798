"""The robots' side of the HTTP API: JSON, a bearer token, errors as values."""

import asyncio
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

import httpx

from gradin.cli.demo.bilan import Bilan

ESSAIS = 5
REPRISE_S = 0.3


@dataclass(frozen=True, slots=True)
class Reponse:
    statut: int
    corps: Any

    @property
    def motif(self) -> str:
        return str(self.corps.get("motif", "")) if isinstance(self.corps, dict) else ""

    @property
    def faite(self) -> bool:
        return self.statut < 300


@dataclass(slots=True)
class Client:
    """One for all robots: connections are shared, the token comes with each request."""

    http: httpx.AsyncClient
    amphi: int
    bilan: Bilan
    etags: dict[str, tuple[str, Any]] = field(default_factory=dict)

    async def snapshot(self, jeton: str) -> dict[str, Any]:
        """The whole state, or the one we already hold when the server says that nothing has moved."""
        etag, connu = self.etags.get(jeton, ("", None))
        headers = _bearer(jeton) | ({"If-None-Match": etag} if etag else {})
        reponse = await self.http.get(self._url(), headers=headers)
        if reponse.status_code == 304 and connu is not None:
            return dict(connu)
        reponse.raise_for_status()
        corps = reponse.json()
        self.etags[jeton] = (reponse.headers.get("ETag", ""), corps)
        return dict(corps)

    async def offer(self, jeton: str) -> dict[str, Any]:
        reponse = await self.http.get(f"{self._url()}/offre", headers=_bearer(jeton))
        reponse.raise_for_status()
        return dict(reponse.json())

    async def mine(self, jeton: str) -> dict[str, Any]:
        reponse = await self.http.get(f"/api/v1/moi/amphis/{self.amphi}", headers=_bearer(jeton))
        reponse.raise_for_status()
        return dict(reponse.json())

    async def choose(self, jeton: str, poste: str, tour: int, vu: int) -> Reponse:
        """From the click to the answer, sent again or not: what a person waits for."""
        debut = time.monotonic()
        reponse = await self._post("/choix", jeton, {"poste": poste, "tour": tour, "vu": vu})
        self.bilan.answered(time.monotonic() - debut, reponse.statut, reponse.motif)
        if reponse.faite:
            self.bilan.recus[reponse.corps["recu"]["n"]] = reponse.corps["recu"]["h"]
        return reponse

    async def command(self, jeton: str, nom: str, **champs: Any) -> Reponse:
        return await self._post("/commandes", jeton, {"type": nom, **champs})

    async def _post(self, chemin: str, jeton: str, corps: dict[str, Any]) -> Reponse:
        """A lost answer is asked again with the same key: nothing is done twice."""
        headers = _bearer(jeton) | {"Idempotency-Key": secrets.token_hex(16)}
        for essai in range(ESSAIS):
            try:
                reponse = await self.http.post(self._url() + chemin, headers=headers, json=corps)
            except httpx.TransportError as erreur:
                self.bilan.pannes[f"sans réponse : {type(erreur).__name__}"] += 1
                if essai == ESSAIS - 1:
                    raise
                await asyncio.sleep(REPRISE_S)
                continue
            if reponse.status_code < 500:
                return Reponse(reponse.status_code, reponse.json())
            self.bilan.pannes[f"réponse {reponse.status_code}"] += 1
            await asyncio.sleep(REPRISE_S)
        return Reponse(503, {"motif": "service_sature"})

    def _url(self) -> str:
        return f"/api/v1/amphis/{self.amphi}"


def _bearer(jeton: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {jeton}"}
