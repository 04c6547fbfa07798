"""The API, version 1: routers, errors, OpenAPI. Deny by default: an endpoint says who may come in."""

import json
from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder

from gradin.api import amphis, attestations, comptes, ecritures, listes, moi
from gradin.api.acces import SessionOuJeton
from gradin.api.erreurs import install_handlers
from gradin.api.openapi import complete

DESCRIPTION = """Lecture ouverte des postes, des amphithéâtres et de leur journal.
Choix, favoris et actes de l’ARS avec un compte.

Une session de navigateur (avec le jeton CSRF dans X-CSRFToken) ou Authorization: Bearer <jeton>.
Toute erreur est {"motif", "message"}.
Chaque réponse porte Gradin-Maintenant, l’heure du serveur en millisecondes."""


class Renderer(BaseRenderer):
    """French as it is written, without escapes; dates as ISO."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"), cls=NinjaJSONEncoder)


class Api(NinjaAPI):
    def get_openapi_schema(self, **kwargs: Any) -> Any:
        schema = super().get_openapi_schema(**kwargs)
        complete(schema)
        return schema


api = Api(
    title="Gradin",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api-1",
    auth=SessionOuJeton(),
    renderer=Renderer(),
    docs_url=None,
    openapi_url="/openapi.json",
)
install_handlers(api)
for module in (comptes, listes, amphis, moi, attestations, ecritures):
    api.add_router("", module.router)
