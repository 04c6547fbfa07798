"""The fiche says the six lines of the manual, in its order."""

from dataclasses import replace

from gradin.documents.fiche import Fiche, lignes_of

FICHE = Fiche(
    specialite="ONC18 - ONCOLOGIE - PÉDIATRIE",
    etablissement="HENRI MONDOR (AP-HP)",
    service="ONCOLOGIE",
    chef="BAUDELAIRE CHARLES",
    numero="1239",
    reserve=True,
    flechage="",
)


def test_the_six_lines_stand_in_the_order_of_the_manual() -> None:
    noms = [nom.replace("\u00a0", " ") for nom, _ in lignes_of(FICHE)]
    assert noms == ["Spécialité", "Établissement", "Service", "Chef de service", "N° poste", "Fléchage"]


def test_a_reserved_poste_says_so_beside_its_number() -> None:
    assert lignes_of(FICHE)[4][1] == "1239 - Réservé"
    assert lignes_of(replace(FICHE, reserve=False))[4][1] == "1239"


def test_an_empty_line_stays() -> None:
    assert lignes_of(FICHE)[5][1] == ""
