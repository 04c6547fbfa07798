"""What a matching waits for from a candidate or a site while the window is open: figures and deadline."""

from dataclasses import dataclass
from datetime import datetime

from gradin.domain.appariement.calendrier import Etape
from gradin.queries.appariement.candidat import Recherche, find_candidature, read_voeux
from gradin.queries.appariement.site import list_own_sites, read_classement
from gradin.queries.appariement.tours import current_tour, list_tours
from gradin.queries.visiteurs import Visiteur


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassementAttendu:
    """`faits` of `candidats` ranked by one site, `requis` at least."""

    site: int
    nom: str
    tour: str
    faits: int
    candidats: int
    requis: int
    jusque: datetime
    fuseau: str


def list_rankings_due(visiteur: Visiteur, maintenant: datetime) -> tuple[ClassementAttendu, ...]:
    """One for each of his sites whose ranking is open now."""
    dus = []
    for site in list_own_sites(visiteur):
        tour = current_tour(list_tours(site.campagne, maintenant))
        if tour is None or tour.etape is not Etape.CLASSEMENT or site.par_rang:
            continue
        lu = read_classement(site.pk, tour.pk, maintenant)
        if lu.ouvert:
            dus.append(
                ClassementAttendu(
                    site=site.pk,
                    nom=site.nom,
                    tour=tour.nom,
                    faits=lu.ranges,
                    candidats=len(lu.candidats),
                    requis=lu.requis,
                    jusque=tour.fenetres.classement_clot,
                    fuseau=site.fuseau,
                )
            )
    return tuple(dus)


def count_notes(interne: int, campagne: int, maintenant: datetime) -> tuple[int, int] | None:
    """(marked, asked) while he may mark the sites; None otherwise."""
    un = find_candidature(interne, campagne)
    tour = current_tour(list_tours(campagne, maintenant))
    if un is None or tour is None or tour.etape is not Etape.VOEUX:
        return None
    voeux = read_voeux(un, tour.pk, Recherche(), maintenant)
    return (voeux.donnes, voeux.requises) if voeux.ouverts else None
