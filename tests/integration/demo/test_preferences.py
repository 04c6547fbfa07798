"""What robots like: their own DES first, the same for the same seed."""

from gradin.cli.demo.preferences import rank_postes

OFFRE = {
    "1": {"poste": "1", "des": "OPH", "service": "a", "etablissement": "CH"},
    "2": {"poste": "2", "des": "OPH", "service": "b", "etablissement": "CH"},
    "3": {"poste": "3", "des": "ORL", "service": "c", "etablissement": "CH"},
}


def test_a_robot_prefers_its_own_des() -> None:
    for compte in range(50):
        assert rank_postes(1, compte, "ORL", OFFRE, ["1", "2", "3"])[0] == "3"


def test_the_same_seed_gives_the_same_order_however_the_postes_come() -> None:
    assert rank_postes(1, 7, "OPH", OFFRE, ["1", "2", "3"]) == rank_postes(
        1, 7, "OPH", OFFRE, ["3", "2", "1"]
    )


def test_robots_do_not_all_want_the_same_poste() -> None:
    first = {rank_postes(1, compte, "OPH", OFFRE, ["1", "2"])[0] for compte in range(50)}
    assert first == {"1", "2"}
