"""Declares the JSON API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "gradin.api"
    label = "api"
