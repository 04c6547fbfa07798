"""The robots' side of the HTTP API: JSON, a bearer token, errors as values."""

import asyncio
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

import httpx

from gradin.cli.demo.bilan import Bilan

# As long as a page goes on asking: a service that is killed and comes back answers within.
PATIENCE_S = 60.0
REPRISES_S = (0.3, 2.0)


@dataclass(frozen=True, slots=True)
class Reponse:
    statut: int
    corps: Any

    @property
    def motif(self) -> str:
        return str(self.corps.get("motif", "")) if isinstance(self.corps, dict) else ""

    @property
    def faite(self) -> bool:
        """Done, or done already: what waits for a second agent is not."""
        return self.statut in (200, 201)


SANS_REPONSE = Reponse(503, {"motif": "sans_reponse"})


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
        clic, envois = time.monotonic(), self.bilan.renvois.total()
        reponse = await self._post("/choix", jeton, {"poste": poste, "tour": tour, "vu": vu})
        if reponse is SANS_REPONSE:
            self.bilan.sans_reponse += 1
            return reponse
        duree_s, renvoye = time.monotonic() - clic, self.bilan.renvois.total() > envois
        self.bilan.answered(duree_s, reponse.statut, reponse.motif, renvoye=renvoye)
        if reponse.faite:
            recu = reponse.corps["recu"]
            self.bilan.recus[recu["n"]] = recu["h"]
            if not renvoye:
                self.bilan.clics[recu["n"]] = clic
        return reponse

    async def command(self, jeton: str, nom: str, **champs: Any) -> Reponse:
        return await self._post("/commandes", jeton, {"type": nom, **champs})

    async def _post(self, chemin: str, jeton: str, corps: dict[str, Any]) -> Reponse:
        """A lost answer is asked again with the same key: nothing is done twice."""
        headers = _bearer(jeton) | {"Idempotency-Key": secrets.token_hex(16)}
        limite, attente_s = time.monotonic() + PATIENCE_S, REPRISES_S[0]
        while True:
            try:
                reponse = await self.http.post(self._url() + chemin, headers=headers, json=corps)
                if reponse.status_code < 500:
                    return Reponse(reponse.status_code, reponse.json())
                self.bilan.renvois[f"réponse {reponse.status_code}"] += 1
            except httpx.TransportError as erreur:
                self.bilan.renvois[f"sans réponse, {type(erreur).__name__}"] += 1
            if time.monotonic() > limite:
                return SANS_REPONSE
            await asyncio.sleep(attente_s)
            attente_s = min(2 * attente_s, REPRISES_S[1])

    def _url(self) -> str:
        return f"/api/v1/amphis/{self.amphi}"


def _bearer(jeton: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {jeton}"}
