"""The results of a scope as rows, for the commissions: what the fiches show, and no more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gradin.data.referentiel.models import Service
from gradin.queries.evaluations.moderation import services_of
from gradin.queries.evaluations.resultats import ResultatsFamille, closed_before, gather
from gradin.queries.visiteurs import Visiteur

Case = str | int | float | None
FamilleSituee = tuple[ResultatsFamille, Service]
GENERAL = "Général"


def list_familles(visiteur: Visiteur, maintenant: datetime) -> tuple[FamilleSituee, ...]:
    siens = services_of(visiteur)
    familles = [*gather(closed_before(maintenant).filter(campagne__subdivision__in=siens))]
    services = Service.objects.select_related("etablissement").in_bulk({une.service for une in familles})
    return tuple(
        (famille, services[famille.service])
        for famille in familles
        if (permis := siens[famille.subdivision]) is None or famille.service in permis
    )


def result_rows(familles: Iterable[FamilleSituee]) -> list[tuple[Case, ...]]:
    """Place, questionnaire, period, answers; then question, answer, how many, percentage, mean."""
    return [
        (
            *_place(famille, service),
            bloc.periode,
            bloc.nombre,
            synthese.question.intitule,
            part.mot,
            part.nombre,
            round(part.part, 1),
            None if synthese.moyenne is None else round(synthese.moyenne, 2),
        )
        for famille, service in familles
        for bloc in famille.blocs
        for synthese in bloc.syntheses
        for part in synthese.parts
    ]


def comment_rows(familles: Iterable[FamilleSituee]) -> list[tuple[Case, ...]]:
    """Without a period."""
    return [
        (*_place(famille, service), question, texte)
        for famille, service in familles
        for question, texte in famille.commentaires
    ]


def _place(famille: ResultatsFamille, service: Service) -> tuple[Case, ...]:
    return (
        famille.lieu,
        service.etablissement.nom,
        service.nom,
        service.imotep,
        famille.questionnaire or GENERAL,
    )
