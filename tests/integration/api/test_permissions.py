"""Who may ask what: every address of the API × everybody (small matrix), deny by default."""

from typing import Any

import pytest
from django.db import transaction

from gradin.api.v1 import api
from gradin.data.amphis.models import Amphi, EtatAmphi
from tests.integration.api.conftest import Demandeur

pytestmark = pytest.mark.django_db

QUI = ("anonyme", "interne", "autre_interne", "agent", "agent_ailleurs")
CLE = {"Idempotency_Key": "matrice"}
CHOIX = {"poste": "1", "tour": 1, "vu": 3}
ACTE = {"type": "message", "texte": "Bonjour", "vu": 3}
# Method, path, body, then the status for each of QUI.
MATRICE: tuple[tuple[str, str, Any, tuple[int, ...]], ...] = (
    ("get", "/postes", None, (200, 200, 200, 200, 200)),
    ("get", "/affectations", None, (200, 200, 200, 200, 200)),
    ("get", "/amphis", None, (200, 200, 200, 200, 200)),
    ("get", "/amphis/{amphi}", None, (200, 200, 200, 200, 200)),
    ("get", "/amphis/{amphi}/offre", None, (200, 200, 200, 200, 200)),
    ("get", "/amphis/{amphi}/journal", None, (200, 200, 200, 200, 200)),
    ("get", "/schemas/{nom}.json", None, (200, 200, 200, 200, 200)),
    ("get", "/moi", None, (401, 200, 200, 200, 200)),
    ("get", "/mes-attestations", None, (401, 200, 200, 200, 200)),
    ("get", "/mes-attestations/{semestre}.pdf", None, (401, 404, 404, 404, 404)),
    ("get", "/moi/amphis/{amphi}", None, (401, 200, 403, 403, 403)),
    ("get", "/amphis/{amphi}/favoris", None, (401, 200, 403, 403, 403)),
    ("put", "/amphis/{amphi}/favoris", [{"poste": "1"}], (401, 200, 403, 403, 403)),
    ("post", "/amphis/{amphi}/choix", CHOIX, (401, 201, 403, 403, 403)),
    ("post", "/amphis/{amphi}/commandes", ACTE, (401, 403, 403, 201, 404)),
    ("post", "/jetons", {"courriel": "x@y.example", "mot_de_passe": "x"}, (401, 401, 401, 401, 401)),
)


@pytest.mark.parametrize(("methode", "chemin", "corps", "statuts"), MATRICE, ids=lambda v: str(v)[:40])
def test_each_address_answers_each_visitor_as_the_matrix_says(
    ask: Demandeur, amphi: Amphi, methode: str, chemin: str, corps: Any, statuts: tuple[int, ...]
) -> None:
    """In one world, which each visitor finds as it was: what his request did is undone."""
    adresse = chemin.format(amphi=amphi.pk, semestre="2027-05", nom="postes")
    for qui, statut in zip(QUI, statuts, strict=True):
        with transaction.atomic():
            reponse = ask(qui, methode, adresse, corps, **CLE)
            transaction.set_rollback(True)
        assert reponse.status_code == statut, (qui, reponse.content)
        if reponse.status_code >= 400:
            assert {"motif", "message"} <= set(reponse.json()), qui
        assert int(reponse.headers["Gradin-Maintenant"]) > 0


def test_the_matrix_knows_every_address() -> None:
    schema = api.get_openapi_schema()
    natives = {"/api/v1/amphis/{amphi}/direct", "/api/v1/amphis/{amphi}/faits"}
    servies = {
        (methode, chemin.removeprefix("/api/v1"))
        for chemin, operations in schema["paths"].items()
        if chemin not in natives
        for methode in operations
    }
    assert servies == {(methode, chemin) for methode, chemin, _, _ in MATRICE}


@pytest.mark.parametrize("qui", ["anonyme", "autre_interne", "agent_ailleurs"])
def test_a_draft_does_not_exist_for_others(ask: Demandeur, amphi: Amphi, qui: str) -> None:
    Amphi.objects.filter(pk=amphi.pk).update(etat=EtatAmphi.BROUILLON)
    assert ask(qui, "get", f"/amphis/{amphi.pk}").status_code == 404
    assert ask(qui, "get", "/amphis").json() == []
    assert ask("agent", "get", f"/amphis/{amphi.pk}").status_code == 200
    Amphi.objects.filter(pk=amphi.pk).update(etat=EtatAmphi.EN_COURS)


def test_an_unknown_amphi_is_not_found_by_anybody(ask: Demandeur) -> None:
    for qui in QUI:
        assert ask(qui, "get", "/amphis/999999").status_code == 404


def test_a_wrong_token_is_refused_even_where_no_account_is_needed(client: Any) -> None:
    reponse = client.get("/api/v1/postes", headers={"Authorization": "Bearer faux"})
    assert reponse.status_code == 401
    assert reponse.json()["motif"] == "non_authentifie"
