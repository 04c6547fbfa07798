"""The campaign of a semester that ends: its dates, the mails that ask for answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from gradin.data.comptes.models import GenreActe
from gradin.data.evaluations.models import CampagneEvaluation
from gradin.data.internes.models import Interne
from gradin.data.referentiel.models import Semestre
from gradin.domain.rang.semestre import parse_semestre
from gradin.operations.actes_gestion import Signature, Touche, record_changes
from gradin.operations.courriers.rappels import Relance, are_lawful, send_rappels
from gradin.operations.evaluations.refus import EvaluationRefusee
from gradin.operations.permissions_evaluations import check_can_open_evaluations
from gradin.queries.evaluations.campagnes import stages_of
from gradin.queries.evaluations.miennes import questionnaires_of
from gradin.queries.visiteurs import Visiteur


@transaction.atomic
def open_campagne(
    visiteur: Visiteur,
    semestre: int,
    subdivision: int,
    *,
    ouvre: datetime,
    ferme: datetime,
    rappels: Sequence[int],
    maintenant: datetime,
) -> bool:
    """Opens it or moves its dates (True when it is new). Raises EvaluationRefusee, Interdit.

    Once closed it stays closed, and none is opened for an older semester: what was read would change by a
    few answers, and the difference would tell what these few said.
    """
    check_can_open_evaluations(visiteur, subdivision)
    _check_dates(ouvre, ferme, rappels, maintenant)
    siennes = CampagneEvaluation.objects.filter(subdivision=subdivision)
    row = siennes.filter(semestre=semestre).first()
    if row is not None and row.ferme_at <= maintenant:
        raise EvaluationRefusee(
            "Cette campagne est fermée\u00a0: ses résultats sont lus, elle ne rouvre pas."
        )
    code = Semestre.objects.get(pk=semestre).code
    if row is None and siennes.filter(semestre__code__gt=code).exists():
        raise EvaluationRefusee("Un semestre plus récent est déjà évalué. Celui-ci ne peut plus l’être.")
    _check_order(siennes, code, ferme)
    avant = _said(row) if row else {}
    row, neuve = CampagneEvaluation.objects.update_or_create(
        semestre_id=semestre,
        subdivision_id=subdivision,
        defaults={
            "ouvre_at": ouvre,
            "ferme_at": ferme,
            "rappels": sorted(set(rappels), reverse=True),
            "auteur": visiteur.courriel,
        },
    )
    objet = f"Évaluation des stages, {parse_semestre(code).libelle}"
    touche = Touche(genre=GenreActe.EVALUATIONS, objet=objet, subdivision=subdivision)
    acte = "Campagne ouverte" if neuve else "Dates changées"
    signature = Signature(auteur=visiteur.courriel, maintenant=maintenant)
    record_changes(signature, acte, touche, avant, _said(row))
    return neuve


def _check_order(siennes: QuerySet[CampagneEvaluation], code: str, ferme: datetime) -> None:
    """Semesters close in their order: an older one added to what was read would show by difference."""
    if siennes.filter(semestre__code__gt=code, ferme_at__lt=ferme).exists():
        raise EvaluationRefusee(
            "Un semestre plus récent ferme avant cette date. Fermez celui-ci plus tôt.", champ="ferme_jour"
        )
    if siennes.filter(semestre__code__lt=code, ferme_at__gt=ferme).exists():
        raise EvaluationRefusee(
            "Un semestre plus ancien ferme après cette date. Fermez celui-ci plus tard.", champ="ferme_jour"
        )


def _said(row: CampagneEvaluation) -> dict[str, object]:
    rappels = ", ".join(f"J-{jours}" for jours in row.rappels) or "aucun"
    return {"ouvre": row.ouvre_at, "ferme": row.ferme_at, "rappels": rappels}


def _check_dates(ouvre: datetime, ferme: datetime, rappels: Sequence[int], maintenant: datetime) -> None:
    if ferme <= ouvre:
        raise EvaluationRefusee(
            "La fermeture suit l’ouverture. Corrigez l’une des deux dates.", champ="ferme_jour"
        )
    if ferme <= maintenant:
        raise EvaluationRefusee(
            "La date de fermeture est passée. Choisissez-en une à venir.", champ="ferme_jour"
        )
    if not are_lawful(rappels):
        raise EvaluationRefusee("Cinq rappels au plus, de 1 à 89 jours avant la fermeture.", champ="rappels")


def send_due(maintenant: datetime) -> int:
    """The mails of the openings and the reminders whose hour has come."""
    return send_rappels(RELANCE, maintenant)


def _silent(campagne: CampagneEvaluation) -> Iterable[tuple[int, Interne]]:
    """Those who have something to answer."""
    muets = stages_of(campagne).filter(participation_evaluation=None).exclude(interne__courriel="")
    stages = list(muets.select_related("interne", "poste"))
    interroges = questionnaires_of(stages)
    return [(stage.pk, stage.interne) for stage in stages if stage.pk in interroges]


RELANCE = Relance(
    modele=CampagneEvaluation,
    nom="evaluation",
    fin="ferme_at",
    lien="Évaluer mon stage",
    adresse="/evaluations/",
    muets=_silent,
)
