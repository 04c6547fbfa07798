"""Declares the parcours, the maquettes and the situation semestrielle."""

from django.apps import AppConfig


class ParcoursConfig(AppConfig):
    name = "gradin.data.parcours"
    label = "parcours"
