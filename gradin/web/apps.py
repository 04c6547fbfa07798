"""Declares the pages to Django: their templates' tags, their static files, the words of an empty field."""

from django.apps import AppConfig
from django.forms import Field

OBLIGATOIRE = "Remplissez ce champ\u00a0: il est nécessaire."


class WebConfig(AppConfig):
    name = "gradin.web"
    label = "web"

    def ready(self) -> None:
        """One sentence for all forms, the libraries' too, where Django would say another."""
        Field.default_error_messages = {**Field.default_error_messages, "required": OBLIGATOIRE}
