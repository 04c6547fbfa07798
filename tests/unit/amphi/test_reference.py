"""The reference pages of facts and motifs do not lag behind the code."""

from pathlib import Path

from gradin.domain.amphi.encodage import ACTES
from gradin.domain.amphi.facts import FAITS, CausePasse, Label, Retour, Voie
from gradin.domain.amphi.parametres import Parametres
from gradin.domain.kernel import PHRASES

REFERENCE = Path(__file__).parents[3] / "docs" / "reference"
FAITS_MD = (REFERENCE / "faits.md").read_text("utf-8")


def test_every_motif_and_its_sentence_stand_in_the_reference():
    page = (REFERENCE / "motifs.md").read_text("utf-8")
    assert [line for line in page.splitlines() if line.startswith("| `")] == [
        f"| `{motif.value}` | {phrase} |" for motif, phrase in PHRASES.items()
    ]


def test_every_fact_act_and_value_stands_in_the_reference():
    noms = [fait.__name__ for fait in FAITS] + [f"`{acte}`" for acte in ACTES]
    noms += [f"`{valeur.value}`" for enum in (CausePasse, Label, Retour, Voie) for valeur in enum]
    assert [nom for nom in noms if nom not in FAITS_MD] == []


def test_every_parametre_stands_in_the_reference():
    assert [nom for nom in Parametres.__slots__ if nom not in FAITS_MD] == []
