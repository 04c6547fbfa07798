"""What the régie alone writes: hours to the second, as a journal does."""

from datetime import datetime

from django import template

from gradin.web.templatetags.gradin import FUSEAU, localize

register = template.Library()


@register.filter
def heure_exacte(moment: int | datetime | None, fuseau: str = FUSEAU) -> str:
    """`10:51:03`."""
    return "" if moment is None else f"{localize(moment, fuseau):%H:%M:%S}"
