"""How allauth behaves here: nobody opens an account without the ARS's roster, mails go to the outbox."""

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest, HttpResponse

from gradin.live.temps import maintenant_ms
from gradin.operations.courriers import Courrier, Lettre, Lien, compose, enqueue
from gradin.web.compte.appareil import is_known_device, remember_device


class ClosedSignup(DefaultAccountAdapter):
    """Accounts come from the roster (internes) or from `gradin create-agent`."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_device(request, response, user.email)
        return response

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Counted apart on a device that knows this account: nobody locks a chooser out of it."""
        cle = str(super()._get_login_attempts_cache_key(request, **credentials))
        return f"{cle}:appareil" if is_known_device(request, credentials.get("email", "")) else cle

    def format_email_subject(self, subject: str) -> str:
        return f"Gradin : {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The same row for a known and an unknown address: the time taken tells nothing."""
        courrier = self._compose(template_prefix, email, context)
        enqueue(f"compte-{secrets.token_hex(16)}", email, courrier, maintenant_ms())

    def _compose(self, template_prefix: str, email: str, context: dict[str, Any]) -> Courrier:
        """Ours where the ARS may write it; the library's own words for what it alone sends."""
        match template_prefix:
            case "account/email/password_reset_key":
                lien = Lien(mots="Choisir un nouveau mot de passe", adresse=context["password_reset_url"])
                return compose(Lettre(modele="mot-de-passe", valeurs={"lien": lien}))
            case "account/email/unknown_account":
                return compose(Lettre(modele="mot-de-passe-inconnu", valeurs={"courriel": email}))
        request = self.request
        site = {"request": request, "email": email, "current_site": get_current_site(request)}
        message = self.render_mail(template_prefix, email, site | context)
        return Courrier(sujet=str(message.subject)[:200], texte=str(message.body))
