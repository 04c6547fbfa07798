"""« 7 chances sur 10 » beside a poste."""

from typing import Any

from django import template

from gradin.queries.prevision import Chances

register = template.Library()


@register.inclusion_tag("salle/_chance.html")
def chance(chances: Chances | None, numero: str) -> dict[str, Any]:
    return {"numero": numero, "chance": chances.par_poste.get(numero) if chances else None}
