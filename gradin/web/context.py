"""What every page's template may read."""

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, object]:
    return {"demonstration": settings.GRADIN_DEMONSTRATION}
