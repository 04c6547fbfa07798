"""What the régie alone writes: hours to the second, as a journal does."""

from datetime import datetime

from django import template

from gradin.web.templatetags.gradin import FUSEAU, localize

register = template.Library()


@register.filter
def heure_exacte(moment: int | datetime | None, fuseau: str = FUSEAU) -> str:
    """`10:51:03`."""
    return "" if moment is None else f"{localize(moment, fuseau):%H:%M:%S}"


@register.filter
def attente(secondes: int) -> str:
    """`42 s`, then `3 min`."""
    return f"{secondes}\u00a0s" if secondes < 60 else f"{secondes // 60}\u00a0min"
