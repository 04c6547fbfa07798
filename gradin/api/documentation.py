"""The reference page of the API, made from its own schema: nothing is loaded from elsewhere."""

import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gradin.api.v1 import api

METHODES = ("get", "post", "put", "delete")


@login_not_required
@require_GET
def show_documentation(request: HttpRequest) -> HttpResponse:
    schema = api.get_openapi_schema()
    return render(request, "api/documentation.html", {"info": schema["info"], "rubriques": _sections(schema)})


def _sections(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Operations by tag, in the order of the schema."""
    rubriques: dict[str, list[dict[str, Any]]] = {}
    for chemin, operations in schema["paths"].items():
        for methode in METHODES:
            if methode in operations:
                operation = operations[methode]
                rubrique = (operation.get("tags") or ["autres"])[0]
                rubriques.setdefault(rubrique, []).append(_operation(schema, methode, chemin, operation))
    return [{"nom": nom, "operations": operations} for nom, operations in rubriques.items()]


def _operation(
    schema: dict[str, Any], methode: str, chemin: str, operation: dict[str, Any]
) -> dict[str, Any]:
    return {
        "methode": methode.upper(),
        "chemin": chemin,
        "resume": operation.get("summary", ""),
        "description": operation.get("description", "").replace("`", ""),
        "compte": {} not in operation.get("security", [{}]),
        "parametres": [
            {"nom": p["name"], "lieu": p["in"], "requis": p.get("required", False)}
            for p in operation.get("parameters", [])
        ],
        "corps": _fields(schema, operation.get("requestBody", {})),
        "demande": operation.get("x-codeSamples", [{}])[0].get("source", ""),
        "reponse": _example(operation),
        "reponses": sorted(str(code) for code in operation.get("responses", {})),
    }


def _example(operation: dict[str, Any]) -> str:
    """Of a success, as a person reads it."""
    for statut in ("200", "201"):
        contenu = operation["responses"].get(statut, {}).get("content", {}).get("application/json", {})
        if "example" in contenu:
            return json.dumps(contenu["example"], ensure_ascii=False, indent=2)
    return ""


def _fields(schema: dict[str, Any], corps: dict[str, Any]) -> list[str]:
    contenu = corps.get("content", {}).get("application/json", {}).get("schema", {})
    reference = contenu.get("$ref") or contenu.get("items", {}).get("$ref", "")
    modele = schema.get("components", {}).get("schemas", {}).get(reference.rpartition("/")[2], {})
    return list(modele.get("properties", {}))
