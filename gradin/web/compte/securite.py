"""What protects an account: another password, the help code, the second factor that the ARS must have."""

import secrets
from collections.abc import Callable

from allauth.account.views import PasswordChangeView
from allauth.core import ratelimit
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_http_methods

from gradin.live.ecriture import by_writer
from gradin.operations.comptes.telephone import CHIFFRES, set_code
from gradin.operations.permissions import must_have_second_facteur
from gradin.web.compte.profil import GET_POST, now, own_profil

# What an agent without a second factor may still open: the way to it, and out.
OUVERTS = ("/mon-profil/second-facteur/", "/connexion/", "/deconnexion/", "/static/", "/sante")


class MotDePasse(PasswordChangeView):
    """The other sessions die with the old password; this one stays."""

    success_url = reverse_lazy("profil")

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST" and not ratelimit.consume(
            request, action="change_password", user=request.user
        ):
            return ratelimit.respond_429(request)
        return super().dispatch(request, *args, **kwargs)


mot_de_passe = MotDePasse.as_view()


@require_http_methods(GET_POST)
def code_aide(request: HttpRequest) -> HttpResponse:
    """Six digits shown once: said on the telephone, they prove that one has this account."""
    _, lu = own_profil(request)
    contexte: dict[str, object] = {}
    if request.method == "POST":
        code = f"{secrets.randbelow(10**CHIFFRES):0{CHIFFRES}d}"
        contexte = {
            "code": f"{code[:3]}\u202f{code[3:]}",
            "jusque": by_writer(set_code)(lu.interne, code, maintenant=now()),
        }
    return render(request, "compte/code_aide.html", contexte)


class SecondFacteurExige:
    """ARS accounts are nothing without a second factor, except over fictional data (setting)."""

    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._is_missing(request):
            return self.get_response(request)
        if request.path.startswith("/api/"):
            return HttpResponse(
                '{"motif": "second_facteur", "message": "Ce compte demande un second facteur. '
                'Ajoutez-le dans votre profil."}',
                status=403,
                content_type="application/json",
            )
        messages.warning(request, "Un compte de l’ARS demande un second facteur. Ajoutez-le pour continuer.")
        return redirect("mfa_index")

    def _is_missing(self, request: HttpRequest) -> bool:
        if request.path.startswith(OUVERTS) or not request.user.is_authenticated:
            return False
        return must_have_second_facteur(request.user) and not is_mfa_enabled(request.user)
