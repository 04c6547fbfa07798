"""Comments somebody has to read before they are shown: of complete blocs alone, in no order of time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from gradin.data.evaluations.models import Commentaire, EtatCommentaire
from gradin.data.postes.models import Poste
from gradin.queries.evaluations.resultats import FAMILLE, SEMESTRE, closed_before, readable_semestres
from gradin.queries.visiteurs import Visiteur


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentaireLu:
    """No semester: five people wrote of it, or more, and nobody has to know when."""

    pk: int
    service: str
    etablissement: str
    question: str
    texte: str
    etat: str
    etat_dit: str


def services_of(visiteur: Visiteur) -> dict[int, set[int] | None]:
    """By subdivision of his scope: the services where his groupes have postes; None for all of them."""
    siens: dict[int, set[int] | None] = {}
    for subdivision, groupe in visiteur.portees | visiteur.suivis:
        if groupe is None:
            siens[subdivision] = None
        elif siens.get(subdivision, set()) is not None:
            postes = Poste.objects.filter(subdivision=subdivision, groupe=groupe).order_by()
            connus = siens.get(subdivision) or set()
            siens[subdivision] = connus | set(postes.values_list("service", flat=True).distinct())
    return siens


def keep_scope(visiteur: Visiteur, subdivision: int, service: int) -> bool:
    siens = services_of(visiteur)
    if subdivision not in siens:
        return False
    services = siens[subdivision]
    return services is None or service in services


def readable_of(visiteur: Visiteur, rows: QuerySet[Commentaire], maintenant: datetime) -> list[int]:
    """Of these, those he may read, by a key that was drawn: below five answers nobody reads a comment, not
    even to judge it.
    """
    siens = services_of(visiteur)
    rows = rows.filter(campagne__ferme_at__lte=maintenant, campagne__subdivision__in=siens).order_by("pk")
    lisibles = readable_semestres(closed_before(maintenant).filter(campagne__subdivision__in=siens))
    return [
        pk
        for pk, service, subdivision, imotep, des, code in rows.values_list(
            "pk", "service", *FAMILLE, SEMESTRE
        )
        if code in lisibles.get((subdivision, imotep, des), ())
        and ((services := siens[subdivision]) is None or service in services)
    ]


def list_readable(visiteur: Visiteur, etat: str, maintenant: datetime) -> list[int]:
    return readable_of(visiteur, Commentaire.objects.filter(etat=etat), maintenant)


def read_commentaires(pks: Collection[int]) -> tuple[CommentaireLu, ...]:
    rows = Commentaire.objects.filter(pk__in=pks).select_related("service__etablissement")
    return tuple(
        CommentaireLu(
            pk=row.pk,
            service=row.service.nom,
            etablissement=row.service.etablissement.nom,
            question=row.question,
            texte=row.texte,
            etat=row.etat,
            etat_dit=EtatCommentaire(row.etat).label,
        )
        for row in rows.order_by("pk")
    )
