"""One public page asked for by a crowd that carries nothing: those who wait for it together share one answer.

Only a page that has not begun to be made is joined: what anybody reads is as fresh as if he came alone.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

PUBLIQUES = re.compile(
    r"/|/(?:amphis|postes|services|affectations|agrements|calendrier)/.*|/api/v1/(?:amphis|postes|affectations).*"
)
# Anything else (a cookie, a token, a page that has a version, a part of a page) may change the answer.
SANS_EFFET = re.compile(
    rb"host|accept|accept-encoding|accept-language|user-agent|referer|connection|priority|dnt|pragma"
    rb"|cache-control|upgrade-insecure-requests|sec-.+|x-request-id|x-forwarded-.+"
)
PESES = (b"host", b"accept", b"accept-encoding")
# Said again to each, as he is answered.
PROPRES = (b"gradin-maintenant", b"x-request-id")
LONGUEUR_MAXIMALE = 2 * 1024 * 1024

Cle = tuple[Any, ...]
Messages = tuple[dict[str, Any], ...]
Carry = Callable[[Any, Callable[[], None]], Awaitable[None]]


def key_of(scope: Any) -> Cle | None:
    """What the answer depends on; None for whoever must be answered alone."""
    if scope["method"] != "GET" or not PUBLIQUES.fullmatch(scope["path"]):
        return None
    headers = dict(scope["headers"])
    if not all(SANS_EFFET.fullmatch(nom) for nom in headers):
        return None
    return (scope.get("scheme"), scope["path"], scope["query_string"], *(headers.get(nom) for nom in PESES))


class Attroupements:
    """Pages that somebody waits for, and whose making has not begun.

    `pour_tous`: what is refused to the first is refused to all who waited with him; a page each would be the
    worst answer of a service that is full.
    """

    def __init__(self, pour_tous: type[Exception]) -> None:
        self._pour_tous = pour_tous
        self._attendus: dict[Cle, asyncio.Future[Messages | None]] = {}

    async def answer(self, cle: Cle, send: Any, carry: Carry) -> None:
        """`carry(send, begin)` makes the page and calls `begin` just before: nobody joins it any more."""
        attendu = self._attendus.get(cle)
        messages = await (self._lead(cle, carry) if attendu is None else asyncio.shield(attendu))
        if messages is None:
            await carry(send, lambda: None)
            return
        for message in messages:
            await send({**message})

    async def _lead(self, cle: Cle, carry: Carry) -> Messages:
        """Kept whole before anybody reads it: a slow reader holds back neither the lane nor the others."""
        futur: asyncio.Future[Messages | None] = asyncio.get_running_loop().create_future()
        self._attendus[cle] = futur
        dits: list[dict[str, Any]] = []

        async def keep(message: dict[str, Any]) -> None:
            dits.append(message)

        try:
            await carry(keep, lambda: self._close(cle, futur))
            futur.set_result(shared(dits))
        except self._pour_tous as refus:
            futur.set_exception(refus)
            # Looked at here: he may have waited alone.
            futur.exception()
            raise
        finally:
            self._close(cle, futur)
            if not futur.done():
                futur.set_result(None)
        return tuple(dits)

    def _close(self, cle: Cle, futur: "asyncio.Future[Messages | None]") -> None:
        if self._attendus.get(cle) is futur:
            del self._attendus[cle]


def shared(dits: list[dict[str, Any]]) -> Messages | None:
    """None for what is one person's: a cookie, a refusal, a file too long to keep."""
    if not dits or dits[0].get("status") != 200 or dits[-1].get("more_body"):
        return None
    debut, *suite = dits
    noms = {nom.lower() for nom, _ in debut["headers"]}
    if b"set-cookie" in noms or sum(len(un.get("body", b"")) for un in suite) > LONGUEUR_MAXIMALE:
        return None
    headers = [(nom, valeur) for nom, valeur in debut["headers"] if nom.lower() not in PROPRES]
    return ({**debut, "headers": headers}, *suite)
