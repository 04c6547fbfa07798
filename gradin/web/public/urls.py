"""Addresses of the pages of public."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
