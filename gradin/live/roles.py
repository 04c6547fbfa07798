"""What one process of several answers, so that a proxy can keep the live part apart from the pages."""

import re
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Any

from gradin.live.couloirs import DIRECT
from gradin.live.reponses import refuse

FLUX = re.compile(r"/api/v1/amphis/\d+/(?:direct|faits)")
# Whoever watches the machine asks each process.
DE_TOUS = ("/sante", "/metrics", "/static/", "/.well-known/")
AILLEURS = "Cette adresse est servie par un autre processus : corrigez le partage du relais."


class Role(StrEnum):
    TOUT = "tout"
    DIRECT = "direct"
    PAGES = "pages"


class Charge:
    """The role of this process, said once by `gradin serve --role`."""

    role = Role.TOUT


CHARGE = Charge()


def is_served_by(role: Role, methode: str, chemin: str) -> bool:
    """Streams, choices, acts, snapshots are `direct`; everything else is `pages`."""
    if role is Role.TOUT or chemin.startswith(DE_TOUS):
        return True
    direct = bool(FLUX.fullmatch(chemin) or DIRECT.fullmatch(f"{methode} {chemin}"))
    return direct is (role is Role.DIRECT)


class Aiguillage:
    """Refuses with 421 what belongs to another role: a proxy that splits wrongly is seen at once."""

    def __init__(self, application: Callable[[Any, Any, Any], Awaitable[None]]) -> None:
        self._application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        mine = scope["type"] != "http" or is_served_by(CHARGE.role, scope["method"], scope["path"])
        if mine:
            await self._application(scope, receive, send)
        else:
            await refuse(scope, send, 421, "autre_role", AILLEURS)
