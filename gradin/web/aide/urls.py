"""Addresses of /aide/."""

from django.urls import path

from gradin.web.aide import views

urlpatterns = [
    path("", views.aide, name="aide"),
    path("<slug:nom>/", views.page, name="aide-page"),
]
