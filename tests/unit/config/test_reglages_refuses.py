"""Each unsafe setting is refused by name before the service starts; safe ones are not."""

from pathlib import Path
from typing import Any

import pytest

from gradin.config.checks import find_unsafe_settings

FORTE = "k9-Lm2_pQ7rS4tU8vW1xY3zA5bC6dE0fG-hJ2kN4mP6"
SURS: dict[str, Any] = {
    "DEBUG": False,
    "SECRET_KEY": FORTE,
    "ALLOWED_HOSTS": ["gradin.example.fr"],
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "GRADIN_URL": "https://gradin.example.fr",
    "GRADIN_SMTP_URL": "starttls://gradin:secret@smtp.example.fr",
    "GRADIN_METRICS_TOKEN": "",
    "GRADIN_DEMONSTRATION": False,
    "GRADIN_OIDC": {},
    "GRADIN_SCEAU_P12": "",
}
DANGEREUX = [
    ({"DEBUG": True}, "DEBUG"),
    ({"SECRET_KEY": "trop court"}, "GRADIN_SECRET_KEY"),
    ({"SECRET_KEY": "ab" * 30}, "GRADIN_SECRET_KEY"),
    ({"SECRET_KEY": "django-insecure-" + FORTE}, "GRADIN_SECRET_KEY"),
    ({"ALLOWED_HOSTS": ["*"]}, "GRADIN_HOSTS"),
    ({"ALLOWED_HOSTS": []}, "GRADIN_HOSTS"),
    ({"ALLOWED_HOSTS": ["*.example.fr"]}, "GRADIN_HOSTS"),
    ({"SESSION_COOKIE_SECURE": False}, "GRADIN_HTTPS"),
    ({"CSRF_COOKIE_SECURE": False}, "CSRF_COOKIE_SECURE"),
    ({"SECURE_HSTS_SECONDS": 0}, "SECURE_HSTS_SECONDS"),
    ({"SESSION_COOKIE_HTTPONLY": False}, "SESSION_COOKIE_HTTPONLY"),
    ({"SESSION_COOKIE_SAMESITE": "None"}, "SESSION_COOKIE_SAMESITE"),
    ({"MIDDLEWARE": []}, "CSPMiddleware"),
    ({"GRADIN_URL": "http://gradin.example.fr"}, "GRADIN_URL"),
    ({"GRADIN_SMTP_URL": "smtp://gradin:secret@smtp.example.fr"}, "GRADIN_SMTP_URL"),
    ({"GRADIN_METRICS_TOKEN": "1234"}, "GRADIN_METRICS_TOKEN"),
    ({"GRADIN_SCEAU_P12": "/nulle/part.p12"}, "GRADIN_SCEAU_P12"),
    (
        {"GRADIN_OIDC": {"proconnect": {"emetteur": "https://a.fr", "client": "x", "secret": ""}}},
        "GRADIN_OIDC_PROCONNECT",
    ),
    (
        {"GRADIN_OIDC": {"proconnect": {"emetteur": "http://a.fr", "client": "x", "secret": "y"}}},
        "GRADIN_OIDC_PROCONNECT_EMETTEUR",
    ),
]


@pytest.fixture
def surs(settings: Any, tmp_path: Path) -> Any:
    for nom, valeur in {**SURS, "GRADIN_DATA": tmp_path}.items():
        setattr(settings, nom, valeur)
    return settings


def test_safe_settings_are_not_refused(surs: Any) -> None:
    assert list(find_unsafe_settings()) == []


@pytest.mark.parametrize(("reglage", "nom"), DANGEREUX)
def test_an_unsafe_setting_is_refused_by_its_name(surs: Any, reglage: dict[str, Any], nom: str) -> None:
    for cle, valeur in reglage.items():
        setattr(surs, cle, valeur)
    (refus,) = find_unsafe_settings()
    assert nom in refus


def test_a_key_that_others_of_the_machine_may_read_is_refused(surs: Any) -> None:
    cle = surs.GRADIN_DATA / "secret.key"
    cle.write_text(FORTE)
    cle.chmod(0o644)
    (refus,) = find_unsafe_settings()
    assert "chmod 600" in refus
    cle.chmod(0o600)
    assert list(find_unsafe_settings()) == []
