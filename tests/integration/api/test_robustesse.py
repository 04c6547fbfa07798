"""Whatever is typed, the API answers in its own shape: never a crash, on either store."""

from typing import Any

import pytest
from django.db import OperationalError

from gradin.data.amphis.models import Amphi
from gradin.operations.amphis import confirm_choix
from tests.integration.api.conftest import API, Demandeur

pytestmark = pytest.mark.django_db
GEANT = "9" * 30


ETRANGES = (
    "q=%00",
    "numero=%00&etablissement=a%00",
    "tri=%00",
    "semestre=%F0%9F%98%80",
    f"page={GEANT}",
    "page=-1",
    "par_page=0",
    f"amphi={GEANT}",
    "q=" + "a" * 5_000,
    "etat=%27OR%201=1",
)


@pytest.mark.parametrize("chemin", ["/postes", "/affectations", "/amphis"])
def test_odd_queries_are_answered_or_refused_plainly(ask: Demandeur, amphi: Amphi, chemin: str) -> None:
    for requete in ETRANGES:
        reponse = ask("anonyme", "get", f"{chemin}?{requete}")
        assert reponse.status_code in (200, 422), (requete, reponse.content)


def test_an_answer_lost_after_the_commit_is_not_said_to_be_nothing(
    ask: Demandeur, amphi: Amphi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The choice is committed, and the store dies before it says so: the same key tells."""

    def choose_and_die(*args: Any, **kwargs: Any) -> None:
        confirm_choix(*args, **kwargs)
        raise OperationalError("server closed the connection unexpectedly")

    envoi = ("interne", "post", f"/amphis/{amphi.pk}/choix", {"poste": "1", "tour": 1, "vu": amphi.seq})
    with monkeypatch.context() as panne:
        panne.setattr("gradin.api.ecritures.confirm_choix", choose_and_die)
        perdue = ask(*envoi, Idempotency_Key="cle-1")
    assert (perdue.status_code, perdue.json()["motif"]) == (500, "erreur_interne")
    assert "ne sait pas si votre demande est enregistrée" in perdue.json()["message"]
    encore = ask(*envoi, Idempotency_Key="cle-1")
    assert (encore.status_code, encore.json()["recu"]["poste"]) == (200, "1")


def test_a_refusal_names_the_field_that_is_wrong(ask: Demandeur, amphi: Amphi) -> None:
    reponse = ask("anonyme", "get", "/postes?numero=1&numero=%00&page=0")
    assert reponse.json() == {"motif": "requete_invalide", "message": "À corriger : numero, page."}


@pytest.mark.parametrize("chemin", [f"/amphis/{GEANT}", f"/amphis/{GEANT}/offre", f"/moi/amphis/{GEANT}"])
def test_an_amphi_number_too_large_is_simply_unknown(ask: Demandeur, chemin: str) -> None:
    assert ask("interne", "get", chemin).status_code == 404


def test_a_body_too_large_is_refused_as_such(ask: Demandeur) -> None:
    reponse = ask("anonyme", "post", "/jetons", {"courriel": "a" * 2_000_000, "mot_de_passe": "x"})
    assert (reponse.status_code, reponse.json()["motif"]) == (413, "trop_grand")


@pytest.mark.parametrize(
    "corps",
    [
        {"courriel": "a\x00@b.fr", "mot_de_passe": "x"},
        {"courriel": "a@b.fr", "mot_de_passe": "x\x00"},
        {"courriel": None},
        [],
        "texte",
        {"courriel": "é" * 300, "mot_de_passe": "x"},
    ],
)
def test_odd_credentials_are_refused_plainly(client: Any, corps: Any) -> None:
    reponse = client.post(f"{API}/jetons", corps, content_type="application/json")
    assert reponse.status_code in (400, 401, 422), reponse.content
    assert set(reponse.json()) == {"motif", "message"}


@pytest.mark.parametrize(
    "corps",
    [
        {"poste": "\x00", "tour": 1, "vu": 1},
        {"poste": "1", "tour": 10**30, "vu": 1},
        {"poste": "1", "tour": 1, "vu": 10**30},
        {"poste": "1", "tour": 1, "vu": 1, "pour": 10**30},
    ],
)
def test_odd_choices_are_refused_plainly(ask: Demandeur, amphi: Amphi, corps: Any) -> None:
    reponse = ask("interne", "post", f"/amphis/{amphi.pk}/choix", corps, Idempotency_Key="odd")
    assert reponse.status_code in (403, 409, 422), reponse.content


@pytest.mark.parametrize(
    "corps",
    [
        {"type": "\x00"},
        {"type": "message", "texte": "\x00\x01"},
        {"type": "passer", "tour": 10**30},
        {"type": "prolonger", "tour": 1, "ms": -1},
        {"type": "approuver", "proposition": 10**30},
        {"type": "corriger_choix", "interne": 10**9, "motif": "x"},
        {"type": "ajouter_poste", "poste": {"poste": "\x00"}},
        {"type": "coupler", "internes": [1]},
    ],
)
def test_odd_acts_are_refused_plainly(ask: Demandeur, amphi: Amphi, corps: Any) -> None:
    reponse = ask("agent", "post", f"/amphis/{amphi.pk}/commandes", corps, Idempotency_Key="odd")
    assert reponse.status_code in (200, 201, 202, 409, 422), reponse.content


def test_favourites_that_are_no_list_of_postes_or_services_change_nothing(
    ask: Demandeur, amphi: Amphi
) -> None:
    for corps in ([{}], [{"poste": "1", "service": "1"}], {"poste": "1"}, [{"poste": "\x00"}], ["1"]):
        assert ask("interne", "put", f"/amphis/{amphi.pk}/favoris", corps).status_code == 422
    assert ask("interne", "get", f"/amphis/{amphi.pk}/favoris").json() == []


def test_a_wrong_method_is_refused_in_the_shape_of_the_api(ask: Demandeur, amphi: Amphi) -> None:
    reponse = ask("anonyme", "put", f"/amphis/{amphi.pk}", {})
    assert (reponse.status_code, reponse["Allow"]) == (405, "GET")
    assert reponse.json()["motif"] == "methode"
