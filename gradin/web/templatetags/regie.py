"""What the régie alone writes: how long somebody has been waiting."""

from django import template

register = template.Library()


@register.filter
def attente(secondes: int) -> str:
    """`42 s`, then `3 min`."""
    return f"{secondes}\u00a0s" if secondes < 60 else f"{secondes // 60}\u00a0min"
