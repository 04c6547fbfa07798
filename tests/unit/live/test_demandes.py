"""What a process says of a request, and which requests are its own."""

import json
import logging
from typing import Any

import pytest

from gradin.live.demandes import DEMANDE, EnJson, Suivi
from gradin.live.roles import Role, is_served_by


async def ask(methode: str, chemin: str, recu: bytes = b"") -> tuple[list[dict[str, Any]], dict[str, str]]:
    """What is sent, and what the application saw of the request."""
    envoyes: list[dict[str, Any]] = []
    vus: dict[str, str] = {}

    async def application(scope: Any, receive: Any, send: Any) -> None:
        vus.update(DEMANDE.get() or {})
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: dict[str, Any]) -> None:
        envoyes.append(message)

    scope = {"type": "http", "method": methode, "path": chemin, "headers": [(b"x-request-id", recu)]}
    await Suivi(application)(scope, None, send)
    return envoyes, vus


async def test_a_request_has_one_number_everywhere_and_names_its_amphi() -> None:
    (debut,), vus = await ask("POST", "/api/v1/amphis/7/choix", b"0123456789abcdef")
    assert vus == {"demande": "0123456789abcdef", "amphi": "7"}
    entetes = dict(debut["headers"])
    assert entetes[b"x-request-id"] == b"0123456789abcdef" and entetes[b"gradin-maintenant"].isdigit()


@pytest.mark.parametrize("recu", [b"", b"court", b'"} {"niveau": "faux', b"x" * 200])
async def test_a_number_that_is_not_plain_is_replaced(recu: bytes) -> None:
    _, vus = await ask("GET", "/", recu)
    assert len(vus["demande"]) == 16 and vus["demande"].isalnum()


async def test_what_writes_leaves_a_line_and_what_reads_leaves_none(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "gradin.demandes"):
        await ask("GET", "/postes/")
        await ask("POST", "/api/v1/amphis/7/choix", b"0123456789abcdef")
    (ligne,) = caplog.records
    lue = json.loads(EnJson().format(ligne))
    assert lue["quoi"].startswith("POST /api/v1/amphis/7/choix 200")
    assert (lue["niveau"], lue["ou"]) == ("INFO", "gradin.demandes")


@pytest.mark.parametrize(
    ("methode", "chemin", "role"),
    [
        ("GET", "/api/v1/amphis/7/direct", Role.DIRECT),
        ("GET", "/api/v1/amphis/7/faits", Role.DIRECT),
        ("GET", "/api/v1/amphis/7", Role.DIRECT),
        ("POST", "/api/v1/amphis/7/choix", Role.DIRECT),
        ("POST", "/api/v1/amphis/7/commandes", Role.DIRECT),
        ("POST", "/mon-amphi/choix/", Role.DIRECT),
        ("GET", "/mon-amphi/", Role.PAGES),
        ("GET", "/", Role.PAGES),
        ("POST", "/connexion/", Role.PAGES),
        ("GET", "/api/v1/postes", Role.PAGES),
    ],
)
def test_each_address_belongs_to_one_role_and_to_whoever_does_all(
    methode: str, chemin: str, role: Role
) -> None:
    servis = {un for un in Role if is_served_by(un, methode, chemin)}
    assert servis == {role, Role.TOUT}


def test_every_process_says_its_own_health() -> None:
    assert all(is_served_by(role, "GET", chemin) for role in Role for chemin in ("/sante", "/metrics"))
