"""Addresses of the platform as a mail writes them: absolute, from the settings."""

from django.conf import settings


def site_url(chemin: str) -> str:
    return f"{settings.GRADIN_URL.rstrip('/')}{chemin}"


def journal_url(amphi: int) -> str:
    return site_url(f"/api/v1/amphis/{amphi}/journal")
