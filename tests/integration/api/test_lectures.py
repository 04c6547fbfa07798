"""Reading: lists with filters and pages, the snapshot and its ETag, the reference page."""

from typing import Any

import pytest
from django.test import Client

from gradin.data.amphis.models import Amphi
from tests.integration.api.conftest import API, Demandeur

pytestmark = pytest.mark.django_db


def test_the_snapshot_is_revalidated_by_its_etag_until_something_happens(
    ask: Demandeur, amphi: Amphi
) -> None:
    premiere = ask("anonyme", "get", f"/amphis/{amphi.pk}")
    etag = premiere.headers["ETag"]
    assert etag == f'"{amphi.seq}-{amphi.version_offre}-public"'
    assert ask("anonyme", "get", f"/amphis/{amphi.pk}", If_None_Match=etag).status_code == 304
    corps = {"poste": "1", "tour": 1, "vu": amphi.seq}
    ask("interne", "post", f"/amphis/{amphi.pk}/choix", corps, Idempotency_Key="x")
    apres = ask("anonyme", "get", f"/amphis/{amphi.pk}", If_None_Match=etag)
    assert apres.status_code == 200
    assert {"poste": "1", "etat": "pourvu"} in apres.json()["postes"]
    assert apres.json()["compteurs"] == {"offerts": 4, "choisis": 1, "restants": 3}


def test_audiences_never_share_an_etag(ask: Demandeur, amphi: Amphi) -> None:
    etags = {
        ask(qui, "get", f"/amphis/{amphi.pk}").headers["ETag"] for qui in ("anonyme", "interne", "agent")
    }
    assert len(etags) == 3


def test_a_compressed_snapshot_says_the_same(ask: Demandeur, amphi: Amphi) -> None:
    import gzip
    import json

    clair = ask("anonyme", "get", f"/amphis/{amphi.pk}")
    serre = ask("anonyme", "get", f"/amphis/{amphi.pk}", Accept_Encoding="gzip")
    assert serre.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(serre.content)) == clair.json()


def test_the_offer_gives_the_fixed_columns_and_its_version(ask: Demandeur, amphi: Amphi) -> None:
    offre = ask("anonyme", "get", f"/amphis/{amphi.pk}/offre")
    assert offre.headers["ETag"] == f'"{amphi.version_offre}"'
    assert sorted(poste["poste"] for poste in offre.json()["postes"]) == ["1", "2", "3", "4"]
    assert "etat" not in offre.json()["postes"][0]


def test_my_tour_shows_its_own_end_and_what_i_may_not_choose(ask: Demandeur, amphi: Amphi) -> None:
    mien = ask("interne", "get", f"/moi/amphis/{amphi.pk}").json()
    photo = ask("anonyme", "get", f"/amphis/{amphi.pk}").json()
    assert (mien["interne"], mien["tour"], mien["fin"]) == (1, photo["tour"]["tour"], photo["tour"]["fin"])
    assert mien["interdits"] == []


@pytest.mark.parametrize(
    ("requete", "numeros"),
    [
        ("", ["1", "2", "3", "4"]),
        ("numero=2&numero=4", ["2", "4"]),
        ("tri=-numero&par_page=2", ["4", "3"]),
        ("page=2&par_page=3", ["4"]),
        ("etat=pourvu", []),
        ("groupe=inconnu", []),
        ("semestre=1999-05", []),
        ("q=%27%3B%20DROP%20TABLE", []),
        ("tri=password&par_page=1", ["1"]),
    ],
)
def test_postes_are_filtered_sorted_and_cut_into_pages(
    ask: Demandeur, amphi: Amphi, requete: str, numeros: list[str]
) -> None:
    liste = ask("anonyme", "get", f"/postes?{requete}").json()
    assert [poste["poste"] for poste in liste["resultats"]] == numeros
    assert set(liste) == {"resultats", "total", "page", "par_page"}


def test_me_lists_the_amphis_of_an_interne_and_those_an_agent_runs(ask: Demandeur, amphi: Amphi) -> None:
    moi = ask("interne", "get", "/moi").json()
    assert (moi["roles"], [a["id"] for a in moi["amphis"]]) == (["interne"], [amphi.pk])
    agent = ask("agent", "get", "/moi").json()
    assert [a["id"] for a in agent["amphis"]] == [amphi.pk]
    assert ask("agent_ailleurs", "get", "/moi").json()["amphis"] == []


def test_the_reference_page_names_every_address_and_loads_nothing_from_elsewhere(client: Client) -> None:
    page = client.get(f"{API}/docs").content.decode()
    schema: dict[str, Any] = client.get(f"{API}/openapi.json").json()
    assert all(chemin in page for chemin in schema["paths"])
    assert page.count("<script") == page.count('<script type="module" src="/static/')
    assert "//cdn" not in page


def test_an_unknown_address_answers_json(client: Client) -> None:
    reponse = client.get(f"{API}/rien")
    assert (reponse.status_code, reponse.json()["motif"]) == (404, "introuvable")
