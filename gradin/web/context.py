"""What every page's template may read."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gradin.queries.demonstration import comptes_demonstration
from gradin.queries.public.accueil import ContactLu, contacts

ROLES_ARS = ("agent", "administrateur")


def page(request: HttpRequest) -> dict[str, object]:
    return {
        "assistance": SimpleLazyObject(_assistance),
        "demonstration": settings.GRADIN_DEMONSTRATION,
        "comptes_demonstration": SimpleLazyObject(comptes_demonstration),
        "est_agent": getattr(request.user, "role", "") in ROLES_ARS if hasattr(request, "user") else False,
    }


def _assistance() -> ContactLu | None:
    """Whom to call: the ARS of the first subdivision; pages of one amphi give their own."""
    return next(iter(contacts()), None)
