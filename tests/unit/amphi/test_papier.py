"""Choices made on paper go through the ordinary acts, in the order of the sheet."""

from gradin.domain.amphi import commands as c
from gradin.domain.amphi.facts import Label
from gradin.domain.amphi.papier import Issue, LignePapier, rehearse
from tests.unit.amphi.partie import Partie


def chose(interne: int, poste: str) -> LignePapier:
    return LignePapier(interne=interne, issue=Issue.CHOIX, poste=poste, heure="10 h 53")


def paused(partie: Partie) -> Partie:
    partie.do(c.Pauser(label=Label.INCIDENT))
    return partie


def refus_of(partie: Partie, *lignes: LignePapier) -> list[str | None]:
    return [verdict.refus for verdict in rehearse(partie.etat, lignes, partie.context())]


def test_a_sheet_in_the_order_of_the_tours_is_accepted_and_writes_nothing():
    partie = paused(Partie(internes=3, postes=3))
    avant = partie.etat
    absent = LignePapier(interne=2, issue=Issue.ABSENT)
    assert refus_of(partie, chose(1, "1"), absent, chose(3, "2")) == ["", "", ""]
    assert partie.etat == avant


def test_the_first_wrong_line_says_why_and_what_follows_is_not_judged():
    partie = paused(Partie(internes=3, postes=3))
    premier, deuxieme, troisieme = refus_of(partie, chose(1, "1"), chose(2, "1"), chose(3, "2"))
    assert premier == "" and deuxieme and troisieme is None
    (faux,) = refus_of(partie, chose(2, "1"))
    assert faux and "rang 1" in faux


def test_who_came_back_on_paper_is_placed_back_just_before_his_line():
    partie = Partie(internes=3, postes=3)
    partie.do(c.Passer(tour=1))
    paused(partie)
    assert refus_of(partie, chose(2, "1"), chose(1, "2"), chose(3, "3")) == ["", "", ""]


def test_the_journal_keeps_the_hour_and_the_motive_of_the_sheet():
    ligne = LignePapier(interne=1, issue=Issue.PASSE, heure="10 h 53", motif="n’a pas répondu")
    assert ligne.raison == "Continuation sur papier, 10 h 53, n’a pas répondu"
