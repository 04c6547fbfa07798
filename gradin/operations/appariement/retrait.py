"""Withdraw a campaign that nobody has answered yet: a wrong semestre, a double."""

from datetime import UTC, datetime

from django.db import transaction

from gradin.data.appariement.models import (
    CalculAppariement,
    CampagneAppariement,
    Candidature,
    LienResponsable,
    NoteSite,
    PieceCandidature,
    RangCandidat,
    ResultatCandidat,
    TourCampagne,
)
from gradin.data.comptes.models import GenreActe
from gradin.operations.actes_gestion import Signature, Touche, record
from gradin.operations.appariement.refus import AppariementRefuse
from gradin.operations.permissions_appariement import check_can_run_appariement
from gradin.queries.visiteurs import Visiteur


@transaction.atomic
def withdraw_campagne(pk: int, visiteur: Visiteur, maintenant: int) -> str:
    """It goes with its files; a line of the trail stays. Its name. Raises AppariementRefuse, Interdit."""
    CampagneAppariement.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    row = CampagneAppariement.objects.select_related("subdivision", "semestre").get(pk=pk)
    check_can_run_appariement(visiteur, row)
    check_unanswered(row)
    record(
        Signature(auteur=visiteur.courriel, maintenant=datetime.fromtimestamp(maintenant / 1000, UTC)),
        "Campagne d’appariement retirée",
        Touche(genre=GenreActe.CALENDRIER, objet=row.intitule, subdivision=row.subdivision_id),
        avant=row.semestre.code,
    )
    row.delete()
    return str(row.intitule)


def check_unanswered(row: CampagneAppariement) -> None:
    """Raises AppariementRefuse."""
    if not is_unanswered(row.pk):
        raise AppariementRefuse(
            "Cette campagne a commencé\u00a0: des personnes ont reçu un lien, répondu ou déposé un dossier. "
            "Changez plutôt son calendrier."
        )


def is_unanswered(campagne: int) -> bool:
    """Nobody has been written to, has noted, ranked, brought a file or been given anything."""
    faits = (NoteSite, RangCandidat, ResultatCandidat, CalculAppariement)
    tours = TourCampagne.objects.filter(campagne=campagne)
    return not (
        any(kind._default_manager.filter(tour__campagne=campagne).exists() for kind in faits)
        or LienResponsable.objects.filter(site__campagne=campagne).exists()
        or PieceCandidature.objects.filter(candidature__campagne=campagne).exists()
        or Candidature.objects.filter(campagne=campagne).exclude(presentation="").exists()
        or any(tour.avis for tour in tours)
    )
