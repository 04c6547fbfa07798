"""Declares the pages to Django: their templates' tags and their static files."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "gradin.web"
    label = "web"
