"""What every page's template may read."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gradin.queries.contacts import assistance_of_ars
from gradin.queries.demonstration import comptes_demonstration
from gradin.queries.procurations import names_of_mandants
from gradin.web.aide.liens import lien_for

ROLES_ARS = ("agent", "administrateur")
SANS_ESPACE = ("", "interne", *ROLES_ARS)
# A representative is often an interne too.
CHOISISSENT = ("interne", "representant")


def page(request: HttpRequest) -> dict[str, object]:
    role = getattr(request.user, "role", "") if hasattr(request, "user") else ""
    return {
        "assistance": SimpleLazyObject(assistance_of_ars),
        "lien_aide": lien_for(request.path, getattr(getattr(request, "user", None), "role", "")),
        "demonstration": settings.GRADIN_DEMONSTRATION,
        "comptes_demonstration": SimpleLazyObject(comptes_demonstration),
        "est_agent": role in ROLES_ARS,
        "a_un_espace": role not in SANS_ESPACE,
        "a_un_amphi": role in CHOISISSENT,
        "mandants": SimpleLazyObject(lambda: _mandants(request)),
    }


def _mandants(request: HttpRequest) -> tuple[str, ...]:
    """Only who may hold a procuration is asked for: the ARS never does."""
    compte = getattr(request, "user", None)
    if compte is None or not compte.is_authenticated or compte.role in ROLES_ARS:
        return ()
    return names_of_mandants(compte.pk)
