"""The report of a rehearsal: what went wrong is told in words, and nothing else is."""

from gradin.cli.demo.bilan import Bilan, tell
from gradin.queries.robots import Deroulement

JOURNAL = Deroulement(
    nom="Psychiatrie, phase socle",
    etat="clos",
    lignes={4: "aa", 6: "bb"},
    passes=frozenset({3}),
    a_venir=frozenset(),
    pannes_ms=(),
    ecarts=(),
)


def played(**vus: object) -> Bilan:
    """Two robots have chosen, the third was drawn absent."""
    bilan = Bilan(amphi=7, depuis=0, internes=3, recus={4: "aa", 6: "bb"}, laisses={3}, **vus)  # type: ignore[arg-type]
    bilan.answered(0.1, 201, "")
    return bilan


def report(bilan: Bilan, **lus: object) -> tuple[str, bool]:
    champs = {nom: getattr(JOURNAL, nom) for nom in JOURNAL.__slots__} | lus
    lignes, bien = tell([bilan], {7: Deroulement(**champs)})  # type: ignore[arg-type]
    return "\n".join(lignes), bien


def test_a_day_without_trouble_says_so() -> None:
    dit, bien = report(played())
    assert bien and dit.endswith("Ce qui a mal tourné : rien.") and "2 choix, 1 passés" in dit


def test_a_confirmed_choice_that_the_journal_does_not_hold_comes_first() -> None:
    dit, bien = report(played(coupures=3, perdus=1), lignes={4: "aa", 6: "autre"})
    fautes = [ligne.strip() for ligne in dit.splitlines() if "! " in ligne]
    assert not bien and "ligne 6" in fautes[0] and fautes[1] == "! 1 flux coupé(s) et jamais repris"


def test_who_was_there_and_passed_is_told_an_absent_one_is_not() -> None:
    dit, bien = report(played(), passes=frozenset({2, 3}))
    assert not bien and "1 robot(s) passé(s) alors qu’ils étaient là : n° 2" in dit


def test_refusals_slowness_outages_and_an_open_end_are_told() -> None:
    bilan = played()
    bilan.answered(3.2, 409, "pas_votre_tour")
    bilan.answered(0.1, 409, "poste_pris")
    dit, bien = report(bilan, etat="en_cours", a_venir=frozenset({1}), pannes_ms=(29_100,))
    assert not bien and "poste_pris" not in dit and "1 postes pris entre-temps" in dit
    for mots in ("pas_votre_tour", "3,2 s au pire", "pendant 29,1 s", "n’est pas clos", "jamais appelé"):
        assert mots in dit
