"""The report of a rehearsal: what went wrong is told in words, and nothing else is."""

from gradin.cli.demo.bilan import Bilan
from gradin.cli.demo.rapport import Constat, count_stops, tell
from gradin.queries.robots import Deroulement

JOURNAL = Deroulement(
    nom="Psychiatrie, phase socle",
    etat="clos",
    lignes={4: "aa", 6: "bb"},
    passes=frozenset({3}),
    a_venir=frozenset(),
    pannes=(),
    ecarts=(),
)


def played(**vus: object) -> Bilan:
    """Two robots have chosen, the third was drawn absent."""
    bilan = Bilan(amphi=7, depuis=0, internes=3, recus={4: "aa", 6: "bb"}, laisses={3}, absents={3}, **vus)  # type: ignore[arg-type]
    bilan.answered(0.1, 201, "")
    return bilan


def report(bilan: Bilan, arrets: int = 0, refus: str = "", **lus: object) -> tuple[str, bool]:
    champs = {nom: getattr(JOURNAL, nom) for nom in JOURNAL.__slots__} | lus
    constat = Constat(bilan=bilan, lu=Deroulement(**champs), refus=refus)  # type: ignore[arg-type]
    lignes, bien = tell([constat], arrets)
    return "\n".join(lignes), bien


def test_a_day_without_trouble_says_so() -> None:
    dit, bien = report(played())
    assert bien and dit.endswith("Ce qui a mal tourné : rien.")
    assert "2 choix, 1 passés, 1 absents dont 0 revenus" in dit and "journal vérifié (2 lignes)" in dit


def test_a_confirmed_choice_that_the_journal_does_not_hold_comes_first() -> None:
    dit, bien = report(played(coupures=3, perdus=1), lignes={4: "aa", 6: "autre"})
    fautes = [ligne.strip() for ligne in dit.splitlines() if "! " in ligne]
    assert not bien and "ligne 6" in fautes[0] and fautes[1] == "! 1 flux coupé(s) et jamais repris"


def test_who_was_there_and_passed_is_told_an_absent_one_is_not() -> None:
    dit, bien = report(played(), passes=frozenset({2, 3}))
    assert not bien and "1 robot(s) passé(s) alors qu’ils étaient là : n° 2" in dit


def test_refusals_slowness_silence_and_an_open_end_are_told() -> None:
    bilan = played(sans_reponse=1)
    bilan.answered(3.2, 409, "pas_votre_tour")
    bilan.answered(0.1, 409, "poste_pris")
    dit, bien = report(bilan, etat="en_cours", a_venir=frozenset({1}), pannes=((1_000, 30_100),))
    assert not bien and "poste_pris" not in dit and "1 postes pris entre-temps" in dit
    for mots in ("pas_votre_tour", "3,2 s au pire", "pendant 29,1 s", "n’est pas clos", "jamais appelé"):
        assert mots in dit
    assert "! 1 choix resté(s) sans réponse" in dit


def test_a_journal_that_the_verifier_refuses_is_told() -> None:
    dit, bien = report(played(), refus="Ligne 6 : l’empreinte ne suit pas.")
    assert not bien and "! journal refusé par le vérificateur : Ligne 6" in dit


def test_a_stop_that_was_announced_is_told_and_is_not_wrong() -> None:
    bilan = played()
    bilan.renvois["sans réponse, ReadError"] += 2
    bilan.answered(6.0, 201, "", renvoye=True)
    pannes = ((1_000, 7_000),)
    dit, bien = report(bilan, arrets=1, pannes=pannes)
    assert bien and "· le service n’écrivait plus pendant 6,0 s" in dit and "6,0 s au pire" not in dit
    dit, bien = report(bilan, arrets=0, pannes=pannes)
    assert not bien and "! 2 demande(s) renvoyée(s)" in dit


def test_an_amphi_that_could_not_be_played_says_what_to_do() -> None:
    bilan = Bilan(amphi=7, depuis=0, empechement="« demarrer » est refusé : Corrigez-le dans la gestion.")
    dit, bien = report(bilan, etat="ouvert", lignes={}, passes=frozenset())
    assert not bien and "Psychiatrie, phase socle : n’a pas été joué" in dit
    assert "! « demarrer » est refusé" in dit and dit.endswith("mal tourné : 1.")


def test_one_stop_seen_by_ten_amphis_is_one_stop() -> None:
    assert count_stops([(1_000 + n, 9_000 + n) for n in range(10)]) == 1
    assert count_stops([(1_000, 9_000), (40_000, 44_000), (1_200, 9_400)]) == 2


def test_an_event_is_measured_where_the_stream_was_open_when_the_choice_was_sent() -> None:
    bilan = played(clics={4: 10.0}, vus={4: [(10.25, 3.0), (19.0, 18.0)], 5: [(11.0, 3.0)]})
    assert bilan.evenements() == [0.25]
