"""Every address × everybody × own and other object: what the matrix says, and never a 500."""

import pytest

from gradin.data.amphis.models import FaitPrive
from gradin.domain.amphi.commands import Clore
from gradin.live.lecture import read_tranche
from gradin.live.temps import maintenant_ms
from gradin.travaux.retention import run_once
from tests.factories.live import play
from tests.integration.permissions.matrice import MATRICE
from tests.integration.permissions.monde import QUI, Monde, make_monde, path_of, routes

METHODES = ("get", "post")
COTES = ("mien", "autre")


@pytest.fixture
def monde(db: None) -> Monde:
    return make_monde()


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


@pytest.mark.parametrize("qui", QUI)
def test_each_address_answers_as_the_matrix_says(monde: Monde, qui: str) -> None:
    colonne, ecarts = QUI.index(qui), []
    for route, ligne in MATRICE.items():
        for rang, statuts in enumerate(ligne):
            methode, cote = METHODES[rang % 2], COTES[rang // 2]
            chemin = path_of(route, monde.objets[cote])
            statut, _ = monde.ask(qui, methode, chemin)
            if statut != statuts[colonne]:
                ecarts.append(f"{methode} {chemin} : {statut}, attendu {statuts[colonne]}")
    assert ecarts == []


@pytest.mark.parametrize("qui", ["public", "interne", "canari", "mandataire", "representant", "agent"])
def test_no_page_fails_on_a_closed_amphi_whose_openings_are_erased(monde: Monde, qui: str) -> None:
    maintenant = maintenant_ms()
    play(monde.mien, Clore(second="compte:1"), maintenant)
    run_once(maintenant + 800 * 86_400_000)
    assert not FaitPrive.objects.filter(fait__amphi=monde.mien).exists()
    for route in MATRICE:
        chemin = path_of(route, monde.objets["mien"])
        assert monde.ask(qui, "get", chemin)[0] < 500, chemin
    assert read_tranche(monde.mien.pk, 0).seq > 0
