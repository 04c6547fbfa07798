"""The results of a scope as rows, for the commissions: what the fiches show, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gradin.data.referentiel.models import Service
from gradin.queries.evaluations.moderation import services_of
from gradin.queries.evaluations.resultats import ResultatsFamille, closed_before, gather
from gradin.queries.visiteurs import Visiteur

Case = str | int | float | None
GENERAL = "Général"


def result_rows(visiteur: Visiteur, maintenant: datetime) -> list[tuple[Case, ...]]:
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
        for famille, service in _scope(visiteur, maintenant)
        for bloc in famille.blocs
        for synthese in bloc.syntheses
        for part in synthese.parts
    ]


def comment_rows(visiteur: Visiteur, maintenant: datetime) -> list[tuple[Case, ...]]:
    """Without a period."""
    return [
        (*_place(famille, service), question, texte)
        for famille, service in _scope(visiteur, maintenant)
        for question, texte in famille.commentaires
    ]


def _scope(visiteur: Visiteur, maintenant: datetime) -> Iterator[tuple[ResultatsFamille, Service]]:
    siens = services_of(visiteur)
    familles = [*gather(closed_before(maintenant).filter(campagne__subdivision__in=siens))]
    services = Service.objects.select_related("etablissement").in_bulk({une.service for une in familles})
    for famille in familles:
        permis = siens[famille.subdivision]
        if permis is None or famille.service in permis:
            yield famille, services[famille.service]


def _place(famille: ResultatsFamille, service: Service) -> tuple[Case, ...]:
    return (
        famille.lieu,
        service.etablissement.nom,
        service.nom,
        service.imotep,
        famille.questionnaire or GENERAL,
    )
