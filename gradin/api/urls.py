"""Addresses of the JSON API."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt

from gradin.api.documentation import show_documentation
from gradin.api.erreurs import INTROUVABLE, error_response
from gradin.api.v1 import api


def _judged_by_the_api(patterns: Iterable[Any]) -> list[Any]:
    """The API answers 401 in JSON itself, where the pages' middleware would send to the sign-in page."""
    for pattern in patterns:
        pattern.callback.login_required = False
    return list(patterns)


@csrf_exempt
@login_not_required
def unknown_address(request: HttpRequest) -> HttpResponse:
    return error_response(*INTROUVABLE)


_patterns, _app, _namespace = api.urls
urlpatterns = [
    path("docs", show_documentation, name="api_documentation"),
    path("", include((_judged_by_the_api(_patterns), _app), namespace=_namespace)),
    re_path("", unknown_address),
]
