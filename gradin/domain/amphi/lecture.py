"""What others read of the state: counters, the state of a poste, reservations to lift, its hash."""

import hashlib
from dataclasses import dataclass, fields

from gradin.domain.amphi.codec import to_json
from gradin.domain.amphi.empreintes import canonical
from gradin.domain.amphi.state import Etat, EtatPoste, Statut

# Known from the journal's first fact and the corrections: no need to hash them again at each pause.
STATIC = frozenset({"lignes", "ordre", "postes", "sessions", "parametres"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Compteurs:
    """`choisis` = held by a classique or before the amphi; `surnombres` apart (the régie's)."""

    offerts: int
    choisis: int
    restants: int
    surnombres: int


def etat_poste(etat: Etat, poste: str) -> EtatPoste:
    if poste in etat.retires:
        return EtatPoste.RETIRE
    if poste in etat.classiques or poste in etat.tenus:
        return EtatPoste.POURVU
    return EtatPoste.LIBRE


def compteurs(etat: Etat) -> Compteurs:
    """Offerts, choisis, restants, and the surnombres that take nothing from them."""
    offerts = len(etat.postes) - len(etat.retires)
    tenus = sum(1 for poste in etat.tenus if poste in etat.postes and poste not in etat.classiques)
    choisis = len(etat.classiques) + tenus
    return Compteurs(
        offerts=offerts,
        choisis=choisis,
        restants=offerts - choisis,
        surnombres=sum(etat.surnombres.values()),
    )


def can_come_back(etat: Etat, interne: int) -> bool:
    """Has not come back by himself yet: once in all (`retours.demander`)."""
    return interne not in etat.revenus


def can_ask_back(etat: Etat, interne: int) -> bool:
    """A passé who may still come back by himself."""
    return etat.statuts.get(interne) is Statut.PASSE and can_come_back(etat, interne)


def reserves_a_lever(etat: Etat) -> tuple[str, ...]:
    """Free reserved postes whose last possible taker has had his tour: the régie proposes to lift them."""
    attendent = (Statut.A_VENIR, Statut.EN_COURS)
    codes: set[str] = set()
    for interne, statut in etat.statuts.items():
        if statut in attendent:
            codes.update((etat.lignes[interne].des, *etat.lignes[interne].prive.codes))
    return tuple(
        numero
        for numero, poste in etat.postes.items()
        if poste.reserve and etat_poste(etat, numero) is EtatPoste.LIBRE and codes.isdisjoint(poste.reserve)
    )


def empreinte(etat: Etat) -> str:
    """Hash of what the facts have made of the start; stands in pause and close facts only."""
    contenu = {c.name: to_json(getattr(etat, c.name)) for c in fields(etat) if c.name not in STATIC}
    return hashlib.sha256(canonical(contenu)).hexdigest()
