"""docs/security.md names tests: each of them exists."""

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
DOC = TESTS.parent / "docs" / "security.md"


def test_every_test_that_the_table_of_attacks_names_exists() -> None:
    nommes = set(re.findall(r"`(test_[a-z0-9_]+)`", DOC.read_text("utf-8")))
    ecrits = {
        nom
        for fichier in TESTS.rglob("*.py")
        for nom in re.findall(r"^(?:async )?def (test_\w+)", fichier.read_text("utf-8"), re.MULTILINE)
    }
    assert len(nommes) > 30 and nommes - ecrits == set()
