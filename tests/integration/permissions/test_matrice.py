"""Every address × everybody × own and other object: what the matrix says, and never a 500."""

import pytest

from gradin.data.amphis.models import FaitPrive
from gradin.domain.amphi.commands import Clore
from gradin.live.lecture import read_tranche
from gradin.live.temps import maintenant_ms
from gradin.travaux.retention import run_once
from tests.factories.live import play
from tests.integration.permissions.adresses import path_of, routes
from tests.integration.permissions.matrice import MATRICE
from tests.integration.permissions.monde import QUI, make_monde
from tests.integration.permissions.recolte import DEMANDEURS, ENTIERE, GENRES, Recolte, asked
from tests.integration.permissions.statuts import Statuts

pytestmark = pytest.mark.django_db


def test_the_matrix_knows_every_address_and_no_other() -> None:
    assert set(routes()) == set(MATRICE)


def test_the_matrix_has_a_column_for_everybody() -> None:
    lignes = [statuts for ligne in MATRICE.values() for statuts in ligne]
    assert {len(statuts) for statuts in lignes} == {len(QUI)}
    assert all(statut < 500 for statuts in lignes for statut in statuts)


def test_who_is_asked_about_both_sides_where_an_object_is_named() -> None:
    assert {route for route, ligne in MATRICE.items() if len(ligne) == 4} == {
        route for route in MATRICE if "<int:" in route
    }


@pytest.mark.parametrize("qui", DEMANDEURS)
def test_each_address_answers_as_the_matrix_says(recolte: Recolte, qui: str) -> None:
    colonne, ecarts = QUI.index(qui), []
    for route, ligne in MATRICE.items():
        for rang, statuts in enumerate(ligne):
            if asked(qui, statuts) and recolte.statuts[qui, route, rang] != statuts[colonne]:
                recu = recolte.statuts[qui, route, rang]
                ecarts.append(f"{route} ({rang}) : {recu}, attendu {statuts[colonne]}")
    assert ecarts == []


def test_every_cell_is_asked_as_somebody(recolte: Recolte) -> None:
    demandees = {(route, rang) for _, route, rang in recolte.statuts}
    assert demandees == {(route, rang) for route, ligne in MATRICE.items() for rang in range(len(ligne))}


def test_no_page_fails_on_a_closed_amphi_whose_openings_are_erased() -> None:
    """Each page as those who read most on it."""
    monde, maintenant = make_monde(), maintenant_ms()
    play(monde.mien, Clore(second="compte:1"), maintenant)
    run_once(maintenant + 800 * 86_400_000)
    assert not FaitPrive.objects.filter(fait__amphi=monde.mien).exists()
    for route, (statuts, *_) in MATRICE.items():
        chemin = path_of(route, monde.objets["mien"])
        for qui in _readers(statuts):
            assert monde.ask(qui, "get", chemin)[0] < 500, f"{qui} {chemin}"
    assert read_tranche(monde.mien.pk, 0).seq > 0


def _readers(statuts: Statuts) -> list[str]:
    """Two on SQLite, an interne and an agent where both may; one on PostgreSQL; none who is sent away."""
    lisent = [qui for qui in GENRES if statuts[QUI.index(qui)] < 400]
    return lisent[: 2 if ENTIERE else 1]
