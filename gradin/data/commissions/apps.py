"""Declares the commissions to Django."""

from django.apps import AppConfig


class CommissionsConfig(AppConfig):
    name = "gradin.data.commissions"
    label = "commissions"
