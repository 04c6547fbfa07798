"""Declares the notifications that reach a device while no page is open."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "gradin.data.notifications"
    label = "notifications"
