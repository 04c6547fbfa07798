"""Addresses of the pages of salle."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
