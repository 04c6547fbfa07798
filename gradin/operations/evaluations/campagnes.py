"""The campaign of a semester that ends: its dates, the mails that ask for answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from gradin.data.comptes.models import GenreActe
from gradin.data.courriers.models import Envoi
from gradin.data.evaluations.models import CampagneEvaluation
from gradin.data.referentiel.models import Semestre
from gradin.documents.courriel import Lien
from gradin.domain.rang.semestre import parse_semestre
from gradin.operations.actes_gestion import Signature, Touche, record_changes
from gradin.operations.courriers.adresse import site_url
from gradin.operations.courriers.modeles import Lettre, compose
from gradin.operations.evaluations.refus import EvaluationRefusee
from gradin.operations.permissions_evaluations import check_can_open_evaluations
from gradin.queries.evaluations.campagnes import stages_of
from gradin.queries.evaluations.miennes import questionnaire_of
from gradin.queries.recus import MOIS
from gradin.queries.visiteurs import Visiteur

OUVERTURE = -1
RAPPELS_MAX = 5
LOT = 500


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
        raise EvaluationRefusee("Un semestre plus récent ferme avant cette date. Fermez celui-ci plus tôt.")
    if siennes.filter(semestre__code__lt=code, ferme_at__gt=ferme).exists():
        raise EvaluationRefusee("Un semestre plus ancien ferme après cette date. Fermez celui-ci plus tard.")


def _said(row: CampagneEvaluation) -> dict[str, object]:
    rappels = ", ".join(f"J-{jours}" for jours in row.rappels) or "aucun"
    return {"ouvre": row.ouvre_at, "ferme": row.ferme_at, "rappels": rappels}


def _check_dates(ouvre: datetime, ferme: datetime, rappels: Sequence[int], maintenant: datetime) -> None:
    if ferme <= ouvre:
        raise EvaluationRefusee("La fermeture suit l’ouverture. Corrigez l’une des deux dates.")
    if ferme <= maintenant:
        raise EvaluationRefusee("La date de fermeture est passée. Choisissez-en une à venir.")
    if len(rappels) > RAPPELS_MAX or any(not 0 < jours < 90 for jours in rappels):
        raise EvaluationRefusee("Cinq rappels au plus, de 1 à 89 jours avant la fermeture.")


def send_due(maintenant: datetime) -> int:
    """Mails of the openings and reminders whose hour has come; each once, whoever else runs."""
    ouvertes = CampagneEvaluation.objects.filter(ouvre_at__lte=maintenant, ferme_at__gt=maintenant)
    return sum(
        _send(campagne, rappel, maintenant)
        for campagne in ouvertes.select_related("semestre", "subdivision")
        for rappel in _due(campagne, maintenant)[-1:]
    )


def say_limite(campagne: CampagneEvaluation) -> str:
    """« le 12 mars 2027 à 18 h »."""
    at = campagne.ferme_at.astimezone(ZoneInfo(campagne.subdivision.fuseau))
    heure = f"{at.hour}\u00a0h" + (f"\u00a0{at.minute:02d}" if at.minute else "")
    return f"le {at.day}\u00a0{MOIS[at.month - 1]}\u00a0{at.year} à {heure}"


def _due(campagne: CampagneEvaluation, maintenant: datetime) -> list[int]:
    """The opening, then reminders by nearness of the end; of several late ones only the last is sent."""
    dus = [OUVERTURE, *(jours for jours in campagne.rappels if _hour(campagne, jours) <= maintenant)]
    return [un for un in dus if un not in campagne.envoyes]


def _hour(campagne: CampagneEvaluation, jours: int) -> datetime:
    return max(campagne.ouvre_at, campagne.ferme_at - timedelta(days=jours))


def _send(campagne: CampagneEvaluation, rappel: int, maintenant: datetime) -> int:
    """Worded first: the writer waits for no mail."""
    envois = [*_word(campagne, rappel, maintenant)]
    envoyes = sorted({*campagne.envoyes, *_due(campagne, maintenant)})
    with transaction.atomic():
        row = CampagneEvaluation.objects.select_for_update(of=("self",), no_key=True).get(pk=campagne.pk)
        if rappel in row.envoyes:
            return 0
        row.envoyes = envoyes
        row.save(update_fields=["envoyes"])
        Envoi.objects.bulk_create(envois, batch_size=LOT, ignore_conflicts=True)
    return len(envois)


def _word(campagne: CampagneEvaluation, rappel: int, maintenant: datetime) -> Iterable[Envoi]:
    """To those who have not answered and have something to answer."""
    modele = "evaluation-ouverte" if rappel == OUVERTURE else "evaluation-rappel"
    lien = Lien(mots="Évaluer mon stage", adresse=site_url("/evaluations/"))
    muets = stages_of(campagne).filter(participation_evaluation=None).exclude(interne__courriel="")
    for stage in muets.select_related("interne", "semestre", "poste"):
        if questionnaire_of(stage) is None:
            continue
        courrier = compose(
            Lettre(
                modele=modele,
                valeurs={
                    "nom": str(stage.interne),
                    "semestre": parse_semestre(campagne.semestre.code).libelle,
                    "limite": say_limite(campagne),
                    "lien": lien,
                },
            )
        )
        yield Envoi(
            cle=f"evaluation-{campagne.pk}-{'ouverte' if rappel == OUVERTURE else rappel}-{stage.pk}",
            destinataire=stage.interne.courriel,
            sujet=courrier.sujet,
            texte=courrier.texte,
            html=courrier.html,
            created_at=maintenant,
            due_at=maintenant,
        )
