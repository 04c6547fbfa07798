"""Nothing private goes out: canaries in one interne's fields, looked for in everybody else's payloads."""

import json
from typing import Any

import pytest

from gradin.data.amphis.models import Amphi
from tests.factories.amphis import compte_of
from tests.integration.api.conftest import CANARIS, Demandeur

pytestmark = pytest.mark.django_db

LECTURES = (
    "/postes",
    "/affectations",
    "/amphis",
    "/amphis/{amphi}",
    "/amphis/{amphi}/offre",
    "/amphis/{amphi}/journal",
    "/amphis/{amphi}/favoris",
    "/moi/amphis/{amphi}",
    "/moi",
    "/mes-attestations",
)
PUBLIC = {"interne", "rang", "statut", "poste"}


@pytest.mark.parametrize("qui", ["anonyme", "interne", "autre_interne", "agent_ailleurs"])
def test_no_canary_leaves_for_somebody_else(ask: Demandeur, amphi: Amphi, qui: str) -> None:
    _choose(ask, amphi)
    for chemin in LECTURES:
        texte = ask(qui, "get", chemin.format(amphi=amphi.pk)).content.decode()
        assert [canari for canari in CANARIS if canari in texte] == [], chemin


def test_the_owner_reads_his_own_type_de_choix_and_favourites(
    amphi: Amphi, comptes: Any, ask: Demandeur
) -> None:
    comptes["interne"] = compte_of(amphi, 2)
    mien = ask("interne", "get", f"/moi/amphis/{amphi.pk}").json()
    assert mien["type_choix"] == "surnombre_non_validant"
    assert mien["favoris"] == [{"poste": "3"}]


def test_the_public_snapshot_has_no_name_and_only_the_fields_allowed(ask: Demandeur, amphi: Amphi) -> None:
    photo = ask("anonyme", "get", f"/amphis/{amphi.pk}").json()
    assert all(set(ligne) == PUBLIC for ligne in photo["liste"])
    assert set(photo["compteurs"]) == {"offerts", "choisis", "restants"}
    assert "messages" not in photo


def test_internes_of_the_amphi_read_names_and_the_regie_types_and_presence(
    ask: Demandeur, amphi: Amphi
) -> None:
    amphi_lu = ask("interne", "get", f"/amphis/{amphi.pk}").json()
    assert {frozenset(ligne) for ligne in amphi_lu["liste"]} == {frozenset(PUBLIC | {"nom"})}
    regie = ask("agent", "get", f"/amphis/{amphi.pk}").json()
    attendus = PUBLIC | {"nom", "type_choix", "presence"}
    assert {frozenset(ligne) for ligne in regie["liste"]} == {frozenset(attendus)}
    assert regie["compteurs"]["surnombres"] == 0


def test_the_public_journal_opens_no_commitment(ask: Demandeur, amphi: Amphi) -> None:
    texte = ask("agent", "get", f"/amphis/{amphi.pk}/journal").content.decode()
    for ligne in map(json.loads, texte.splitlines()):
        assert set(ligne) == {"n", "a", "fait", "p", "c", "h"}


@pytest.mark.parametrize(
    ("reglage", "attendu"), [("direct", "Prénom I."), ("apres_cloture", None), ("jamais", None)]
)
def test_names_of_affectations_follow_the_parameter(
    ask: Demandeur, amphi: Amphi, reglage: str, attendu: str | None
) -> None:
    _choose(ask, amphi)
    Amphi.objects.filter(pk=amphi.pk).update(parametres=amphi.parametres | {"noms_publics": reglage})
    lignes = ask("anonyme", "get", "/affectations").json()["resultats"]
    assert [ligne["interne"] for ligne in lignes] == [attendu]
    assert ask("interne", "get", "/affectations").json()["resultats"][0]["interne"] == "Prénom I."


def _choose(ask: Demandeur, amphi: Amphi) -> None:
    corps = {"poste": "1", "tour": 1, "vu": amphi.seq}
    reponse = ask("interne", "post", f"/amphis/{amphi.pk}/choix", corps, Idempotency_Key="canari")
    assert reponse.status_code == 201
