"""What the templates of the matching need beyond the skin's own tags."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def entree(table: Mapping[int, str], cle: int) -> str:
    """One entry of a table that the view made."""
    return table.get(cle, "")
