"""What makes the site an application: its manifest, its service worker, whose copies a device may keep."""

import json

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.factories.amphis import compte_of, make_amphi

pytestmark = pytest.mark.django_db


def test_the_manifest_names_files_that_are_there_and_the_worker_is_asked_each_time() -> None:
    client = Client()
    reponse = client.get("/manifest.webmanifest")
    manifeste = json.loads(reponse.content)
    assert reponse["Content-Type"] == "application/manifest+json"
    assert {(icone["sizes"], icone["purpose"]) for icone in manifeste["icons"]} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    assert all(finders.find(icone["src"].removeprefix("/static/")) for icone in manifeste["icons"])
    service = client.get("/sw.js")
    assert service["Content-Type"].startswith("text/javascript")
    assert service["Cache-Control"] == "no-cache"
    assert client.get("/hors-ligne/").status_code == 200


def test_a_page_says_whose_it_is_by_a_mark_that_names_nobody() -> None:
    amphi = make_amphi(internes=2)
    premiere, encore, deuxieme = Client(), Client(), Client()
    for client, rang in ((premiere, 1), (encore, 1), (deuxieme, 2)):
        client.force_login(compte_of(amphi, rang))
    marques = [client.get("/postes/")["Gradin-Compte"] for client in (premiere, encore, deuxieme)]
    assert marques[0] == marques[1] != marques[2]
    assert len(marques[0]) == 16
    assert "Gradin-Compte" not in Client().get("/postes/")
    assert "Gradin-Compte" not in premiere.get("/version/")
