"""Declares the models of referentiel to Django."""

from django.apps import AppConfig


class ReferentielConfig(AppConfig):
    name = "gradin.data.referentiel"
    label = "referentiel"
