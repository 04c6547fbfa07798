"""Declares the commands."""

from django.apps import AppConfig


class CliConfig(AppConfig):
    name = "gradin.cli"
    label = "cli"
