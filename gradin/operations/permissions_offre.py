"""Who may open, propose and judge the postes of a semestre; agréments and commissions beside them."""

from gradin.data.commissions.models import Commission
from gradin.data.referentiel.models import Service
from gradin.operations.droits import Acte, Regle, regle_of
from gradin.operations.permissions import Interdit
from gradin.queries.espaces.perimetre import perimetre_of
from gradin.queries.visiteurs import Visiteur


def can_open_postes(visiteur: Visiteur, subdivision: int, groupe: int) -> bool:
    """Who runs the amphis of a groupe decides which postes it opens."""
    if regle_of(Acte.OUVRIR_POSTES, visiteur.role) is not Regle.PORTEE:
        return False
    return bool({(subdivision, None), (subdivision, groupe)} & visiteur.portees)


def check_can_open_postes(visiteur: Visiteur, subdivision: int, groupe: int) -> None:
    if not can_open_postes(visiteur, subdivision, groupe):
        raise Interdit("Cette page est réservée à l'ARS.", absent=visiteur.is_agent)


def can_set_ouverture(visiteur: Visiteur, subdivision: int) -> bool:
    """The date limit and the rule are the whole subdivision's, not one groupe's."""
    if regle_of(Acte.OUVRIR_POSTES, visiteur.role) is not Regle.PORTEE:
        return False
    return (subdivision, None) in visiteur.portees


def check_can_set_ouverture(visiteur: Visiteur, subdivision: int) -> None:
    if not can_set_ouverture(visiteur, subdivision):
        raise Interdit("La date limite et la règle se fixent avec toute la subdivision dans sa portée.")


def can_propose(visiteur: Visiteur) -> bool:
    """An établissement, in its services."""
    return regle_of(Acte.PROPOSER_POSTES, visiteur.role) is Regle.PORTEE


def check_can_propose(visiteur: Visiteur) -> None:
    if not can_propose(visiteur):
        raise Interdit("Proposer des postes est réservé aux établissements.")


def check_can_propose_in(visiteur: Visiteur, subdivision: int, service: Service) -> None:
    check_can_propose(visiteur)
    siens = {(part.subdivision, part.pk) for part in perimetre_of(visiteur).parts}
    if (subdivision, service.etablissement_id) not in siens:
        raise Interdit("Ce service n’est pas de votre établissement.", absent=True)


def can_give_avis(visiteur: Visiteur) -> bool:
    """A coordonnateur; the query holds him to his DES."""
    return regle_of(Acte.DONNER_AVIS, visiteur.role) is Regle.PORTEE


def check_can_give_avis(visiteur: Visiteur) -> None:
    if not can_give_avis(visiteur):
        raise Interdit("Donner un avis est réservé au coordonnateur du DES.")


def can_hold_agrements(visiteur: Visiteur, subdivision: int) -> bool:
    """Agréments cross groupes: whoever holds the whole subdivision."""
    if regle_of(Acte.TENIR_AGREMENTS, visiteur.role) is not Regle.PORTEE:
        return False
    return (subdivision, None) in visiteur.portees


def check_can_hold_agrements(visiteur: Visiteur, subdivision: int) -> None:
    if not can_hold_agrements(visiteur, subdivision):
        raise Interdit(
            "Les agréments se tiennent avec toute la subdivision dans sa portée.", absent=visiteur.is_agent
        )


def can_advise_agrements(visiteur: Visiteur) -> bool:
    """A coordonnateur; the query holds him to his DES."""
    return regle_of(Acte.AVISER_AGREMENT, visiteur.role) is Regle.PORTEE


def check_can_advise_agrements(visiteur: Visiteur) -> None:
    if not can_advise_agrements(visiteur):
        raise Interdit("Donner un avis est réservé au coordonnateur du DES.")


def can_hold_commissions(visiteur: Visiteur, subdivision: int) -> bool:
    """A commission is the whole subdivision's."""
    if regle_of(Acte.TENIR_COMMISSIONS, visiteur.role) is not Regle.PORTEE:
        return False
    return (subdivision, None) in visiteur.portees


def check_can_hold_commissions(visiteur: Visiteur, subdivision: int) -> None:
    if not can_hold_commissions(visiteur, subdivision):
        raise Interdit(
            "Une commission se tient avec toute la subdivision dans sa portée.", absent=visiteur.is_agent
        )


def can_read_commission(visiteur: Visiteur, commission: Commission) -> bool:
    """Whoever is convened by his address; the ARS in its subdivision; others by signed link."""
    match regle_of(Acte.LIRE_COMMISSION, visiteur.role):
        case Regle.SIEN:
            convoques = commission.membres.filter(convened_at__isnull=False)
            return bool(visiteur.courriel) and convoques.filter(courriel=visiteur.courriel).exists()
        case Regle.PORTEE:
            return can_hold_commissions(visiteur, commission.subdivision_id)
        case _:
            return False


def check_can_read_commission(visiteur: Visiteur, commission: Commission | None) -> None:
    if commission is None or not can_read_commission(visiteur, commission):
        raise Interdit("Cette commission n’existe pas pour vous.", absent=True)
