"""Accepted demands that the roster may not say yet; the database leaves out those it says."""

from functools import reduce
from operator import or_

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Concat

from gradin.data.demandes.models import DemandeIndividuelle
from gradin.data.internes.models import Inscription
from gradin.data.parcours.models import Derogation
from gradin.domain.demandes.effets import effets_of
from gradin.domain.demandes.etats import EtatIndividuelle
from gradin.domain.demandes.natures import Decompte, Nature

RIEN = Q(pk__in=())


def find_to_apply(scope: Q) -> QuerySet[DemandeIndividuelle]:
    """None that lacks something is left out; `list_restes` then says what, and may find nothing.

    Few ways to ask (kind, form, first semestre, length) come back often: each is one condition.
    """
    acceptees = DemandeIndividuelle.objects.filter(scope, etat=EtatIndividuelle.ACCEPTEE.value)
    facons = acceptees.order_by().values_list("nature", "forme", "debut", "duree").distinct()
    return acceptees.filter(reduce(or_, (_lacks(*facon) for facon in facons), RIEN))


def _lacks(nature: str, forme: str, debut: str, duree: int) -> Q:
    genre = Nature(nature)
    effets = effets_of(genre, forme, debut, duree)
    manque = RIEN
    if absences := [un.semestre for un in effets if un.absent]:
        manque |= Q(Exists(_rosters().filter(semestre__code__in=absences, absence_prevue=False)))
    if any(un.decompte is Decompte.RECHERCHE for un in effets):
        manque |= Q(Exists(_rosters().filter(semestre__code__gt=debut, semestres_recherche__lt=_all_asked())))
    if genre is Nature.REMORDS:
        manque |= Q(Exists(_of_another_des(debut)))
    if genre is Nature.DEROGATION_DESC:
        ecrites = Derogation.objects.filter(inscription=OuterRef("pk"))
        manque |= Q(Exists(_rosters().filter(~Exists(ecrites), semestre__code=debut)))
    return Q(nature=nature, forme=forme, debut=debut, duree=duree) & manque


def _rosters() -> QuerySet[Inscription]:
    return Inscription.objects.filter(interne=OuterRef("inscription__interne"))


def _of_another_des(debut: str) -> QuerySet[Inscription]:
    """The DES asked for stands before « - » in `objet`."""
    rows = _rosters().filter(semestre__code__gte=debut).alias(voulu=OuterRef("objet"))
    return rows.exclude(voulu__startswith=Concat(F("des__code_des"), Value(" - ")))


def _all_asked() -> Coalesce:
    """All the semesters of his accepted demands: never less than those of research behind him."""
    siennes = DemandeIndividuelle.objects.filter(
        inscription__interne=OuterRef("interne"), etat=EtatIndividuelle.ACCEPTEE.value
    )
    somme = siennes.order_by().values("inscription__interne").annotate(somme=Sum("duree")).values("somme")
    return Coalesce(Subquery(somme, output_field=IntegerField()), 0)
