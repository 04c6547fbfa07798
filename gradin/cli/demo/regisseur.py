"""The agent of a rehearsal: brings the amphi to its first tour, and closes it when nobody is left."""

import asyncio
from collections.abc import Callable
from typing import Any

from gradin.cli.demo.client import Client, Reponse

# Refused while an amphi of the same offer is not closed.
APRES = "amont_ouvert"
ATTENTE_S = 1.0
AVANT = ("publier_liste", "valider", "ouvrir")


class RepetitionImpossible(Exception):
    """The amphi cannot be brought to its first tour; the message says what to do."""


class Regisseur:
    """Acts once each. A pause asked by a person is left to persons; `dire` tells what is done.

    `autres`: whether another amphi is played beside this one, which may have to close before it.
    """

    def __init__(
        self, client: Client, jeton: str, dire: Callable[[str], None], autres: Callable[[], bool]
    ) -> None:
        self._autres = autres
        self._client = client
        self._jeton = jeton
        self._dire = dire
        self._trop_tot = False

    async def prepare(self) -> None:
        """Publishes, validates, opens whatever is not yet."""
        for acte in AVANT:
            self._check(acte, await self._client.command(self._jeton, acte))

    async def resume(self, photo: dict[str, Any]) -> None:
        """After an outage that was longer than `reprise_auto`, as the agent on duty does."""
        if (photo["pause"] or {}).get("label") != "technique":
            return
        if (await self._client.command(self._jeton, "reprendre", vu=photo["seq"])).faite:
            self._dire("Arrêt du service : l’agent reprend l’amphithéâtre.")

    async def mark_absent(self, photo: dict[str, Any], tour: int) -> None:
        """In a room nobody is absent by itself."""
        await self._client.command(
            self._jeton, "absent", vu=photo["seq"], tour=tour, motif="Absent à l’appel (répétition)."
        )

    async def start(self) -> None:
        """Agrees to what the pre-flight only asks to acknowledge; what blocks stops the rehearsal."""
        reponse = await self._client.command(self._jeton, "demarrer")
        self._client.bilan.attend = reponse.motif == APRES
        if self._client.bilan.attend and self._autres():
            self._dire("L’amphithéâtre attend la clôture de celui qui le précède.")
        while reponse.motif == APRES and self._autres():
            await asyncio.sleep(ATTENTE_S)
            reponse = await self._client.command(self._jeton, "demarrer")
        self._client.bilan.attend = False
        if reponse.motif == "prevol_a_confirmer":
            reponse = await self._client.command(self._jeton, "demarrer", confirme=reponse.corps["codes"])
        self._check("demarrer", reponse)
        self._dire("La liste est publiée, l’amphithéâtre démarre.")

    async def advance(self, photo: dict[str, Any]) -> None:
        """Nobody chooses: starts the next session when its hour has come."""
        if photo["session"] is not None or not _has_waiting(photo):
            return
        reponse = await self._client.command(self._jeton, "demarrer_session", vu=photo["seq"])
        if reponse.motif == "session_trop_tot" and not self._trop_tot:
            self._dire("La prochaine session attend son heure.")
        self._trop_tot = reponse.motif == "session_trop_tot"

    async def close(self, photo: dict[str, Any]) -> bool:
        reponse = await self._client.command(
            self._jeton, "clore", vu=photo["seq"], motif="Fin de la répétition."
        )
        return reponse.faite

    def _check(self, acte: str, reponse: Reponse) -> None:
        if reponse.faite:
            return
        constats = reponse.corps.get("constats") or [reponse.corps.get("message", reponse.motif)]
        lignes = "\n".join(f"  {constat}" for constat in constats)
        raise RepetitionImpossible(f"« {acte} » est refusé :\n{lignes}\n  {_advice(self._client, reponse)}")


def _advice(client: Client, reponse: Reponse) -> str:
    """What whoever rehearses does next."""
    if reponse.motif == APRES:
        return "Jouez et clôturez d’abord celui qui le précède, puis relancez les robots."
    return f"Corrigez-le dans la gestion (« gradin check-prevol {client.amphi} »), puis relancez les robots."


def _has_waiting(photo: dict[str, Any]) -> bool:
    return any(ligne["statut"] == "a_venir" for ligne in photo["liste"])
