"""Anybody verifies an attestation: valid, replaced, annulled, and whether a file is the one delivered."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from gradin.queries.attestations import Verdict, Verification, is_delivered, verify_code


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def verification(request: HttpRequest, code: str) -> HttpResponse:
    """A file that is dropped here is hashed, compared and forgotten."""
    lue = verify_code(code.replace("\x00", ""))
    contexte = {"code": code, "lue": lue, "verdict": lue.verdict if lue else "inconnue"}
    if request.method == "POST" and lue is not None and lue.verdict is Verdict.VALIDE:
        contexte["fichier"] = _judge(request, lue)
    response = render(request, "public/verification.html", contexte, status=200 if lue else 404)
    response["X-Robots-Tag"] = "noindex"
    return response


def _judge(request: HttpRequest, lue: Verification) -> str:
    fichier = request.FILES.get("fichier")
    if fichier is None:
        return "absent"
    empreinte = hashlib.sha256()
    for morceau in fichier.chunks():
        empreinte.update(morceau)
    return "identique" if is_delivered(lue.attestation, empreinte.hexdigest()) else "different"
