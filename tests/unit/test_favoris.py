"""The list of favourites: services in order, postes in order inside each, later postes taken in."""

from gradin.domain.favoris import (
    Favoris,
    Geste,
    Souhait,
    add_poste,
    add_service,
    group_favoris,
    list_souhaits,
    move_poste,
    move_service,
    open_favoris,
    place_service,
    remove_poste,
    remove_service,
    sort_by_service,
)

OFFERTS = {"A": ("10", "9", "8"), "B": ("20",), "C": ("30", "31")}


def after(*gestes: Geste) -> Favoris:
    favoris: Favoris = ()
    for geste in gestes:
        favoris = geste(favoris, OFFERTS)
    return favoris


def numeros(favoris: Favoris, offerts: dict[str, tuple[str, ...]] | None = None) -> tuple[str, ...]:
    return open_favoris(list_souhaits(favoris), offerts or OFFERTS)


def test_a_whole_service_gives_its_postes_by_numero() -> None:
    assert numeros(after(add_service("A"))) == ("8", "9", "10")


def test_a_poste_added_later_enters_a_whole_service_and_no_other() -> None:
    favoris = after(add_service("A"), add_poste("30"))
    assert numeros(favoris, {**OFFERTS, "A": ("10", "9", "8", "7"), "C": ("29", "30")}) == (
        "7",
        "8",
        "9",
        "10",
        "30",
    )


def test_services_stand_in_order_and_postes_inside_them() -> None:
    favoris = after(add_poste("9"), add_service("B"), add_poste("8"))
    assert numeros(favoris) == ("9", "8", "20")
    assert numeros(after(add_service("A"), add_service("B"), place_service("B", 1))) == ("20", "8", "9", "10")


def test_a_poste_moves_inside_its_service_which_stays_whole() -> None:
    favoris = after(add_service("A"), move_poste("10", -1))
    assert numeros(favoris) == ("8", "10", "9")
    assert favoris[0].entier
    assert numeros(favoris, {"A": ("10", "9", "8", "7")}) == ("8", "10", "9", "7")


def test_moving_past_an_end_changes_nothing() -> None:
    favoris = after(add_service("A"), add_service("B"))
    assert move_service("A", -1)(favoris, OFFERTS) == favoris
    assert move_service("B", 1)(favoris, OFFERTS) == favoris
    assert [f.service for f in place_service("A", 99)(favoris, OFFERTS)] == ["B", "A"]


def test_taking_a_poste_out_of_a_whole_service_leaves_the_others() -> None:
    favoris = after(add_service("A"), remove_poste("9"))
    assert numeros(favoris) == ("8", "10")
    assert not favoris[0].entier
    assert numeros(after(add_poste("20"), remove_poste("20"))) == ()
    assert numeros(after(add_service("A"), remove_service("A"))) == ()


def test_lines_of_one_service_are_kept_together_as_they_are() -> None:
    lignes = (Souhait(poste="9"), Souhait(poste="20"), Souhait(service="A"), Souhait(poste="8"))
    service_of = {"9": "A", "8": "A", "20": "B"}
    assert sort_by_service(lignes, service_of) == (lignes[0], lignes[2], lignes[3], lignes[1])


def test_what_is_no_longer_offered_is_left_out() -> None:
    assert group_favoris([Souhait(poste="77"), Souhait(service="Z")], OFFERTS) == ()


def test_a_list_written_and_read_again_is_the_same() -> None:
    favoris = after(
        add_service("C"), add_poste("9"), add_service("A"), move_poste("31", -1), move_service("A", -1)
    )
    assert group_favoris(list_souhaits(favoris), OFFERTS) == favoris
