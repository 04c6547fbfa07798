"""The glossary is the authority on names, so it must not lag behind the code."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def _public_classes(folder: str) -> set[str]:
    names: set[str] = set()
    for path in (ROOT / "gradin" / folder).rglob("*.py"):
        if "migrations" in path.parts or path.name == "apps.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names |= {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    return {name for name in names if not name.startswith("_") and not name.endswith("Manager")}


def _missing(folder: str) -> list[str]:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    return sorted(name for name in _public_classes(folder) if f"`{name}`" not in glossary)


def test_every_domain_class_stands_in_the_glossary() -> None:
    assert _missing("domain") == []


def test_every_model_stands_in_the_glossary() -> None:
    assert _missing("data") == []
