"""The page asks at once for every module that the salle imports, and for no other."""

import re
from pathlib import Path

from gradin.web.salle.views import MODULES

JS = Path(__file__).resolve().parents[3] / "gradin" / "web" / "static" / "gradin" / "js"


def imports(nom: str) -> set[str]:
    trouves = set(re.findall(r'from "\./([\w-]+)\.js"', (JS / f"{nom}.js").read_text(encoding="utf-8")))
    return trouves.union(*(imports(autre) for autre in trouves))


def test_every_module_of_the_salle_is_preloaded() -> None:
    assert {Path(module).stem for module in MODULES} == imports("salle")
