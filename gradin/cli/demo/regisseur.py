"""The agent of a rehearsal: brings the amphi to its first tour, and closes it when nobody is left."""

from collections.abc import Callable
from typing import Any

from gradin.cli.demo.client import Client, Reponse

AVANT = ("publier_liste", "valider", "ouvrir")


class RepetitionImpossible(Exception):
    """The amphi cannot be brought to its first tour; the message says what to do."""


class Regisseur:
    """Acts once each. A pause asked by a person is left to persons; `dire` tells what is done."""

    def __init__(self, client: Client, jeton: str, dire: Callable[[str], None]) -> None:
        self._client = client
        self._jeton = jeton
        self._dire = dire
        self._trop_tot = False

    async def open(self, photo: dict[str, Any]) -> None:
        """Publishes, validates, opens and starts whatever is not yet."""
        if photo["seq"] == 0:
            for acte in AVANT:
                self._check(acte, await self._client.command(self._jeton, acte))
            await self._start()
            self._dire("La liste est publiée, l’amphithéâtre démarre.")
        elif photo["etat"] == "pause" and (photo["pause"] or {}).get("label") == "technique":
            self._check("reprendre", await self._client.command(self._jeton, "reprendre", vu=photo["seq"]))
            self._dire("L’amphithéâtre reprend après l’arrêt du service.")

    async def _start(self) -> None:
        """Agrees to what the pre-flight only asks to acknowledge; what blocks stops the rehearsal."""
        reponse = await self._client.command(self._jeton, "demarrer")
        if reponse.motif == "prevol_a_confirmer":
            reponse = await self._client.command(self._jeton, "demarrer", confirme=reponse.corps["codes"])
        self._check("demarrer", reponse)

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
        raise RepetitionImpossible(
            f"« {acte} » est refusé :\n" + "\n".join(f"  {constat}" for constat in constats)
        )


def _has_waiting(photo: dict[str, Any]) -> bool:
    return any(ligne["statut"] == "a_venir" for ligne in photo["liste"])
