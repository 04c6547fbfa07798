"""The described schema of a published file names its columns, all of them, in their order."""

import pytest

from gradin.documents.schemas import COLONNES, table_schema
from gradin.web.public.affectations import COLONNES_FICHIER as AFFECTATIONS
from gradin.web.public.recherche import COLONNES_FICHIER as POSTES


@pytest.mark.parametrize(("nom", "ecrites"), [("postes", POSTES), ("affectations", AFFECTATIONS)])
def test_the_schema_names_the_columns_of_the_file(nom: str, ecrites: tuple[tuple[str, str], ...]) -> None:
    schema = table_schema(nom)
    assert schema is not None
    champs = schema["schema"]["fields"]
    assert [champ["name"] for champ in champs] == [mot for mot, _ in ecrites]
    assert all(champ["description"] for champ in champs)


def test_what_is_not_published_has_no_schema() -> None:
    assert set(COLONNES) == {"postes", "affectations"} and table_schema("internes") is None
