"""Canaries in every kind of link: no line that leaves for the console holds one, trace or not."""

import io
import json
import logging

import pytest
from django.conf import settings

from gradin.config.journaux import SansLien
from gradin.live.demandes import EnJson
from gradin.operations.liens_signes import sign_cle

LIENS = ("appariement/lien", "commissions/lien", "agrements/dossier", "procuration", "mot-de-passe/1a-")


@pytest.fixture
def ecrit() -> io.StringIO:
    """The handler of the shipped settings, its lines kept here."""
    sortie = io.StringIO()
    handler = logging.StreamHandler(sortie)
    handler.setFormatter(EnJson())
    handler.addFilter(SansLien())
    journal = logging.getLogger("gradin.essai")
    journal.handlers, journal.propagate = [handler], False
    return sortie


@pytest.mark.parametrize("adresse", LIENS)
def test_no_line_of_the_log_holds_the_link_of_a_mail(ecrit: io.StringIO, adresse: str) -> None:
    jeton = sign_cle("gradin.essai", "canari-0123456789abcdef")
    chemin = f"/{adresse}/{jeton}/".replace("-/", "-")
    journal = logging.getLogger("gradin.essai")
    journal.warning("Gone: %s", chemin)
    journal.info("%s %s %s %s ms", "POST", chemin, 302, 12)
    try:
        raise ValueError(f"<WSGIRequest: GET '{chemin}?retour={chemin}'>")
    except ValueError:
        journal.exception("Internal Server Error: %s", chemin)
    lignes = ecrit.getvalue().splitlines()
    assert len(lignes) == 3 and "…" in lignes[0]
    assert not [ligne for ligne in lignes if "canari" in ligne or jeton[-20:] in ligne]
    assert "test_journaux.py" in json.loads(lignes[2])["trace"]


def test_the_console_of_the_service_is_behind_that_filter() -> None:
    console = settings.LOGGING["handlers"]["console"]
    filtre = settings.LOGGING["filters"]["sans_lien"]["()"]
    assert console["filters"] == ["sans_lien"] and filtre.endswith(SansLien.__name__)
    assert [*settings.LOGGING["handlers"]] == ["console"]
