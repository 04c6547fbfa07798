"""Who may, of evaluations and local criteria: the same table of rights, nothing by default."""

from gradin.data.internes.models import Inscription
from gradin.data.referentiel.models import Specialite
from gradin.operations.droits import Acte, Regle, regle_of
from gradin.operations.permissions import Interdit
from gradin.queries.visiteurs import Couples, Visiteur

ARS_SEULE = "Cette page est réservée à l'ARS."
SUIVI = "Cette page est réservée à l’ARS et aux représentants des internes."


def check_can_evaluate(visiteur: Visiteur) -> int:
    """His own interne's id: nobody evaluates for another, not even his mandataire."""
    if visiteur.interne is None or regle_of(Acte.EVALUER, visiteur.role) is not Regle.SIEN:
        raise Interdit("Cette page est celle des internes.")
    return visiteur.interne


def can_read_evaluations(visiteur: Visiteur) -> bool:
    """Whoever has an account: what is shown is nobody's."""
    return visiteur.compte is not None and regle_of(Acte.LIRE_EVALUATIONS, visiteur.role) is Regle.TOUJOURS


def followed(visiteur: Visiteur) -> Couples:
    """An agent's scope, a representative's groupes."""
    return visiteur.portees | visiteur.suivis


def check_can_follow_evaluations(visiteur: Visiteur) -> None:
    """Participation, comments to read, export: the queries hold him to `followed`."""
    if regle_of(Acte.MODERER_EVALUATIONS, visiteur.role) is not Regle.PORTEE:
        raise Interdit(SUIVI)


def can_open_evaluations(visiteur: Visiteur, subdivision: int) -> bool:
    """One campaign for the whole subdivision."""
    if regle_of(Acte.CONDUIRE_EVALUATIONS, visiteur.role) is not Regle.PORTEE:
        return False
    return (subdivision, None) in visiteur.portees


def check_can_open_evaluations(visiteur: Visiteur, subdivision: int) -> None:
    if not can_open_evaluations(visiteur, subdivision):
        raise Interdit("Les évaluations s’ouvrent avec toute la subdivision dans sa portée.")


def can_write_questionnaire(visiteur: Visiteur, des: Specialite | None) -> bool:
    """The general one: a whole subdivision. That of a DES: a groupe of his scope in which it chooses, too."""
    if regle_of(Acte.ECRIRE_QUESTIONNAIRES, visiteur.role) is not Regle.PORTEE:
        return False
    siens = followed(visiteur)
    if any(groupe is None for _, groupe in siens):
        return visiteur.is_agent or des is not None
    if des is None:
        return False
    choisit = Inscription.objects.filter(des=des).order_by().values_list("subdivision", "groupe").distinct()
    return bool(siens & set(choisit))


def check_can_write_questionnaire(visiteur: Visiteur, des: Specialite | None) -> None:
    if can_write_questionnaire(visiteur, des):
        return
    raise Interdit("Ce questionnaire s’écrit avec ce DES, ou toute la subdivision, dans sa portée.")
