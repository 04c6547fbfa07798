"""How allauth behaves here: nobody opens an account without the ARS's roster."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignup(DefaultAccountAdapter):
    """Accounts come from the roster (internes) or from `gradin create-agent`."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
