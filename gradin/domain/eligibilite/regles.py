"""The rules of rules.md §4 in their order: each gives the motif of its refusal, or None."""

from collections.abc import Callable

from gradin.domain.eligibilite.politiques import POLITIQUES, refuse_occupation
from gradin.domain.eligibilite.situation import Candidat, Place, Reglement, Severite, TypeChoix
from gradin.domain.kernel import Motif

Regle = Callable[[Candidat, Place, Reglement], Motif | None]


def check_offre(candidat: Candidat, place: Place, reglement: Reglement) -> Motif | None:
    """Rule 1: in the amphi's offer and not withdrawn."""
    if not place.offert:
        return Motif.HORS_OFFRE
    return Motif.POSTE_RETIRE if place.retire else None


def check_affectation(candidat: Candidat, place: Place, reglement: Reglement) -> Motif | None:
    """Rule 2: one affectation per semestre, in any amphi."""
    return Motif.DEJA_AFFECTE if candidat.affecte else None


def check_reserve(candidat: Candidat, place: Place, reglement: Reglement) -> Motif | None:
    """Rule 3: one of his codes is among those the poste is reserved for."""
    if place.reserve and not place.reserve & candidat.codes:
        return Motif.POSTE_RESERVE
    return None


def check_occupation(candidat: Candidat, place: Place, reglement: Reglement) -> Motif | None:
    """Rule 4: occupancy, as the amphi's policy says."""
    return refuse_occupation(POLITIQUES[reglement.politique], candidat, place)


def check_surnombres_du_service(candidat: Candidat, place: Place, reglement: Reglement) -> Motif | None:
    """Rule 5: at most N surnombres in one service."""
    if candidat.type_choix is TypeChoix.CLASSIQUE or reglement.surnombres_max is None:
        return None
    return Motif.SURNOMBRE_PLEIN if place.surnombres_service >= reglement.surnombres_max else None


def is_deja_valide(candidat: Candidat, place: Place) -> bool:
    return place.service in candidat.valides


def is_hors_maquette(candidat: Candidat, place: Place) -> bool:
    return place.poste in candidat.hors_maquette and not candidat.derogation


def check_deja_valide(candidat: Candidat, place: Place, reglement: Reglement) -> Motif | None:
    """Rule 6: not a service already validated, where the amphi refuses it."""
    if reglement.deja_valide is Severite.REFUSE and is_deja_valide(candidat, place):
        return Motif.DEJA_VALIDE
    return None


def check_maquette(candidat: Candidat, place: Place, reglement: Reglement) -> Motif | None:
    """Rule 7: serves a requirement still owed, where the amphi refuses the rest."""
    if reglement.maquette is Severite.REFUSE and is_hors_maquette(candidat, place):
        return Motif.HORS_MAQUETTE
    return None


REGLES: tuple[Regle, ...] = (
    check_offre,
    check_affectation,
    check_reserve,
    check_occupation,
    check_surnombres_du_service,
    check_deja_valide,
    check_maquette,
)


def first_refusal(candidat: Candidat, place: Place, reglement: Reglement) -> Motif | None:
    """The first rule that says no, None when the poste is open to him."""
    for regle in REGLES:
        motif = regle(candidat, place, reglement)
        if motif is not None:
            return motif
    return None


def may_warn(reglement: Reglement) -> bool:
    return Severite.AVERTIT in (reglement.deja_valide, reglement.maquette)


def avertissements(candidat: Candidat, place: Place, reglement: Reglement) -> tuple[Motif, ...]:
    """What is said without refusing, to one who has yet to choose."""
    if candidat.affecte:
        return ()
    dits = []
    if reglement.deja_valide is Severite.AVERTIT and is_deja_valide(candidat, place):
        dits.append(Motif.DEJA_VALIDE)
    if reglement.maquette is Severite.AVERTIT and is_hors_maquette(candidat, place):
        dits.append(Motif.HORS_MAQUETTE)
    return tuple(dits)
