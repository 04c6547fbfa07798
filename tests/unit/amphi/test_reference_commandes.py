"""The reference of the acts does not lag behind the code."""

from dataclasses import fields
from pathlib import Path

from gradin.domain.amphi.commands import COMMANDES, ActeAgent

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "commandes.md").read_text("utf-8")
COMMON = {one.name for one in fields(ActeAgent)}


def test_every_act_and_field_stands_in_the_reference() -> None:
    acts = {nom: classe for nom, classe in COMMANDES.items() if nom != "demarrer"}
    named = {one.name for classe in acts.values() for one in fields(classe)} - COMMON
    missing = [nom for nom in (*acts, *named, "demarrer", "approuver", "valider") if f"`{nom}`" not in PAGE]
    assert missing == []
