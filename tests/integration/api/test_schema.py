"""Every address of the OpenAPI schema, asked what fits and what does not: no crash, the form that was said.

`HYPOTHESIS_EXEMPLES` asks more of each (make assurance).
"""

import json
import os
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gradin.api.debit import DEBIT
from gradin.api.v1 import api
from gradin.data.amphis.models import Amphi
from tests.integration.api.conftest import API, Demandeur
from tests.integration.api.schema import find_fault, values

pytestmark = pytest.mark.django_db
EXEMPLES = int(os.environ.get("HYPOTHESIS_EXEMPLES", "8"))
SCHEMA: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema()))
# Answered by the live process; a token costs a password's hash, and ten wrong ones close the door.
AILLEURS = ("/direct", "/faits", "/jetons")
OPERATIONS = [
    (chemin, methode, operation)
    for chemin, methodes in SCHEMA["paths"].items()
    for methode, operation in methodes.items()
    if not chemin.endswith(AILLEURS)
]


@st.composite
def requests(draw: st.DrawFn, operation: dict[str, Any], amphi: int) -> tuple[dict[str, str], str, Any]:
    """(parts of the path, query, body)."""
    chemin, requete = {}, []
    for parametre in operation.get("parameters", []):
        nom, schema = parametre["name"], parametre["schema"]
        if parametre["in"] == "path":
            chemin[nom] = str(draw(st.sampled_from([amphi, amphi, amphi, 999_999])))
        elif parametre["in"] == "query" and draw(st.booleans()):
            requete.append((nom, draw(values(schema, SCHEMA))))
    contenu = operation.get("requestBody", {}).get("content", {}).get("application/json")
    corps = draw(values(contenu["schema"], SCHEMA)) if contenu else None
    return chemin, urlencode(requete, doseq=True, errors="replace"), corps


def test_whatever_is_asked_the_answer_has_the_form_that_the_schema_says(ask: Demandeur, amphi: Amphi) -> None:
    """One amphi for all: making it anew costs more than asking."""
    for chemin, methode, operation in OPERATIONS:
        walk(ask, amphi.pk, chemin, methode, operation)


def walk(ask: Demandeur, amphi: int, chemin: str, methode: str, operation: dict[str, Any]) -> None:
    @settings(
        max_examples=EXEMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[*HealthCheck],
    )
    @given(requests(operation, amphi), st.sampled_from(["anonyme", "interne", "agent"]), st.uuids())
    def judge(demande: tuple[dict[str, str], str, Any], qui: str, cle: Any) -> None:
        morceaux, requete, corps = demande
        adresse = chemin.removeprefix(API).format(**{nom: quote(un) for nom, un in morceaux.items()})
        envoi = None if methode == "get" else corps
        DEBIT._seaux.clear()
        reponse = ask(qui, methode, f"{adresse}?{requete}", envoi, Idempotency_Key=str(cle))
        check_answer(reponse, f"{methode} {chemin}", operation)

    judge()


def check_answer(reponse: Any, ou: str, operation: dict[str, Any]) -> None:
    assert reponse.status_code < 500, (ou, reponse.content)
    dite = operation["responses"].get(str(reponse.status_code))
    assert dite is not None, f"{ou}: {reponse.status_code} is not in the schema: {reponse.content!r}"
    schema = dite.get("content", {}).get("application/json", {}).get("schema")
    if schema is not None and reponse["Content-Type"].startswith("application/json"):
        assert find_fault(reponse.json(), schema, SCHEMA) == "", ou


def test_the_walk_sees_a_body_that_is_not_what_was_promised() -> None:
    schema = {"$ref": "#/components/schemas/ErreurLue"}
    assert find_fault({"motif": "x", "message": "y"}, schema, SCHEMA) == ""
    assert "missing" in find_fault({"motif": "x"}, schema, SCHEMA)
    assert "no string" in find_fault({"motif": 1, "message": "y"}, schema, SCHEMA)
    assert len(OPERATIONS) > 12
