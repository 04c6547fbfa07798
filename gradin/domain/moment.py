"""Where an interne's own amphi stands for him: the states of the card of the home page (manual §9.1)."""

from enum import StrEnum

from gradin.domain.amphi.state import Statut

BIENTOT = 4


class Moment(StrEnum):
    NON_VALIDE = "non_valide"
    VALIDE = "valide"
    OUVERT = "ouvert"
    AUJOURD_HUI = "aujourd_hui"
    EN_COURS = "en_cours"
    BIENTOT = "bientot"
    TOUR = "tour"
    PAUSE = "pause"
    PASSE = "passe"
    CHOISI = "choisi"
    HORS_CHOIX = "hors_choix"
    CLOS = "clos"


# What has already happened to him comes before what the amphi does.
DU_STATUT = {Statut.A_CHOISI: Moment.CHOISI, Statut.HORS_CHOIX: Moment.HORS_CHOIX}
AVANT = {"brouillon": Moment.NON_VALIDE, "valide": Moment.VALIDE, "ouvert": Moment.OUVERT}


def moment_of(
    *, etat: str, statut: str, devant: int | None, aujourd_hui: bool, attend_session: bool = False
) -> Moment:
    """`etat` of the amphi, his `statut`, internes before him; `aujourd_hui`: its first session is today.

    `attend_session`: the amphi has started, and its next session has not: nothing comes soon.
    """
    if statut in DU_STATUT:
        return DU_STATUT[Statut(statut)]
    if etat == "clos":
        return Moment.CLOS
    if etat == "pause":
        return Moment.PAUSE
    if etat == "en_cours":
        return _running(statut, None if attend_session else devant)
    if aujourd_hui and etat != "brouillon":
        return Moment.AUJOURD_HUI
    return AVANT[etat]


def _running(statut: str, devant: int | None) -> Moment:
    if statut == Statut.EN_COURS:
        return Moment.TOUR
    if statut == Statut.PASSE:
        return Moment.PASSE
    return Moment.BIENTOT if devant is not None and devant <= BIENTOT else Moment.EN_COURS
