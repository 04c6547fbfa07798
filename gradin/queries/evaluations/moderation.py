"""Comments somebody has to read before they are shown: of complete blocs alone, in no order of time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from gradin.data.evaluations.models import Commentaire, EtatCommentaire, ReponseAnonyme
from gradin.data.postes.models import Poste
from gradin.queries.evaluations.resultats import LIES, Famille, blocs_of, closed_before, family_of
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


def readable_of(visiteur: Visiteur, maintenant: datetime) -> list[Commentaire]:
    """Below five answers nobody reads a comment, not even to judge it."""
    siens = services_of(visiteur)
    rows = Commentaire.objects.filter(campagne__ferme_at__lte=maintenant, campagne__subdivision__in=siens)
    lisibles = _semestres(closed_before(maintenant).filter(campagne__subdivision__in=siens))
    return [
        row
        for row in rows.select_related(*LIES, "service__etablissement").order_by("pk")
        if row.campagne.semestre.code in lisibles[family_of(row)]
        and ((services := siens[row.campagne.subdivision_id]) is None or row.service_id in services)
    ]


def list_commentaires(visiteur: Visiteur, etat: str, maintenant: datetime) -> tuple[CommentaireLu, ...]:
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
        for row in readable_of(visiteur, maintenant)
        if row.etat == etat
    )


def _semestres(rows: QuerySet[ReponseAnonyme]) -> dict[Famille, set[str]]:
    familles: dict[Famille, list[ReponseAnonyme]] = defaultdict(list)
    for row in rows.select_related(*LIES).defer("reponses"):
        familles[family_of(row)].append(row)
    lisibles: dict[Famille, set[str]] = defaultdict(set)
    for cle, siennes in familles.items():
        lisibles[cle] = {code for bloc in blocs_of(siennes) for code in bloc.semestres}
    return lisibles
