"""Who came to « Mon espace », what is his, and what every page of it knows."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from gradin.operations.droits import Acte, Qui
from gradin.operations.permissions import Interdit, can_read_espace, check_can_read_espace
from gradin.queries.espaces.perimetre import Perimetre, perimetre_of
from gradin.queries.public.semestres import SemestreLu, find_semestre
from gradin.queries.visiteurs import Visiteur, visiteur_of
from gradin.web.espace import tableaux
from gradin.web.public import requete

TITRES: dict[str, str] = {
    Qui.FACULTE: "Faculté",
    Qui.COORDONNATEUR: "Coordination du DES",
    Qui.ETABLISSEMENT: "Établissement",
    Qui.RESPONSABLE_TERRAIN: "Terrain de stage",
    Qui.REPRESENTANT: "Représentant des internes",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    """Who came, and what is his."""

    visiteur: Visiteur
    perimetre: Perimetre
    semestre: SemestreLu | None
    maintenant: datetime


def enter(request: HttpRequest, acte: Acte) -> Venue:
    visiteur = visiteur_of(request.user)
    try:
        check_can_read_espace(visiteur, acte)
    except Interdit as interdit:
        raise PermissionDenied(interdit.message) from None
    return Venue(
        visiteur=visiteur,
        perimetre=perimetre_of(visiteur),
        semestre=find_semestre(requete.read_words(request, "semestre")),
        maintenant=requete.now(),
    )


def readable(visiteur: Visiteur) -> list[tableaux.Tableau]:
    """The role's own question comes first: who are they (faculté, coordonnateur), or who arrives."""
    lisibles = [un for un in tableaux.TABLEAUX if can_read_espace(visiteur, un.acte)]
    return sorted(lisibles, key=lambda un: un is not tableaux.INTERNES)


def context_of(venue: Venue) -> dict[str, object]:
    return {
        "titre_role": TITRES[venue.visiteur.role],
        "parts": venue.perimetre.parts,
        "semestre": venue.semestre,
        "tableaux": readable(venue.visiteur),
    }
