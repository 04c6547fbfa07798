"""docs/reference/permissions.md is made from the table of rights: it may not lag."""

from pathlib import Path

from gradin.data.comptes.models import Role
from gradin.operations.droits import COMME_LE_PUBLIC, DROITS, Acte, Qui, Regle, matrix, regle_of

DOC = Path(__file__).resolve().parents[2] / "docs" / "reference" / "permissions.md"


def test_the_doc_shows_the_table_as_it_is() -> None:
    texte = DOC.read_text("utf-8")
    assert texte.split("<!-- matrice -->\n")[1].split("\n<!-- fin -->")[0] == matrix()


def test_every_role_of_an_account_stands_in_the_table() -> None:
    assert set(Role.values) == set(Qui) - {Qui.PUBLIC, Qui.MANDATAIRE}
    assert set(DROITS) == set(Acte)


def test_roles_without_screens_have_the_rights_of_the_public() -> None:
    for qui in COMME_LE_PUBLIC:
        assert {acte: regle_of(acte, qui) for acte in Acte} == {
            acte: regle_of(acte, Qui.PUBLIC) for acte in Acte
        }


def test_an_unknown_role_may_nothing_but_read_what_is_public() -> None:
    permis = [acte for acte in Acte if regle_of(acte, "roi") is not Regle.JAMAIS]
    assert permis == [Acte.LIRE_PUBLIC]
