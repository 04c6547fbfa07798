"""A comment is shown once somebody has read it: no name, nothing that tells who wrote it, no insult."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from gradin.data.evaluations.models import Commentaire, EtatCommentaire
from gradin.operations.permissions_evaluations import check_can_follow_evaluations
from gradin.queries.evaluations.moderation import readable_of
from gradin.queries.visiteurs import Visiteur


@transaction.atomic
def judge_commentaires(
    visiteur: Visiteur, pks: Collection[int], *, publie: bool, maintenant: datetime
) -> int:
    """How many of them were his to judge."""
    check_can_follow_evaluations(visiteur)
    siens = readable_of(visiteur, Commentaire.objects.filter(pk__in=pks), maintenant)
    etat = EtatCommentaire.PUBLIE if publie else EtatCommentaire.REFUSE
    return Commentaire.objects.filter(pk__in=siens).update(etat=etat, relu_par=visiteur.courriel)
