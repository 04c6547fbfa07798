"""The identity services that the sign-in page offers."""

from django import template

from gradin.web.compte.identite.fournisseurs import Fournisseur, list_fournisseurs

register = template.Library()


@register.simple_tag
def fournisseurs_identite() -> tuple[Fournisseur, ...]:
    return list_fournisseurs()
