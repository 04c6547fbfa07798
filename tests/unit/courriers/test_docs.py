"""The reference of mails must not lag behind the catalogue."""

from pathlib import Path

import pytest

from gradin.operations.courriers.catalogue import MODELES

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "courriels.md"


@pytest.mark.parametrize("cle", MODELES)
def test_each_mail_stands_in_the_reference_with_its_fields(cle: str) -> None:
    modele = MODELES[cle]
    ligne = next(one for one in PAGE.read_text("utf-8").splitlines() if one.startswith(f"| `{cle}` |"))
    champs = ", ".join(f"**{champ.nom}**" if champ.requis else champ.nom for champ in modele.champs)
    assert ligne == f"| `{cle}` | {modele.titre} | {modele.quand} | {champs} |"
