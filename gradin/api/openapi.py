"""What the OpenAPI document says beyond the endpoints' own: refusals, open addresses, files."""

from copy import deepcopy
from typing import Any

from gradin.api.acces import Ouvert
from gradin.api.exemples import add_examples
from gradin.api.natifs import NATIFS, OUVERT

Schema = dict[str, Any]
PREFIXE = "/api/v1"
# What any address may answer, whatever it is for.
REFUS = {
    "400": "Requête illisible.",
    "401": "Compte requis, ou jeton inconnu.",
    "403": "Interdit.",
    "404": "Introuvable.",
    "422": "Un champ est à corriger.",
    "429": "Trop de demandes : Retry-After dit combien de secondes attendre.",
    "503": "Service saturé : Retry-After dit combien de secondes attendre.",
}


def complete(schema: Schema) -> None:
    """Adds the refusals that any address may answer, and the two addresses of the live process."""
    schema["paths"].update(deepcopy(NATIFS))
    for operation in (one for chemin in schema["paths"].values() for one in chemin.values()):
        operation["responses"] = {**_refusals(), **_by_text(operation["responses"])}
        if operation.get("security") == [{Ouvert.__name__: []}]:
            operation["security"] = OUVERT
    del schema["components"]["securitySchemes"][Ouvert.__name__]
    add_examples(schema["paths"], PREFIXE)


def file_of(genre: str) -> Schema:
    """An answer that is no JSON."""
    return {"responses": {200: {"description": "OK", "content": {genre: {"schema": {"type": "string"}}}}}}


def _refusals() -> Schema:
    contenu = {"application/json": {"schema": {"$ref": "#/components/schemas/ErreurLue"}}}
    return {statut: {"description": mot, "content": contenu} for statut, mot in REFUS.items()}


def _by_text(reponses: dict[Any, Any]) -> Schema:
    """One key a status: the schema's own are numbers, JSON's are texts."""
    return {str(statut): reponse for statut, reponse in reponses.items()}
