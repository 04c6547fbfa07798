"""Guards that several decisions share: each raises Refus."""

from gradin.domain.amphi.commands import ActeAgent, Commande
from gradin.domain.amphi.depart import LigneListe
from gradin.domain.amphi.facts import Acte, ActeADeux
from gradin.domain.amphi.state import Etat, EtatAmphi, Tour
from gradin.domain.kernel import Motif, Refus


def check_known(etat: Etat, interne: int) -> LigneListe:
    """He is in the started list."""
    if interne not in etat.lignes:
        raise Refus(Motif.INTERNE_INCONNU, interne=interne)
    return etat.lignes[interne]


def check_with_tours(etat: Etat) -> None:
    if etat.parametres.par_voeux:
        raise Refus(Motif.SANS_TOURS)


def check_tour(etat: Etat, tour: int) -> Tour:
    """The tour named is the open one."""
    if etat.tour is None or etat.tour.tour != tour:
        raise Refus(Motif.DEJA_PASSE if tour <= etat.dernier_tour else Motif.PAS_VOTRE_TOUR)
    return etat.tour


def check_running(etat: Etat) -> None:
    """Not paused; the refusal says what the clock keeps."""
    if etat.etat is not EtatAmphi.PAUSE:
        return
    reste = 0 if etat.tour is None else remaining(etat, etat.dernier_a)
    rendu = f"{seconds(reste)} vous seront rendues à la reprise."
    message = f"L’amphi est en pause. Rien n’a été enregistré\u00a0: {rendu}"
    raise Refus(Motif.AMPHI_EN_PAUSE, message, reste_ms=reste)


def check_motif(commande: ActeAgent) -> None:
    if not commande.motif.strip():
        raise Refus(Motif.MOTIF_REQUIS)


def check_second(commande: ActeAgent) -> None:
    """Two different agents."""
    if commande.second is None or commande.second == commande.auteur:
        raise Refus(Motif.SECOND_AGENT_REQUIS)


def check_vue(etat: Etat, commande: Commande, interne: int, poste: str) -> None:
    """His page had not seen a change of his own type or mandataire, or a correction of this poste."""
    if commande.vu is None:
        return
    connu = max(etat.changes.get(interne, 0), etat.corriges.get(poste, 0))
    if connu > commande.vu:
        raise Refus(Motif.VUE_PERIMEE)


def remaining(etat: Etat, maintenant: int) -> int:
    """What the one choosing is shown as left, in ms, never negative; frozen while paused."""
    if etat.tour is None:
        return 0
    instant = etat.tour.suspendu if etat.tour.suspendu is not None else maintenant
    return max(0, etat.tour.fin - instant)


def seconds(ms: int) -> str:
    entieres = ms // 1000
    return f"{entieres} seconde{'s' if entieres > 1 else ''}"


def acte(commande: ActeAgent) -> Acte:
    return Acte(auteur=commande.auteur, motif=commande.motif)


def acte_a_deux(commande: ActeAgent) -> ActeADeux:
    return ActeADeux(auteur=commande.auteur, motif=commande.motif, second=commande.second)
