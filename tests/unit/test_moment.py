"""The card of the home page says one state, what happened to the interne first."""

import pytest

from gradin.domain.moment import Moment, moment_of


@pytest.mark.parametrize(
    ("etat", "statut", "devant", "aujourd_hui", "dit"),
    [
        ("brouillon", "a_venir", None, True, Moment.NON_VALIDE),
        ("valide", "a_venir", None, False, Moment.VALIDE),
        ("ouvert", "a_venir", None, False, Moment.OUVERT),
        ("ouvert", "a_venir", None, True, Moment.AUJOURD_HUI),
        ("en_cours", "a_venir", 5, True, Moment.EN_COURS),
        ("en_cours", "a_venir", None, True, Moment.EN_COURS),
        ("en_cours", "a_venir", 4, True, Moment.BIENTOT),
        ("en_cours", "en_cours", 0, True, Moment.TOUR),
        ("en_cours", "passe", None, True, Moment.PASSE),
        ("pause", "en_cours", 0, True, Moment.PAUSE),
        ("en_cours", "a_choisi", None, True, Moment.CHOISI),
        ("clos", "a_choisi", None, False, Moment.CHOISI),
        ("ouvert", "hors_choix", None, True, Moment.HORS_CHOIX),
        ("clos", "passe", None, False, Moment.CLOS),
    ],
)
def test_the_card_says(etat: str, statut: str, devant: int | None, aujourd_hui: bool, dit: Moment) -> None:
    assert moment_of(etat=etat, statut=statut, devant=devant, aujourd_hui=aujourd_hui) is dit


def test_nothing_comes_soon_before_the_session_begins() -> None:
    attend = moment_of(etat="en_cours", statut="a_venir", devant=0, aujourd_hui=True, attend_session=True)
    assert attend is Moment.EN_COURS
