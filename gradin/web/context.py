"""What every page's template may read."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gradin.queries.demonstration import comptes_demonstration

ROLES_ARS = ("agent", "administrateur")


def page(request: HttpRequest) -> dict[str, object]:
    return {
        "demonstration": settings.GRADIN_DEMONSTRATION,
        "comptes_demonstration": SimpleLazyObject(comptes_demonstration),
        "est_agent": getattr(request.user, "role", "") in ROLES_ARS if hasattr(request, "user") else False,
    }
