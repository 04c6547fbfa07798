"""One-click sign-in of the demonstration."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from gradin.queries.demonstration import compte_of_demonstration


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
