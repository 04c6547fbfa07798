"""The two addresses of the live process, asked by schemathesis as the served OpenAPI document says."""

from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import SchemathesisConfig

from tests.integration.live.conftest import Scene

load_all_checks()
CHECKS_DITS = CHECKS.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
    ]
)
# A stream has no end: its first events tell its form.
CONFIG = SchemathesisConfig.from_dict(
    {"generation": {"with-security-parameters": False}, "max-stream-events": 1, "request-timeout": 60}
)


def test_stream_and_long_poll_answer_as_the_document_says(scene: Scene) -> None:
    schema = schemathesis.openapi.from_url(f"{scene.serveur.url}/api/v1/openapi.json", config=CONFIG)
    for suite in ("direct", "faits"):
        walk(schema["/api/v1/amphis/{amphi}/" + suite]["GET"], scene)


def walk(operation: Any, scene: Scene) -> None:
    statuts = set()

    @settings(
        max_examples=6, deadline=None, derandomize=True, database=None, suppress_health_check=[*HealthCheck]
    )
    @given(operation.as_strategy())
    def judge(case: Any) -> None:
        for amphi in (scene.amphi.pk, case.path_parameters["amphi"]):
            case.path_parameters["amphi"] = amphi
            case.query.pop("attente", None)
            statuts.add(case.call_and_validate(checks=CHECKS_DITS).status_code)

    judge()
    assert statuts == {200, 404}
