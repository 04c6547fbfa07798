"""Every address of the served OpenAPI document, asked by schemathesis what fits and what does not.

`HYPOTHESIS_EXEMPLES` asks more of each (make assurance).
"""

import os
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup

from gradin.api.debit import DEBIT, LECTURES
from gradin.data.amphis.models import Amphi
from gradin.data.comptes.models import Compte
from tests.integration.api.conftest import API, bearer_of

load_all_checks()
TOUJOURS = CHECKS.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
        "negative_data_rejection",
        "missing_required_header",
    ]
)
# A write that fits its schema may still be refused by a rule; a read may not.
LECTURE = [*TOUJOURS, *CHECKS.get_by_names(["positive_data_acceptance"])]
# Who asks is given apart.
CONFIG = SchemathesisConfig.from_dict({"generation": {"with-security-parameters": False}})
EXEMPLES = settings(
    max_examples=int(os.environ.get("HYPOTHESIS_EXEMPLES", "8")),
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[*HealthCheck],
)
# Answered by the live process (integration/live/test_schema_direct.py); a token costs a password's hash,
# and ten wrong ones close the door (test_robustesse.py).
AILLEURS = ("/direct", "/faits", "/jetons")
Entetes = dict[str, str]


@pytest.fixture
def schema(db: None) -> Iterator[Any]:
    """As it is served, asked without a socket: a request must not close the test's connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi(f"{API}/openapi.json", get_wsgi_application(), config=CONFIG)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def demandeurs(comptes: dict[str, Compte | None]) -> list[Entetes]:
    """Nobody, an interne, an agent."""
    identite = {"Accept-Encoding": "identity"}
    return [identite | bearer_of(comptes[qui]) for qui in ("anonyme", "interne", "agent")]


def test_whatever_is_asked_the_answer_is_as_the_document_says(
    schema: Any, amphi: Amphi, demandeurs: list[Entetes]
) -> None:
    """One amphi for all: making it anew costs more than asking."""
    operations = [resultat.ok() for resultat in schema.get_all_operations()]
    asked = [operation for operation in operations if not operation.path.endswith(AILLEURS)]
    assert len(asked) > 12
    for operation in asked:
        walk(operation, GenerationMode.POSITIVE, amphi, demandeurs)
        # What is no number is another address.
        if operation.body or {un.name for un in operation.iter_parameters()} - {"amphi"}:
            walk(operation, GenerationMode.NEGATIVE, amphi, demandeurs)


def walk(operation: Any, mode: GenerationMode, amphi: Amphi, demandeurs: list[Entetes]) -> None:
    checks = LECTURE if operation.method == "get" else TOUJOURS

    @EXEMPLES
    @given(operation.as_strategy(generation_mode=mode), st.sampled_from(demandeurs))
    def judge(case: Any, entetes: Entetes) -> None:
        DEBIT._seaux.clear()
        LECTURES._seaux.clear()
        if mode is GenerationMode.POSITIVE and "amphi" in (case.path_parameters or {}):
            case.path_parameters["amphi"] = amphi.pk
        case.call_and_validate(headers=entetes, checks=checks)

    judge()


def test_the_walk_sees_an_answer_that_is_not_what_was_promised(schema: Any, amphi: Amphi) -> None:
    """The document is made to promise something else."""
    schema.raw_schema["components"]["schemas"]["AmphiResume"]["properties"]["seq"] = {"type": "string"}
    operation = schema[f"{API}/amphis"]["GET"]
    with pytest.raises(FailureGroup, match="seq"):
        operation.Case().call_and_validate(headers={"Accept-Encoding": "identity"}, checks=LECTURE)


def test_each_address_has_an_example_that_its_own_schema_accepts(schema: Any) -> None:
    composants = {"components": schema.raw_schema["components"]}
    for chemin, methodes in schema.raw_schema["paths"].items():
        for operation in methodes.values():
            assert chemin.partition("{")[0] in operation["x-codeSamples"][0]["source"]
            for reponse in operation["responses"].values():
                for contenu in reponse.get("content", {}).values():
                    if "example" in contenu:
                        jsonschema_rs.validate(contenu["schema"] | composants, contenu["example"])
