"""Declares the agréments to Django."""

from django.apps import AppConfig


class AgrementsConfig(AppConfig):
    name = "gradin.data.agrements"
    label = "agrements"
