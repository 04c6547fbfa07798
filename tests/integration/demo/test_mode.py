"""The demonstration shows itself where its data were loaded, and nowhere else."""

from pathlib import Path

import pytest

from gradin.config.environment import read_environment


@pytest.mark.parametrize(
    ("variable", "chargee", "attendu"),
    [("", False, False), ("", True, True), ("1", False, True), ("0", True, False)],
)
def test_demonstration_follows_its_data_unless_said_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str, chargee: bool, attendu: bool
) -> None:
    monkeypatch.setenv("GRADIN_DATA", str(tmp_path))
    monkeypatch.setenv("GRADIN_DEMO", variable)
    if chargee:
        (tmp_path / "demonstration").touch()
    assert read_environment().demonstration is attendu
