"""Whose account this request comes from."""

from django.http import HttpRequest


def own_pk(request: HttpRequest) -> int:
    """Of a page that asks for an account: the middleware has let nobody else in."""
    pk = request.user.pk
    assert pk is not None
    return int(pk)
