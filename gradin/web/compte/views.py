"""One-click sign-in of the demonstration; the reset of a password, which also proves a device."""

from typing import Any

from allauth.account.utils import perform_login
from allauth.account.views import PasswordResetFromKeyView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from gradin.queries.demonstration import compte_of_demonstration
from gradin.web.compte.appareil import remember_device


class PasswordResetFromKey(PasswordResetFromKeyView):
    """Who read the mail is no stranger: others' failures no longer refuse him here."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        remember_device(self.request, response, self.reset_user.email)
        return response


password_reset_from_key = PasswordResetFromKey.as_view()


@login_not_required
@require_POST
def sign_in_to_demonstration(request: HttpRequest) -> HttpResponse:
    """Only over fictional data: elsewhere the address does not exist."""
    if not settings.GRADIN_DEMONSTRATION:
        raise Http404
    cle = request.POST.get("compte", "")
    compte = compte_of_demonstration(cle)
    if compte is None:
        raise Http404
    suite = "/regie/" if cle == "agent" else "/mon-amphi/"
    return perform_login(request, compte, redirect_url=suite)
