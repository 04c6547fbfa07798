"""Journals of each released format stay verifiable, readable, and give the same bytes again."""

import json
from pathlib import Path

import pytest

from gradin.domain.amphi.empreintes import from_iso
from gradin.domain.amphi.encodage import decode
from gradin.domain.amphi.engine import fold
from gradin.domain.amphi.facts import FAITS
from gradin.domain.amphi.journal import GENESE, write
from tests.unit.verification.simulation import as_bytes
from tests.unit.verification.verdict import verdict

GOLDEN = Path(__file__).parents[2] / "golden" / "format-1"
COMPLETS = sorted(GOLDEN.glob("*-complet.jsonl"))


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.jsonl")), ids=lambda path: path.stem)
def test_a_golden_journal_passes(path: Path) -> None:
    assert verdict(_lines(path)) is None


@pytest.mark.parametrize("path", COMPLETS, ids=lambda path: path.stem)
def test_the_engine_reads_a_golden_journal_and_writes_the_same_bytes(path: Path) -> None:
    objets = [json.loads(line) for line in _lines(path)]
    faits = [decode(o["fait"], from_iso(o["a"]), o["p"], o.get("prive")) for o in objets]
    sels = (o["sel"] for o in objets if "sel" in o)
    assert as_bytes(write(0, GENESE, faits, sels), complet=True) == _lines(path)
    assert fold(faits).seq == len(objets)


def test_the_golden_journals_hold_every_kind_of_fact() -> None:
    seen = {json.loads(line)["fait"] for path in COMPLETS for line in _lines(path)}
    assert seen == {classe.__name__ for classe in FAITS}
