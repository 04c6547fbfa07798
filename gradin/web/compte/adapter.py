"""How allauth behaves here: nobody opens an account without the ARS's roster, mails go to the outbox."""

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest

from gradin.live.temps import maintenant_ms
from gradin.operations.courriers import Courrier, enqueue


class ClosedSignup(DefaultAccountAdapter):
    """Accounts come from the roster (internes) or from `gradin create-agent`."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return f"Gradin : {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The same row for a known and an unknown address: the time taken tells nothing."""
        request = self.request
        site = get_current_site(request)
        message = self.render_mail(
            template_prefix, email, {"request": request, "email": email, "current_site": site, **context}
        )
        enqueue(
            f"compte-{secrets.token_hex(16)}",
            email,
            Courrier(sujet=str(message.subject)[:200], texte=str(message.body), html=""),
            maintenant_ms(),
        )
