"""The state as the rules of eligibility look at it: candidates and places."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from gradin.domain.amphi.state import Etat
from gradin.domain.eligibilite.regles import avertissements, first_refusal, may_warn
from gradin.domain.eligibilite.situation import Candidat, Place, Reglement
from gradin.domain.kernel import Motif


def candidat_of(etat: Etat, interne: int, *, affecte_ailleurs: bool = False) -> Candidat:
    """The interne as the rules see him now."""
    ligne = etat.lignes[interne]
    prive = ligne.prive
    return Candidat(
        rang=ligne.rang,
        type_choix=prive.type_choix,
        codes=frozenset((ligne.des, *prive.codes)),
        affecte=affecte_ailleurs or interne in etat.choix,
        valides=frozenset(prive.valides),
        hors_maquette=frozenset(prive.hors_maquette),
        derogation=prive.derogation,
    )


def place_of(etat: Etat, poste: str) -> Place:
    """The poste as it stands now, offered or not."""
    offre = etat.postes.get(poste)
    if offre is None:
        return Place(poste=poste, service="", offert=False)
    detenteur = etat.classiques.get(poste)
    return Place(
        poste=poste,
        service=offre.service,
        retire=poste in etat.retires,
        reserve=frozenset(offre.reserve),
        tenu=poste in etat.tenus,
        rang_classique=None if detenteur is None else etat.lignes[detenteur].rang,
        surnombres_service=etat.surnombres.get(offre.service, 0),
    )


def refusal(etat: Etat, interne: int, poste: str, reglement: Reglement | None = None) -> Motif | None:
    """Why this poste is not open to him, None when it is."""
    return first_refusal(
        candidat_of(etat, interne), place_of(etat, poste), reglement or etat.parametres.reglement
    )


def without_limit(etat: Etat) -> Reglement:
    """The same rules without the number of surnombres per service."""
    return replace(etat.parametres.reglement, surnombres_max=None)


def first_open(etat: Etat, interne: int, postes: Iterable[str]) -> str | None:
    """The first of a list that is open to him."""
    return next((poste for poste in postes if refusal(etat, interne, poste) is None), None)


def ouverts_a(etat: Etat, interne: int, *, affecte_ailleurs: bool = False) -> Mapping[str, Motif | None]:
    """For each poste of the offer, why it is not open to him, None when it is."""
    candidat = candidat_of(etat, interne, affecte_ailleurs=affecte_ailleurs)
    reglement = etat.parametres.reglement
    return {poste: first_refusal(candidat, place_of(etat, poste), reglement) for poste in etat.postes}


def avertissements_pour(etat: Etat, interne: int, postes: Iterable[str]) -> Mapping[str, tuple[Motif, ...]]:
    """By poste, what the recap must say although nothing is refused; only those of which something is."""
    candidat, reglement = candidat_of(etat, interne), etat.parametres.reglement
    if not may_warn(reglement):
        return {}
    dits = {poste: avertissements(candidat, place_of(etat, poste), reglement) for poste in postes}
    return {poste: motifs for poste, motifs in dits.items() if motifs}
