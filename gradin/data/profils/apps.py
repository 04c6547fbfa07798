"""Declares the models of sign-up and profile to Django."""

from django.apps import AppConfig


class ProfilsConfig(AppConfig):
    name = "gradin.data.profils"
    label = "profils"
