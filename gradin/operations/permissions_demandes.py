"""Who may, of individual demands, of postes given before the choice and of the trail of acts.

The part of `permissions.py` that looks at these rows; the same table of rights, nothing by default.
"""

from gradin.data.demandes.models import DemandeIndividuelle
from gradin.data.internes.models import Inscription
from gradin.data.postes.models import Poste
from gradin.operations.droits import Acte, Regle, regle_of
from gradin.operations.permissions import Interdit, can_manage_inscription
from gradin.queries.espaces.perimetre import perimetre_of
from gradin.queries.individuelles.avis import find_for_avis
from gradin.queries.visiteurs import Visiteur

ARS_SEULE = "Cette page est réservée à l'ARS."


def check_can_file(visiteur: Visiteur) -> int:
    """His own interne's id: nobody files for another."""
    if visiteur.interne is None or regle_of(Acte.DEPOSER_DEMANDE, visiteur.role) is not Regle.SIEN:
        raise Interdit("Cette page est celle des internes.")
    return visiteur.interne


def check_can_settle_individuelle(visiteur: Visiteur, demande: DemandeIndividuelle | None) -> None:
    """As every demand: the internes of the agent's scope."""
    if demande is None or not can_manage_inscription(visiteur, demande.inscription):
        raise Interdit(ARS_SEULE, absent=visiteur.is_agent)


def can_advise(visiteur: Visiteur, demande: int) -> bool:
    """The coordonnateur of his DES, of a demand that was opened to him."""
    if regle_of(Acte.AVISER_DEMANDE, visiteur.role) is not Regle.PORTEE:
        return False
    return find_for_avis(perimetre_of(visiteur)).filter(pk=demande).exists()


def check_can_advise(visiteur: Visiteur, demande: int) -> None:
    if not can_advise(visiteur, demande):
        known = regle_of(Acte.AVISER_DEMANDE, visiteur.role) is Regle.PORTEE
        raise Interdit("Cette page est réservée aux coordonnateurs.", absent=known)


def can_give_poste(visiteur: Visiteur, inscription: Inscription, poste: Poste) -> bool:
    """Both the interne and the seat are of his scope."""
    return (
        regle_of(Acte.ATTRIBUER, visiteur.role) is Regle.PORTEE
        and _holds(visiteur, inscription.subdivision_id, inscription.groupe_id)
        and _holds(visiteur, poste.subdivision_id, poste.groupe_id)
    )


def check_can_give_poste(visiteur: Visiteur, inscription: Inscription, poste: Poste) -> None:
    if not can_give_poste(visiteur, inscription, poste):
        raise Interdit(ARS_SEULE, absent=visiteur.is_agent)


def can_read_actes(visiteur: Visiteur) -> bool:
    """The queries hold him to his scope."""
    return regle_of(Acte.LIRE_ACTES, visiteur.role) is Regle.PORTEE


def check_can_read_actes(visiteur: Visiteur) -> None:
    if not can_read_actes(visiteur):
        raise Interdit(ARS_SEULE)


def can_set_demarches(visiteur: Visiteur, subdivision: int) -> bool:
    """Deadlines are a setting of the whole subdivision."""
    return regle_of(Acte.INSTRUIRE, visiteur.role) is Regle.PORTEE and (subdivision, None) in visiteur.portees


def _holds(visiteur: Visiteur, subdivision: int, groupe: int) -> bool:
    return bool({(subdivision, None), (subdivision, groupe)} & visiteur.portees)
