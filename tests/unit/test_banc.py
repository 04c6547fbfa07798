"""What the bench takes and prints: a figure, its reference, its goal; and what is drawn of it."""

from pathlib import Path

import pytest

import bench
from bench.catalogue import MESURES
from bench.tableau import Ligne, Tableau
from bench.traces import draw, read_tables

BANC = Path(bench.__file__).parent


def test_every_measure_is_taken_and_explained() -> None:
    noms = [mesure.nom for mesure in MESURES]
    modules = {module.stem for module in (BANC / "mesures").glob("*.py")} - {"__init__"}
    assert sorted(noms) == sorted(modules)
    dit = (BANC / "README.md").read_text(encoding="utf-8")
    assert [nom for nom in noms if f"| `{nom}` |" not in dit] == []


@pytest.mark.parametrize(
    ("ligne", "atteint"),
    [
        (Ligne(nom="p99", valeur=31, au_plus=30), False),
        (Ligne(nom="p99", valeur=30, au_plus=30), True),
        (Ligne(nom="a minute", valeur=599, au_moins=600), False),
        (Ligne(nom="last reader", valeur=76, reference=50, fois=1.5), False),
        (Ligne(nom="last reader", valeur=74, reference=50, fois=1.5), True),
        (Ligne(nom="last reader", valeur=74, reference=None, fois=1.5), False),
        (Ligne(nom="worst", valeur=31), None),
    ],
)
def test_a_goal_is_reached_or_not_or_was_never_set(ligne: Ligne, atteint: bool | None) -> None:
    assert ligne.atteint is atteint


def test_a_table_is_drawn_as_it_was_written_a_unit_at_a_time() -> None:
    tableau = Tableau(
        titre="fan-out",
        reference="C loop",
        lignes=(
            Ligne(nom="last reader", valeur=64, reference=50, fois=1.5),
            Ligne(nom="memory", valeur=10.25, unite="KiB", au_plus=12),
            Ligne(nom="lost", valeur=0, unite="", au_plus=0),
        ),
    )
    durees, poids = read_tables("\n".join(tableau.write()))
    assert (durees.titre, durees.reference) == ("fan-out, ms", "C loop")
    assert durees.lignes == (("last reader", (64, 75, 50)),)
    assert poids.lignes == (("memory", (10.2, 12, None)),)
    assert "last reader" in draw(durees)
