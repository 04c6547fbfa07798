"""Declares the models of internes to Django."""

from django.apps import AppConfig


class InternesConfig(AppConfig):
    name = "gradin.data.internes"
    label = "internes"
