"""How allauth behaves here: nobody opens an account without the ARS's roster, mails go to the outbox."""

import logging
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.signup import get_signup_url
from allauth.core.internal import ratelimit
from django.contrib.auth import get_user_model
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest, HttpResponse

from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.comptes.verrous import note_verrou
from gradin.operations.courriers import Courrier, Lettre, Lien, compose, enqueue
from gradin.queries.verrous import levees_of
from gradin.queries.visiteurs import ARS
from gradin.web.compte.appareil import is_known_device, remember_device
from gradin.web.compte.profil import now
from gradin.web.espace.venue import TITRES

logger = logging.getLogger(__name__)

# Of the two limits of ACCOUNT_RATE_LIMITS["login_failed"], the one that is the account's.
PAR_COMPTE = "10/5m/key"
INCONNU = "account/email/unknown_account"
OUBLIS = ("account/email/password_reset_key", INCONNU)


class ClosedSignup(DefaultAccountAdapter):
    """Accounts come from the roster (internes) or from `gradin create-agent`."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Le courriel ou le mot de passe n’est pas le bon."
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_device(request, response, user.email)
        logger.info("sign-in compte=%s", user.pk)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """From where, not whose: a password is often typed in the place of the address."""
        super().authentication_failed(request, **credentials)
        logger.warning("sign-in refused from %s", ratelimit.get_ip(request))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The ARS begins with the semester it prepares, its partners with their lists, an interne at home."""
        role = getattr(request.user, "role", "")
        if role in ARS:
            return "/gestion/"
        if role in TITRES:
            return "/mon-espace/"
        return str(super().get_login_redirect_url(request))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """On a device that knows this account no failure of others counts, not even of its whole network."""
        courriel = str(credentials.get("email", ""))
        self._login_failed_rl_usage = ratelimit.consume(
            request,
            app="allauth.account",
            action="login_failed",
            config={"login_failed": PAR_COMPTE} if is_known_device(request, courriel) else None,
            key=self._get_login_attempts_cache_key(request, **credentials),
        )
        if not self._login_failed_rl_usage:
            by_writer(note_verrou)(courriel, now())
            raise self.validation_error("too_many_login_attempts")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Apart for each network and known device: nobody locks a chooser out; anew once the ARS lifts it."""
        courriel = str(credentials.get("email", ""))
        cle = super()._get_login_attempts_cache_key(request, **credentials)
        ou = "appareil" if is_known_device(request, courriel) else ratelimit.get_ip(request)
        return f"{cle}:{ou}:{levees_of(courriel)}"

    def format_email_subject(self, subject: str) -> str:
        return f"Gradin\u00a0: {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The same row for a known and an unknown address: the time taken tells nothing."""
        courrier = self._compose(template_prefix, email, context)
        enqueue(f"compte-{secrets.token_hex(16)}", email, courrier, maintenant_ms())

    def _compose(self, template_prefix: str, email: str, context: dict[str, Any]) -> Courrier:
        """Ours where the ARS may write it; the library's own words for what it alone sends."""
        if template_prefix in OUBLIS:
            return self._compose_oubli(template_prefix, email, context)
        request = self.request
        site = {"request": request, "email": email, "current_site": get_current_site(request)}
        message = self.render_mail(template_prefix, email, site | context)
        return Courrier(sujet=str(message.subject)[:200], texte=str(message.body))

    def _compose_oubli(self, template_prefix: str, email: str, context: dict[str, Any]) -> Courrier:
        """The known and the unknown each cost a token and both letters, of which one leaves."""
        if template_prefix == INCONNU:
            jeton = default_token_generator.make_token(get_user_model()(pk=0, email=email))
            adresse = self.get_reset_password_from_key_url(f"0-{jeton}")
        else:
            get_signup_url(self.request)
            adresse = context["password_reset_url"]
        lien = Lien(mots="Choisir un nouveau mot de passe", adresse=adresse)
        connu = compose(Lettre(modele="mot-de-passe", valeurs={"lien": lien}))
        inconnu = compose(Lettre(modele="mot-de-passe-inconnu", valeurs={"courriel": email}))
        return inconnu if template_prefix == INCONNU else connu
