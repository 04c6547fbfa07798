"""What keeps an import of past semesters from being undone: lines changed since, or counted in a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gradin.data.amphis.models import Amphi, ListeAppel
from gradin.data.imports.models import Depot
from gradin.data.internes.models import Inscription
from gradin.data.parcours.models import LigneParcours
from gradin.domain.parcours.ecarts import SourceAnciennete
from gradin.operations.imports.demande import ETATS_COMMENCES
from gradin.queries.parcours.anciennete import source_of

LIGNE = LigneParcours._meta.label_lower


def tell_parcours(depot: Depot) -> Iterator[str]:
    """Nothing for an import that brought no semester."""
    creees = depot.retour["crees"].get(LIGNE, [])
    changees = [pk for nom, pk, _ in depot.retour["changes"] if nom == LIGNE]
    if not creees and not changees:
        return
    posees = LigneParcours.objects.filter(pk__in=creees)
    reprises = posees.exclude(updated_at=depot.applied_at or depot.created_at).count()
    if reprises:
        yield (
            f"{reprises} de ces semestres ont été modifiés ou validés depuis. "
            "Corrigez les autres un à un, dans le parcours de chaque interne."
        )
    yield from _tell_lists([*creees, *changees])


def _tell_lists(lignes: Sequence[int]) -> Iterator[str]:
    """Where the computed seniority is in force, a published list or a started amphi stands on these lines."""
    internes = LigneParcours.objects.filter(pk__in=lignes).values("interne")
    siens = Inscription.objects.filter(interne__in=internes).order_by()
    calculees = [
        lieu
        for lieu in siens.values_list("semestre", "subdivision").distinct()
        if source_of(*lieu) is SourceAnciennete.CALCULEE
    ]
    intitules: list[str] = []
    for semestre, subdivision in calculees:
        amphis = Amphi.objects.filter(semestre=semestre, subdivision=subdivision)
        concernes = amphis.filter(places__inscription__interne__in=internes).distinct()
        publiees = ListeAppel.objects.filter(amphi__in=concernes, published_at__isnull=False).values("amphi")
        tenus = concernes.filter(pk__in=publiees) | concernes.filter(etat__in=ETATS_COMMENCES)
        intitules += tenus.values_list("intitule", flat=True)
    if intitules:
        yield (
            "L’ancienneté calculée d’après ces semestres a servi\u00a0: "
            f"{', '.join(sorted(set(intitules))[:5])}. "
            "Corrigez-les un à un, dans le parcours de chaque interne."
        )
