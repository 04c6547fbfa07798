"""The windows of a round: the example is the seed calendar, each moment has its step."""

from datetime import UTC, date, datetime, timedelta

import pytest

from gradin.domain.appariement.calendrier import (
    Avis,
    Etape,
    Fenetres,
    etape_of,
    find_desordre,
    list_avis,
    propose_calendrier,
)

PARIS = "Europe/Paris"


def test_the_example_is_the_calendar_of_november_2023():
    tours = dict(propose_calendrier(date(2023, 11, 2), PARIS))
    dits = [
        (t.voeux_ouvre.day, t.voeux_clot.day, t.classement_clot.day, t.resultat_at.day)
        for t in tours.values()
    ]
    assert dits == [(4, 8, 13, 14), (15, 18, 21, 22), (25, 27, 27, 27)]
    assert tours[1].voeux_ouvre == datetime(2023, 9, 4, 7, tzinfo=UTC)
    assert tours[1].refus_jusque == tours[2].voeux_ouvre
    assert not any(find_desordre(t) for t in tours.values())


@pytest.mark.parametrize("debut", [date(2027, 5, 2), date(2027, 11, 2), date(2028, 5, 2)])
def test_it_is_moved_by_whole_weeks_to_another_semestre(debut):
    tours = dict(propose_calendrier(debut, PARIS))
    assert tours[1].voeux_ouvre.weekday() == 0
    assert timedelta(days=50) < debut - tours[1].voeux_ouvre.date() < timedelta(days=66)


def test_two_instants_in_the_wrong_order_are_named():
    juste = dict(propose_calendrier(date(2023, 11, 2), PARIS))[1]
    tot = {nom: getattr(juste, nom) for nom in Fenetres.__slots__}
    tot["voeux_clot"] = juste.voeux_ouvre - timedelta(hours=1)
    assert find_desordre(Fenetres(**tot)) == "La clôture des vœux vient avant l’ouverture des vœux."


def test_each_moment_has_its_step_and_no_result_is_read_before_its_hour():
    t = dict(propose_calendrier(date(2023, 11, 2), PARIS))[1]
    une = timedelta(minutes=1)
    assert [
        etape_of(t, False, t.voeux_ouvre - une),
        etape_of(t, False, t.voeux_ouvre),
        etape_of(t, False, t.voeux_clot),
        etape_of(t, False, t.classement_clot - une),
        etape_of(t, False, t.classement_clot),
        etape_of(t, True, t.classement_clot),
        etape_of(t, True, t.resultat_at),
        etape_of(t, True, t.refus_jusque),
    ] == [
        Etape.A_VENIR,
        Etape.VOEUX,
        Etape.ENTRE,
        Etape.CLASSEMENT,
        Etape.CALCUL,
        Etape.ATTENTE,
        Etape.RESULTAT,
        Etape.FINI,
    ]


def test_a_window_is_told_when_it_opens_and_recalled_the_day_before_unless_it_is_short() -> None:
    debut = datetime(2027, 10, 4, 9, tzinfo=UTC)
    heures = dict(zip(Fenetres.__slots__, (0, 48, 48, 72, 80, 90), strict=True))
    longue = Fenetres(**{nom: debut + timedelta(hours=n) for nom, n in heures.items()})

    def at(heure: int) -> list[Avis]:
        return list(list_avis(longue, debut + timedelta(hours=heure)))

    assert at(-1) == [] and at(0) == [Avis.OUVERTURE_VOEUX] == at(23)
    assert at(24) == [Avis.OUVERTURE_VOEUX, Avis.RAPPEL_VOEUX] == at(47)
    assert at(48) == [Avis.OUVERTURE_CLASSEMENT] == at(71) and at(72) == []
