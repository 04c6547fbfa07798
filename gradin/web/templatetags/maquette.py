"""« Valable pour ma maquette » beside a poste, in words."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gradin.queries.parcours.marques import Marques
from gradin.web.templatetags.gradin import icone

register = template.Library()


@register.simple_tag
def valable(marques: Marques | None, numero: str) -> SafeString:
    """Nothing for whoever has no maquette here, nor about a poste of somebody else's amphi."""
    if not marques:
        return SafeString("")
    servies = marques.postes.utiles.get(numero)
    if servies:
        return format_html(
            '<p class="poste__detail poste__maquette">{}'
            "<span><b>Valable pour ma maquette</b>\u00a0: {}</span></p>",
            icone("coche"),
            ", ".join(servies),
        )
    if numero in marques.postes.hors:
        return format_html(
            '<p class="poste__detail poste__hors">{}<span>Hors maquette</span></p>', icone("info")
        )
    return SafeString("")
