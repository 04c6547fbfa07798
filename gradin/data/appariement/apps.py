"""App of the campaigns that match docteurs juniors with sites."""

from django.apps import AppConfig


class AppariementConfig(AppConfig):
    name = "gradin.data.appariement"
    label = "appariement"
