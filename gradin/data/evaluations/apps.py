"""Declares the evaluations of stages."""

from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    name = "gradin.data.evaluations"
    label = "evaluations"
