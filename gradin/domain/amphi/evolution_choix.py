"""What choices, postes and reserved acts change in the state."""

from dataclasses import replace
from typing import assert_never

from gradin.domain.amphi import facts as f
from gradin.domain.amphi.evolution_tour import close_tour, without
from gradin.domain.amphi.state import Choix, Etat, Procuration, Statut
from gradin.domain.eligibilite.situation import TypeChoix


def confirm(etat: Etat, fait: f.ChoixConfirme) -> Etat:
    """A classique holds the poste; a surnombre adds a seat to its service and holds nothing."""
    type_choix = fait.prive.type_choix
    choix = Choix(poste=fait.poste, type_choix=type_choix, n=etat.seq + 1, tour=fait.tour)
    etat = close_tour(etat, fait.interne, Statut.A_CHOISI)
    etat = etat.change(
        choix={**etat.choix, fait.interne: choix},
        causes=without(etat.causes, fait.interne) if fait.interne in etat.causes else etat.causes,
    )
    if type_choix is TypeChoix.CLASSIQUE:
        return etat.change(classiques={**etat.classiques, fait.poste: fait.interne})
    return _count_surnombre(etat, fait.poste, 1)


def _count_surnombre(etat: Etat, poste: str, ajout: int) -> Etat:
    service = etat.postes[poste].service
    return etat.change(surnombres={**etat.surnombres, service: etat.surnombres.get(service, 0) + ajout})


def annul(etat: Etat, fait: f.ChoixAnnule) -> Etat:
    """He is passé, to be placed back by an agent; the line of his choice stays in the journal."""
    interne = next(interne for interne, choix in etat.choix.items() if choix.n == fait.n)
    annule = etat.choix[interne]
    etat = etat.change(
        choix=without(etat.choix, interne),
        statuts={**etat.statuts, interne: Statut.PASSE},
        causes={**etat.causes, interne: f.CausePasse.AGENT},
        corriges={**etat.corriges, annule.poste: etat.seq + 1},
    )
    if annule.type_choix is TypeChoix.CLASSIQUE:
        return etat.change(classiques=without(etat.classiques, annule.poste))
    return _count_surnombre(etat, annule.poste, -1)


def add_poste(etat: Etat, fait: f.PosteAjoute) -> Etat:
    numero = fait.poste.poste
    return etat.change(postes={**etat.postes, numero: fait.poste}, retires=etat.retires - {numero})


def withdraw(etat: Etat, fait: f.PosteRetire) -> Etat:
    return etat.change(retires=etat.retires | {fait.poste})


def lift_reserve(etat: Etat, fait: f.ReserveLevee) -> Etat:
    libre = replace(etat.postes[fait.poste], reserve=())
    return etat.change(postes={**etat.postes, fait.poste: libre})


def reserved_act(etat: Etat, fait: f.ActeReserve) -> Etat:
    acte = fait.prive
    match acte:
        case f.TypeChoixChange():
            etat = _change_line(etat, acte.interne, type_choix=acte.type_choix)
            return etat.change(changes={**etat.changes, acte.interne: etat.seq + 1})
        case f.MultiplicateurChange():
            return _change_line(etat, acte.interne, multiplicateur=acte.multiplicateur)
        case f.MandataireChange():
            return _change_mandataire(etat, acte)
        case f.PresenceConstatee():
            return _see(etat, acte)
        case f.RegleDepassee():
            return etat
        case _:
            assert_never(acte)


def _change_line(etat: Etat, interne: int, **champs: object) -> Etat:
    ligne = etat.lignes[interne]
    ligne = replace(ligne, prive=replace(ligne.prive, **champs))  # type: ignore[arg-type]
    return etat.change(lignes={**etat.lignes, interne: ligne})


def _change_mandataire(etat: Etat, acte: f.MandataireChange) -> Etat:
    procurations = without(etat.procurations, acte.interne)
    if acte.mandataire is not None:
        procurations[acte.interne] = Procuration(mandataire=acte.mandataire, acceptee=acte.acceptee)
    return etat.change(procurations=procurations, changes={**etat.changes, acte.interne: etat.seq + 1})


def _see(etat: Etat, acte: f.PresenceConstatee) -> Etat:
    if etat.tour is None or etat.tour.tour != acte.tour:
        return etat
    return etat.change(tour=replace(etat.tour, juge=None))
