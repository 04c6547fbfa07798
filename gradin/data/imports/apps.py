"""Declares the imports made in the browser."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "gradin.data.imports"
    label = "imports"
