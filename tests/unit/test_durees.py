"""Time per choice: what a pause or an outage took is nobody's, a correction is no choice."""

from gradin.domain.durees import choice_durations, measure, quantile


def test_a_pause_during_the_tour_is_left_out() -> None:
    lignes = [
        (1, 0, "TourOuvert"),
        (2, 10_000, "PauseDebutee"),
        (3, 70_000, "PauseTerminee"),
        (4, 80_000, "ChoixConfirme"),
    ]
    assert choice_durations(lignes, {}) == [20_000]


def test_a_pause_begun_before_the_tour_counts_from_its_opening() -> None:
    lignes = [
        (1, 0, "PauseDebutee"),
        (2, 5_000, "TourOuvert"),
        (3, 9_000, "PauseTerminee"),
        (4, 15_000, "ChoixConfirme"),
    ]
    assert choice_durations(lignes, {}) == [6_000]


def test_an_outage_is_left_out_once_with_the_pause_that_follows_it() -> None:
    lignes = [
        (1, 0, "TourOuvert"),
        (2, 50_000, "PanneConstatee"),
        (3, 50_000, "PauseDebutee"),
        (4, 90_000, "PauseTerminee"),
        (5, 95_000, "ChoixConfirme"),
    ]
    assert choice_durations(lignes, {2: 20_000}) == [25_000]


def test_a_tour_passed_and_the_poste_that_a_correction_gives_are_no_choice() -> None:
    lignes = [
        (1, 0, "TourOuvert"),
        (2, 90_000, "TourPasse"),
        (3, 90_000, "TourOuvert"),
        (4, 95_000, "ChoixAnnule"),
        (5, 95_000, "ChoixConfirme"),
        (6, 120_000, "ChoixConfirme"),
    ]
    assert choice_durations(lignes, {}) == [30_000]


def test_the_distribution_ends_with_what_is_longer_than_the_last_bound() -> None:
    mesure = measure([9_999, 10_000, 89_000, 90_000, 300_000])
    assert mesure.tranches == (1, 1, 0, 0, 0, 0, 0, 0, 1, 2)
    assert (mesure.nombre, mesure.mediane, mesure.p90) == (5, 89_000, 300_000)


def test_nine_tenths_of_ten_are_the_ninth() -> None:
    assert quantile([*range(1, 11)], 0.9) == 9
    assert quantile([], 0.5) is None
