"""Whose pages a device keeps: the mark by which the service worker tells one account from another."""

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COMPTE = "Gradin-Compte"


def mark_owner(request: HttpRequest, response: HttpResponse) -> None:
    """On each page of somebody signed in. It names nobody: the same account, the same mark."""
    if response.status_code != 200 or not response.get("Content-Type", "").startswith("text/html"):
        return
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        response[COMPTE] = salted_hmac("gradin.appareil", str(user.pk)).hexdigest()[:16]
