"""Declares what is known of a service besides its postes."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "gradin.data.services"
    label = "services"
