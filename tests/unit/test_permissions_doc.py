"""docs/reference/permissions.md is made from the table of rights: it may not lag."""

from pathlib import Path

from gradin.data.comptes.models import Role
from gradin.operations.droits import ARS, DROITS, PARTENAIRES, Acte, Qui, Regle, matrix, regle_of

DOC = Path(__file__).resolve().parents[2] / "docs" / "reference" / "permissions.md"


def test_the_doc_shows_the_table_as_it_is() -> None:
    texte = DOC.read_text("utf-8")
    assert texte.split("<!-- matrice -->\n")[1].split("\n<!-- fin -->")[0] == matrix()


def test_every_role_of_an_account_stands_in_the_table() -> None:
    assert set(Role.values) == set(Qui) - {Qui.PUBLIC, Qui.MANDATAIRE}
    assert set(DROITS) == set(Acte)


def test_who_works_with_the_ars_reads_proposes_or_advises_and_learns_nothing_private() -> None:
    """rules.md §9: nothing of the ARS's own acts, of an interne's own, nor of a running amphi's names."""
    lus = {Acte.LIRE_PUBLIC, Acte.LIRE_ESPACE, Acte.LIRE_PROMOTION, Acte.LIRE_ARRIVEES, Acte.LIRE_TERRAINS}
    lus |= {Acte.LIRE_OFFRE, Acte.PROPOSER_POSTES, Acte.DONNER_AVIS, Acte.AVISER_DEMANDE}
    lus |= {Acte.VALIDER_PARCOURS, Acte.ECRIRE_MAQUETTES, Acte.AVISER_AGREMENT, Acte.LIRE_COMMISSION}
    lus |= {Acte.CLASSER_CANDIDATS, Acte.LIRE_EVALUATIONS}
    for qui in PARTENAIRES:
        assert {acte for acte in Acte if regle_of(acte, qui) is not Regle.JAMAIS} <= lus
    assert all(
        regle_of(Acte.LIRE_TYPE, qui) is Regle.JAMAIS
        for qui in set(Qui) - {*ARS, Qui.INTERNE, Qui.MANDATAIRE}
    )


def test_an_unknown_role_may_nothing_but_read_what_is_public() -> None:
    permis = [acte for acte in Acte if regle_of(acte, "roi") is not Regle.JAMAIS]
    assert permis == [Acte.LIRE_PUBLIC]
