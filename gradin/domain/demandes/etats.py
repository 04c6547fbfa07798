"""How an individual demand goes on: one table of transitions, and whose each step is."""

from collections.abc import Mapping
from enum import StrEnum


class EtatIndividuelle(StrEnum):
    """How far it is."""

    DEPOSEE = "deposee"
    EN_INSTRUCTION = "en_instruction"
    AVIS_RENDU = "avis_rendu"
    ACCEPTEE = "acceptee"
    REFUSEE = "refusee"
    RETIREE = "retiree"


class Pas(StrEnum):
    """One step of a demand."""

    INSTRUIRE = "instruction"
    AVISER = "avis"
    ACCEPTER = "acceptation"
    REFUSER = "refus"
    RETIRER = "retrait"
    ROUVRIR = "reouverture"


class Acteur(StrEnum):
    """Whose step it is."""

    INTERNE = "interne"
    COORDONNATEUR = "coordonnateur"
    ARS = "ars"


E = EtatIndividuelle
ATTENDENT = (E.DEPOSEE, E.EN_INSTRUCTION, E.AVIS_RENDU)
DECIDEES = (E.ACCEPTEE, E.REFUSEE)
# An opinion that came on paper is recorded by the ARS.
ACTEURS: Mapping[Pas, tuple[Acteur, ...]] = {
    Pas.INSTRUIRE: (Acteur.ARS,),
    Pas.AVISER: (Acteur.COORDONNATEUR, Acteur.ARS),
    Pas.ACCEPTER: (Acteur.ARS,),
    Pas.REFUSER: (Acteur.ARS,),
    Pas.RETIRER: (Acteur.INTERNE,),
    Pas.ROUVRIR: (Acteur.ARS,),
}
TRANSITIONS: Mapping[tuple[EtatIndividuelle, Pas], EtatIndividuelle] = {
    (E.DEPOSEE, Pas.INSTRUIRE): E.EN_INSTRUCTION,
    (E.EN_INSTRUCTION, Pas.AVISER): E.AVIS_RENDU,
    (E.AVIS_RENDU, Pas.AVISER): E.AVIS_RENDU,
    (E.EN_INSTRUCTION, Pas.ACCEPTER): E.ACCEPTEE,
    (E.AVIS_RENDU, Pas.ACCEPTER): E.ACCEPTEE,
    **{(etat, Pas.REFUSER): E.REFUSEE for etat in ATTENDENT},
    **{(etat, Pas.RETIRER): E.RETIREE for etat in ATTENDENT},
    **{(etat, Pas.ROUVRIR): E.EN_INSTRUCTION for etat in DECIDEES},
}


def next_etat(
    etat: EtatIndividuelle, pas: Pas, acteur: Acteur, *, avis_attendu: bool
) -> EtatIndividuelle | None:
    """Where this step leads; None when it is not for now, or not his.

    `avis_attendu`: the coordonnateur's opinion is wanted for this kind, and a demand is not accepted before.
    """
    if acteur not in ACTEURS[pas]:
        return None
    if pas is Pas.ACCEPTER and avis_attendu and etat is not E.AVIS_RENDU:
        return None
    return TRANSITIONS.get((etat, pas))


def steps_of(etat: EtatIndividuelle, acteur: Acteur, *, avis_attendu: bool) -> tuple[Pas, ...]:
    """What this actor may do now, in the order of the page."""
    return tuple(pas for pas in Pas if next_etat(etat, pas, acteur, avis_attendu=avis_attendu) is not None)
