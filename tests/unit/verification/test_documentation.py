"""docs/verification.md tells the truth: its journal passes and its hashes are those of its texts."""

import hashlib
import json
import re
from pathlib import Path

from tests.unit.verification.verdict import verdict
from verification.verify_journal import REGLES

DOC = (Path(__file__).parents[3] / "docs" / "verification.md").read_text(encoding="utf-8")


def _blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", DOC, flags=re.DOTALL)


def _values() -> dict[str, str]:
    lines = "".join(_blocks("text")).splitlines()
    return dict(line.split(maxsplit=1) for line in lines)


def _sha(one: str, other: str) -> str:
    return hashlib.sha256(f"{one}\n{other}".encode()).hexdigest()


def test_the_example_passes_at_both_levels() -> None:
    (example,) = _blocks("jsonl")
    lines = example.encode().splitlines(keepends=True)
    assert verdict(lines, "complet") is None
    assert verdict(lines, "public") is None


def test_the_hashes_worked_by_hand_are_true() -> None:
    said = _values()
    assert _sha(said["sel"], said["prive"]) == said["c"]
    assert _sha(said["avant"], said["corps"]) == said["h"]


def test_the_line_worked_by_hand_is_that_of_the_example() -> None:
    said, line = _values(), [json.loads(one) for one in _blocks("jsonl")[0].splitlines()][3]
    assert (line["c"], line["h"], line["sel"]) == (said["c"], said["h"], said["sel"])
    assert json.loads(said["corps"]) == {key: line[key] for key in ("a", "c", "fait", "n", "p")}


def test_every_fact_has_its_rule_in_the_page() -> None:
    rows = re.findall(r"^\| ([A-Z][A-Za-z, ]+) \|", DOC, flags=re.MULTILINE)
    told = {nom for row in rows for nom in row.split(", ")}
    assert told == {"AmphiDemarre", *REGLES}
