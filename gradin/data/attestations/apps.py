"""Declares the models of attestations to Django."""

from django.apps import AppConfig


class AttestationsConfig(AppConfig):
    name = "gradin.data.attestations"
    label = "attestations"
