"""The policies of surnombre: which occupied poste is open to which type de choix."""

from collections.abc import Mapping
from typing import Protocol, assert_never

from gradin.domain.eligibilite.situation import Candidat, Place, PolitiqueSurnombre, TypeChoix
from gradin.domain.kernel import Motif


class Politique(Protocol):
    """How a surnombre may join a poste; classiques are the same everywhere."""

    def refuse_validant(self, candidat: Candidat, place: Place) -> Motif | None: ...

    def refuse_non_validant(self, candidat: Candidat, place: Place) -> Motif | None: ...


def refuse_pourvu(place: Place) -> Motif | None:
    """A classique, or whoever needs a free poste: nobody may hold it; a surnombre does not hold."""
    return Motif.POSTE_POURVU if place.tenu or place.rang_classique is not None else None


class Idf:
    """Validant: as his rank allows. Non validant: whatever the occupancy and the rank."""

    def refuse_validant(self, candidat: Candidat, place: Place) -> Motif | None:
        if place.tenu:
            return Motif.POSTE_POURVU
        if place.rang_classique is not None and place.rang_classique < candidat.rang:
            return Motif.POSTE_POURVU
        return None

    def refuse_non_validant(self, candidat: Candidat, place: Place) -> Motif | None:
        return None


class Cvl:
    """Validant: free postes only. Non validant: free or taken."""

    def refuse_validant(self, candidat: Candidat, place: Place) -> Motif | None:
        return refuse_pourvu(place)

    def refuse_non_validant(self, candidat: Candidat, place: Place) -> Motif | None:
        return None


class Interdit:
    """No surnombre at all."""

    def refuse_validant(self, candidat: Candidat, place: Place) -> Motif | None:
        return Motif.SURNOMBRE_INTERDIT

    def refuse_non_validant(self, candidat: Candidat, place: Place) -> Motif | None:
        return Motif.SURNOMBRE_INTERDIT


POLITIQUES: Mapping[PolitiqueSurnombre, Politique] = {
    PolitiqueSurnombre.IDF: Idf(),
    PolitiqueSurnombre.CVL: Cvl(),
    PolitiqueSurnombre.INTERDIT: Interdit(),
}


def refuse_occupation(politique: Politique, candidat: Candidat, place: Place) -> Motif | None:
    """Rule 4 of rules.md §4 for any type de choix."""
    match candidat.type_choix:
        case TypeChoix.CLASSIQUE:
            return refuse_pourvu(place)
        case TypeChoix.SURNOMBRE_VALIDANT:
            return politique.refuse_validant(candidat, place)
        case TypeChoix.SURNOMBRE_NON_VALIDANT:
            return politique.refuse_non_validant(candidat, place)
        case _:
            assert_never(candidat.type_choix)
