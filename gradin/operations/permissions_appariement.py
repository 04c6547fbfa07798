"""Who may run a matching, mark its sites, rank its candidates and read their files."""

from gradin.data.appariement.models import (
    CampagneAppariement,
    Candidature,
    PieceCandidature,
    SiteAppariement,
)
from gradin.operations.droits import Acte, Regle, regle_of
from gradin.operations.permissions import Interdit
from gradin.queries.espaces.perimetre import perimetre_of
from gradin.queries.visiteurs import Visiteur


def can_start_appariement(visiteur: Visiteur, subdivision: int) -> bool:
    """A matching crosses groupes: whoever holds the whole subdivision that runs it."""
    if regle_of(Acte.CONDUIRE_APPARIEMENT, visiteur.role) is not Regle.PORTEE:
        return False
    return (subdivision, None) in visiteur.portees


def check_can_start_appariement(visiteur: Visiteur, subdivision: int) -> None:
    if not can_start_appariement(visiteur, subdivision):
        raise Interdit("Un appariement se conduit avec toute la subdivision dans sa portée.")


def can_run_appariement(visiteur: Visiteur, campagne: CampagneAppariement) -> bool:
    return can_start_appariement(visiteur, campagne.subdivision_id)


def check_can_run_appariement(visiteur: Visiteur, campagne: CampagneAppariement | None) -> None:
    if campagne is None or not can_run_appariement(visiteur, campagne):
        raise Interdit("Cette page est réservée à l'ARS.", absent=visiteur.is_agent)


def can_answer_candidature(visiteur: Visiteur, candidature: Candidature) -> bool:
    """His own marks, file and result."""
    if regle_of(Acte.NOTER_SITES, visiteur.role) is not Regle.SIEN:
        return False
    return visiteur.interne is not None and candidature.interne_id == visiteur.interne


def can_rank_site(visiteur: Visiteur, site: SiteAppariement) -> bool:
    """A responsable de terrain, for the service of his scope; without an account the signed link says so."""
    if regle_of(Acte.CLASSER_CANDIDATS, visiteur.role) is not Regle.PORTEE:
        return False
    siens = {(part.subdivision, part.pk) for part in perimetre_of(visiteur).parts}
    return (site.subdivision_id, site.service_id) in siens


def check_can_rank_site(visiteur: Visiteur, site: SiteAppariement | None) -> None:
    if site is None or not can_rank_site(visiteur, site):
        raise Interdit("Classer des candidats est réservé au responsable de ce site.", absent=True)


def can_read_piece(visiteur: Visiteur, piece: PieceCandidature) -> bool:
    """The candidate's own file: himself, the ARS, the responsables of sites that he may ask for."""
    un = piece.candidature
    if can_answer_candidature(visiteur, un) or can_run_appariement(visiteur, un.campagne):
        return True
    sites = SiteAppariement.objects.filter(campagne=un.campagne_id, des=un.des_id)
    return any(can_rank_site(visiteur, site) for site in sites)
