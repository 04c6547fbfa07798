"""Declares what internes wish before the day: préchoix, their wishes, what is foreseen from them."""

from django.apps import AppConfig


class PrechoixConfig(AppConfig):
    name = "gradin.data.prechoix"
    label = "prechoix"
