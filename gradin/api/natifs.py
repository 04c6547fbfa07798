"""OpenAPI of the two addresses that the live process answers without Django (docs/reference/direct.md)."""

from typing import Any

from gradin.api.acces import SessionOuJeton
from gradin.api.schemas_amphis import FaitsLus

OUVERT: list[dict[str, list[str]]] = [{}, {SessionOuJeton.__name__: []}]
_AMPHI = {"in": "path", "name": "amphi", "required": True, "schema": {"type": "integer"}}


def _query(nom: str, description: str) -> dict[str, Any]:
    return {
        "in": "query",
        "name": nom,
        "required": False,
        "schema": {"type": "integer", "minimum": 0},
        "description": description,
    }


_DEPUIS = _query("depuis", "Dernier numéro de ligne connu.")

NATIFS: dict[str, Any] = {
    "/api/v1/amphis/{amphi}/direct": {
        "get": {
            "operationId": "amphis_direct",
            "summary": "Le flux des faits (Server-Sent Events)",
            "tags": ["direct"],
            "description": "id : ligne du journal. Last-Event-ID ou depuis reprennent la suite.",
            "parameters": [_AMPHI, _DEPUIS],
            "security": OUVERT,
            "responses": {"200": {"description": "Flux ouvert.", "content": {"text/event-stream": {}}}},
        }
    },
    "/api/v1/amphis/{amphi}/faits": {
        "get": {
            "operationId": "amphis_faits",
            "summary": "Les mêmes faits par attente longue",
            "tags": ["direct"],
            "description": "Répond dès qu’un fait suit depuis, au plus tard après attente secondes.",
            "parameters": [_AMPHI, _DEPUIS, _query("attente", "Secondes d’attente au plus.")],
            "security": OUVERT,
            "responses": {
                "200": {
                    "description": "Les faits qui suivent.",
                    "content": {"application/json": {"schema": FaitsLus.model_json_schema()}},
                }
            },
        }
    },
}
