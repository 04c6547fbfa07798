"""Journals of each released format stay verifiable, readable, and give the same bytes again."""

import json
from pathlib import Path

import pytest

from gradin.domain.amphi.empreintes import from_iso
from gradin.domain.amphi.encodage import decode
from gradin.domain.amphi.engine import fold
from gradin.domain.amphi.facts import FAITS, ChoixConfirme
from gradin.domain.amphi.journal import GENESE, write
from gradin.domain.kernel import Fait
from tests.unit.verification.etats_dits import replay, replay_first, said_states
from tests.unit.verification.simulation import as_bytes
from tests.unit.verification.verdict import verdict

GOLDEN = Path(__file__).parents[2] / "golden" / "format-1"
PREMIERS = ("hasard-1-complet", "salle-complet", "voeux-complet")
COMPLETS = sorted(GOLDEN.glob("*-complet.jsonl"))


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def _facts(path: Path) -> list[Fait]:
    objets = map(json.loads, _lines(path))
    return [decode(o["fait"], from_iso(o["a"]), o["p"], o.get("prive")) for o in objets]


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.jsonl")), ids=lambda path: path.stem)
def test_a_golden_journal_passes(path: Path) -> None:
    assert verdict(_lines(path)) is None


@pytest.mark.parametrize("path", COMPLETS, ids=lambda path: path.stem)
def test_the_engine_reads_a_golden_journal_and_writes_the_same_bytes(path: Path) -> None:
    objets, faits = [json.loads(line) for line in _lines(path)], _facts(path)
    sels = (o["sel"] for o in objets if "sel" in o)
    assert as_bytes(write(0, GENESE, faits, sels), complet=True) == _lines(path)
    assert fold(faits).seq == len(objets)


@pytest.mark.parametrize("path", COMPLETS, ids=lambda path: path.stem)
def test_an_amphi_suspended_under_an_older_version_is_the_same_state_in_this_one(path: Path) -> None:
    """I25, I29: what its pauses and its close said of the state is what replaying the lines before gives."""
    dits = dict(said_states(_facts(path), replay_first if path.stem in PREMIERS else replay))
    assert dits and all(dits.values()), f"another state before the lines {dits}"


def test_a_journal_replayed_to_another_state_is_told() -> None:
    """The twin: a choice that the fold does not see changes what the next pause should have said."""
    faits = _facts(GOLDEN / "hasard-2-complet.jsonl")
    assert not all(juste for _, juste in said_states([f for f in faits if not isinstance(f, ChoixConfirme)]))


def test_the_golden_journals_hold_every_kind_of_fact() -> None:
    seen = {json.loads(line)["fait"] for path in COMPLETS for line in _lines(path)}
    assert seen == {classe.__name__ for classe in FAITS}
