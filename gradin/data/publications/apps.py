"""Declares what the ARS publishes."""

from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    name = "gradin.data.publications"
    label = "publications"
