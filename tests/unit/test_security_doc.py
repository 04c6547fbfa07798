"""docs/security.md and docs/reference/cas.md name tests: each of them exists."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
DOCS = TESTS.parent / "docs"


@pytest.mark.parametrize("page", ["security.md", "reference/cas.md"])
def test_every_test_that_a_table_of_cases_names_exists(page: str) -> None:
    nommes = set(re.findall(r"`(test_[a-z0-9_]+)`", (DOCS / page).read_text("utf-8")))
    ecrits = {
        nom
        for fichier in TESTS.rglob("*.py")
        for nom in re.findall(r"^(?:async )?def (test_\w+)", fichier.read_text("utf-8"), re.MULTILINE)
    }
    assert len(nommes) > 30 and nommes - ecrits == set()
