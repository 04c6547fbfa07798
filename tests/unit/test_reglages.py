"""Parameters: what is written becomes what is stored, and back; defaults are those of the engine."""

import pytest

from gradin.domain.amphi.codec import to_json
from gradin.domain.amphi.parametres import Parametres
from gradin.domain.rang.parametres import ParametresRang
from gradin.domain.reglages.modele import Nature, valeur_of, with_valeur
from gradin.domain.reglages.mots import ValeurIllisible, read_valeur, say_valeur, write_valeur
from gradin.domain.reglages.table import PAR_CLE, REGLAGES
from gradin.domain.sessions import ParametresSessions
from gradin.queries.reglages import why_fixed


@pytest.mark.parametrize("reglage", REGLAGES, ids=lambda reglage: reglage.cle)
def test_a_default_is_the_one_of_the_engine_and_comes_back_as_it_is_written(reglage) -> None:
    moteurs = {
        "rang": to_json(ParametresRang()),
        "sessions": {**to_json(ParametresSessions(jours_exclus=())), "jours_exclus": []},
    }
    connus = {**to_json(Parametres()), **moteurs}
    connus["rang"]["effectifs_imposes"] = {}
    if reglage.cle not in ("noms_publics", "jours_avant_favoris"):
        assert valeur_of(connus, reglage) == reglage.defaut
    assert read_valeur(reglage, write_valeur(reglage, reglage.defaut)) == reglage.defaut
    assert say_valeur(reglage, reglage.defaut)
    if reglage.nature is Nature.CHOIX:
        assert reglage.defaut in dict(reglage.choix)


def test_one_setting_moves_and_nothing_beside_it() -> None:
    stockes = {"rang": {"methode": "decales"}, "noms_publics": "direct"}
    neufs = with_valeur(stockes, PAR_CLE["rang.plafond"], 2)
    assert neufs == {"rang": {"methode": "decales", "plafond": 2}, "noms_publics": "direct"}
    assert stockes["rang"] == {"methode": "decales"}


@pytest.mark.parametrize(
    ("cle", "ecrite", "stockee"),
    [
        ("duree_tour_ms", 120, 120_000),
        ("sessions.plages", "8h-12h30\n14:00 à 18:00", [[480, 750], [840, 1080]]),
        ("sessions.jours_exclus", "5/4/2027, 01/05/2027", ["2027-04-05", "2027-05-01"]),
        ("rang.effectifs_imposes", "2024 = 150\n2023: 140", {"2024": 150, "2023": 140}),
    ],
)
def test_what_an_agent_writes_is_read(cle: str, ecrite: object, stockee: object) -> None:
    assert read_valeur(PAR_CLE[cle], ecrite) == stockee


@pytest.mark.parametrize(
    ("cle", "ecrite"),
    [
        ("sessions.plages", "le matin"),
        ("sessions.plages", "09:75-12:00"),
        ("sessions.jours_exclus", "31/02/2027"),
        ("rang.effectifs_imposes", "2024 = 0"),
    ],
)
def test_what_is_no_value_says_how_to_write_it(cle: str, ecrite: str) -> None:
    with pytest.raises(ValeurIllisible, match="Écrivez"):
        read_valeur(PAR_CLE[cle], ecrite)


def test_ranks_freeze_with_the_list_durations_with_the_start_names_never() -> None:
    rang, tour, noms = PAR_CLE["rang.plafond"], PAR_CLE["duree_tour_ms"], PAR_CLE["noms_publics"]
    assert why_fixed(rang, commence=False, publiee=False) == ""
    assert "publiée" in why_fixed(rang, commence=False, publiee=True)
    assert why_fixed(tour, commence=False, publiee=True) == ""
    assert "commencé" in why_fixed(tour, commence=True, publiee=True)
    assert why_fixed(noms, commence=True, publiee=True) == ""
