"""What each answer tells the browser and the caches on its way: nothing inline, no frame, no shared copy."""

import pytest
from django.test import Client

from tests.integration.permissions.matrice import MATRICE
from tests.integration.permissions.monde import PROTEGENT, Entetes
from tests.integration.permissions.recolte import Recolte

pytestmark = pytest.mark.django_db

# The same for everybody, or asked again of the server each time (the amphi's snapshot, by its ETag).
RELUES = "private, no-cache"
GARDEES = {
    "manifest.webmanifest": "no-cache",
    "sw.js": "no-cache",
    "calendrier.ics": "public, max-age=300",
    "api/v1/amphis/<int:amphi>": RELUES,
    "api/v1/amphis/<int:amphi>/journal": RELUES,
    "api/v1/amphis/<int:amphi>/offre": RELUES,
}
# What a region hands out is opened in a box where nothing runs.
BOITES = {"informations/<int:pk>/fichier/": {"default-src 'none'", "sandbox"}}
PERMIS = {
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "connect-src": {"'self'"},
    "img-src": {"'self'", "data:"},
    "form-action": {"'self'"},
    "base-uri": {"'none'"},
    "frame-ancestors": {"'none'"},
    "default-src": {"'none'"},
}
INTROUVABLES = (
    "/admin/",
    "/admin/login/",
    "/__debug__/",
    "/.git/config",
    "/.git/HEAD",
    "/.env",
    "/secret.key",
    "/var/gradin.sqlite3",
    "/sw.js.map",
    "/static/gradin/js/direct.js.map",
    "/static/../gradin/config/settings.py",
    "/metrics",
)


def find_faults(recolte: Recolte, permitted: object) -> list[str]:
    return [
        f"{route} : {dict(zip(PROTEGENT, entetes, strict=True))}"
        for route, recues in recolte.entetes.items()
        for entetes in recues
        if not permitted(route, *entetes)  # type: ignore[operator]
    ]


def test_the_walk_kept_the_headers_of_every_address(recolte: Recolte) -> None:
    assert set(recolte.entetes) == set(MATRICE)


def test_no_answer_lets_a_page_run_or_load_what_is_not_ours(recolte: Recolte) -> None:
    """S02, C18: no inline script or style, no eval, no other host, no frame."""

    def permitted(route: str, csp: str, *autres: str) -> bool:
        morceaux = {morceau.strip() for morceau in csp.split(";")}
        if route in BOITES and morceaux == BOITES[route]:
            return True
        lues = {nom: set(sources) for nom, *sources in map(str.split, morceaux)}
        exact = all(lues.get(nom) == sources for nom, sources in PERMIS.items())
        return exact and "unsafe" not in csp and "http" not in csp and "*" not in csp

    assert find_faults(recolte, permitted) == []


def test_no_answer_is_guessed_framed_or_told_to_another_site(recolte: Recolte) -> None:
    def permitted(route: str, csp: str, nosniff: str, referent: str, cadre: str, *autres: str) -> bool:
        json = route.startswith("api/")
        return (nosniff, referent) == ("nosniff", "same-origin") and (cadre == "DENY" or (json and not cadre))

    assert find_faults(recolte, permitted) == []


def test_no_cache_keeps_one_persons_answer_for_another(recolte: Recolte) -> None:
    """F28."""

    def permitted(route: str, *entetes: str) -> bool:
        *_, garde, varie = entetes
        seule = {"private", "no-store"} <= {mot.strip() for mot in garde.split(",")}
        return "Cookie" in varie.split(", ") and (seule or garde == GARDEES.get(route))

    assert find_faults(recolte, permitted) == []


def test_the_judge_of_headers_sees_what_is_missing(recolte: Recolte) -> None:
    """Its own control: a policy that lets a script run inline, and a page that a cache may keep."""
    nue: Entetes = ("script-src 'self' 'unsafe-inline'", "", "", "", "public", "")
    autre = Recolte()
    autre.entetes.update(recolte.entetes)
    autre.entetes["mon-profil/"] = {nue}
    for juge in (
        test_no_answer_lets_a_page_run_or_load_what_is_not_ours,
        test_no_answer_is_guessed_framed_or_told_to_another_site,
        test_no_cache_keeps_one_persons_answer_for_another,
    ):
        with pytest.raises(AssertionError, match="mon-profil"):
            juge(autre)


def test_what_others_look_for_is_nowhere(client: Client) -> None:
    """S06: no administration site, no repository, no key, no database, no source map; and no word of why."""
    for adresse in INTROUVABLES:
        reponse = client.get(adresse)
        assert reponse.status_code == 404, adresse
        assert b"Traceback" not in reponse.content and b"URLconf" not in reponse.content, adresse
