"""Who is called next, and the whole order that can be foreseen (amphi.md §2)."""

from gradin.domain.amphi.depart import SessionPrevue
from gradin.domain.amphi.state import Etat, Statut


def next_session(etat: Etat) -> SessionPrevue | None:
    """The first session that has not begun."""
    if etat.sessions_ouvertes >= len(etat.sessions):
        return None
    return etat.sessions[etat.sessions_ouvertes]


def next_interne(etat: Etat) -> int | None:
    """The one whose tour comes if it opens now; None when nobody may be called: the amphi waits."""
    prochaine = next_session(etat)
    if prochaine is not None and not etat.session_en_cours:
        return None
    if etat.couple_attendu is not None:
        return etat.couple_attendu
    if etat.retours:
        return min(etat.retours, key=lambda interne: etat.lignes[interne].rang)
    return _first_a_venir(etat, limite=prochaine.rang_de if prochaine else None)


def _first_a_venir(etat: Etat, limite: int | None) -> int | None:
    """In rank order, before rank `limite`; the better ranked of a couple waits for the other."""
    attendent = {meilleur for meilleur, _ in etat.couples}
    for interne in etat.ordre:
        if limite is not None and etat.lignes[interne].rang >= limite:
            return None
        if etat.statuts[interne] is Statut.A_VENIR and interne not in attendent:
            return interne
    return None


def couple_of(etat: Etat, interne: int) -> tuple[int, int] | None:
    """His couple, better ranked first."""
    return next((couple for couple in etat.couples if interne in couple), None)


def foreseen_order(etat: Etat) -> tuple[int, ...]:
    """Everybody who still has a tour, in the order of the tours, the one choosing first."""
    meilleurs = {autre: meilleur for meilleur, autre in etat.couples}
    places: dict[int, None] = {}

    def place(interne: int) -> None:
        places.setdefault(interne)
        if interne in meilleurs:
            places.setdefault(meilleurs[interne])

    if etat.tour is not None:
        place(etat.tour.interne)
    if etat.couple_attendu is not None:
        place(etat.couple_attendu)
    for interne in sorted(etat.retours, key=lambda one: etat.lignes[one].rang):
        place(interne)
    attendent = frozenset(meilleurs.values())
    for interne in etat.ordre:
        if etat.statuts[interne] is Statut.A_VENIR and interne not in attendent:
            place(interne)
    return tuple(places)


def internes_devant(etat: Etat, interne: int) -> int | None:
    """« Internes devant vous »: tours before his, the one choosing included; None when he has none."""
    ordre = foreseen_order(etat)
    return ordre.index(interne) if interne in ordre else None
