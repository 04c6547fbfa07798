"""What others read of the state: counters, snapshot, rows that the database must equal, its hash."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from gradin.domain.amphi.codec import to_json
from gradin.domain.amphi.empreintes import canonical
from gradin.domain.amphi.facts import CausePasse
from gradin.domain.amphi.projection import Audience
from gradin.domain.amphi.state import Choix, Etat, EtatAmphi, EtatPoste, Statut

# Known from the journal's first fact and the corrections: no need to hash them again at each pause.
STATIC = frozenset({"lignes", "ordre", "postes", "sessions", "parametres"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Compteurs:
    """`choisis` = held by a classique or before the amphi; `surnombres` apart (the régie's)."""

    offerts: int
    choisis: int
    restants: int
    surnombres: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EtatLu:
    """The rows that the database keeps to be read: they must equal this at every commit."""

    etat: EtatAmphi
    statuts: Mapping[int, Statut]
    causes: Mapping[int, CausePasse]
    postes: Mapping[str, EtatPoste]
    affectations: Mapping[int, Choix]


def etat_poste(etat: Etat, poste: str) -> EtatPoste:
    if poste in etat.retires:
        return EtatPoste.RETIRE
    if poste in etat.classiques or poste in etat.tenus:
        return EtatPoste.POURVU
    return EtatPoste.LIBRE


def etat_lu(etat: Etat) -> EtatLu:
    """The read rows of this state."""
    return EtatLu(
        etat=etat.etat,
        statuts=etat.statuts,
        causes=etat.causes,
        postes={poste: etat_poste(etat, poste) for poste in etat.postes},
        affectations=etat.choix,
    )


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


def snapshot(etat: Etat, audience: Audience, interne: int | None = None) -> dict[str, Any]:
    """`GET /amphis/{id}` in numbers: without id, code, offre, names and static columns."""
    compte = compteurs(etat)
    vue: dict[str, Any] = {
        "seq": etat.seq,
        "etat": etat.etat.value,
        "session": etat.sessions_ouvertes if etat.session_en_cours else None,
        "pause": None if etat.pause is None else etat.pause.value,
        "tour": _tour(etat, audience, interne),
        "liste": [_ligne(etat, numero, audience) for numero in etat.ordre],
        "postes": [{"poste": poste, "etat": etat_poste(etat, poste).value} for poste in etat.postes],
        "compteurs": {
            "offerts": compte.offerts,
            "choisis": compte.choisis,
            "restants": compte.restants,
        },
    }
    if audience is Audience.REGIE:
        vue["compteurs"]["surnombres"] = compte.surnombres
    return vue


def _tour(etat: Etat, audience: Audience, interne: int | None) -> dict[str, Any] | None:
    """Others see the standard end; the one choosing and the régie the real one. `suspendu`: frozen since."""
    tour = etat.tour
    if tour is None:
        return None
    reel = audience is Audience.REGIE or interne == tour.interne
    return {
        "tour": tour.tour,
        "interne": tour.interne,
        "debut": tour.debut,
        "fin": tour.fin if reel else tour.fin_publique,
        "suspendu": tour.suspendu,
    }


def _ligne(etat: Etat, interne: int, audience: Audience) -> dict[str, Any]:
    choix = etat.choix.get(interne)
    ligne: dict[str, Any] = {
        "interne": interne,
        "rang": etat.lignes[interne].rang,
        "statut": etat.statuts[interne].value,
        "poste": None if choix is None else choix.poste,
    }
    if audience is Audience.REGIE:
        cause = etat.causes.get(interne)
        ligne["type_choix"] = etat.lignes[interne].prive.type_choix.value
        ligne["cause"] = None if cause is None else cause.value
    return ligne


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
