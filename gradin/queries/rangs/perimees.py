"""Provisional call lists that the data no longer give: other figures, another order, or other internes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import reduce
from operator import or_

from django.db.models import OuterRef, Q, QuerySet, Subquery

from gradin.data.amphis.models import Amphi, ListeAppel, Place
from gradin.data.internes.models import Inscription
from gradin.domain.rang.ecarts import APPORTES, Ecart, compare_versions, count_changes
from gradin.queries.candidats import count_effectifs
from gradin.queries.rangs.calcul import compute_figures

# Semestre, subdivision, groupe: the roster over which the figures of a list are counted.
Lieu = tuple[int, int, int]
LUS = (
    *("semestre", "subdivision", "groupe", "phase", *APPORTES),
    *(f"interne__{champ}" for champ in ("ine", "nom", "prenom", "ne_le")),
)


def read_dernieres(amphis: Iterable[int]) -> dict[int, ListeAppel]:
    """The last version of each, and no other: a version holds every figure of every line."""
    derniere = ListeAppel.objects.filter(amphi=OuterRef("amphi")).order_by("-version").values("version")[:1]
    rows = ListeAppel.objects.filter(amphi__in=list(amphis), version=Subquery(derniere))
    return {row.amphi_id: row for row in rows}


def count_perimes(amphis: Iterable[Amphi], listes: Mapping[int, ListeAppel]) -> dict[int, int]:
    """By amphi not started, with a list that is not published: internes added, gone or with other figures.

    What the publication refuses, said before. `listes`: the last versions. A handful of queries, whatever the
    number of amphis: the cockpit reads them all.
    """
    return {pk: count_changes(ecarts) for pk, ecarts in _find_ecarts(amphis, listes).items()}


def list_perimees(semestre: str) -> tuple[int, ...]:
    """Amphis whose list follows the data by itself."""
    return _list_following(Amphi.objects.filter(semestre__code=semestre))


def list_perimees_in(lieux: Collection[Lieu]) -> tuple[int, ...]:
    """The same, of these groupes alone."""
    if not lieux:
        return ()
    ici = (Q(semestre=semestre, subdivision=sub, groupe=groupe) for semestre, sub, groupe in lieux)
    return _list_following(Amphi.objects.filter(reduce(or_, ici)))


def _list_following(rows: QuerySet[Amphi]) -> tuple[int, ...]:
    """Of the same internes: who comes or leaves waits for « Recalculer », which cuts the sessions again."""
    amphis = list(rows.filter(seq=0).select_related("semestre").order_by("pk"))
    ecarts = _find_ecarts(amphis, read_dernieres(amphi.pk for amphi in amphis))
    return tuple(
        pk
        for pk, siens in ecarts.items()
        if all(ecart.avant is not None and ecart.apres is not None for ecart in siens)
    )


def _find_ecarts(amphis: Iterable[Amphi], listes: Mapping[int, ListeAppel]) -> dict[int, tuple[Ecart, ...]]:
    """By amphi whose list differs from what would be computed now."""
    provisoires = [
        amphi
        for amphi in amphis
        if not amphi.seq and amphi.pk in listes and listes[amphi.pk].published_at is None
    ]
    membres = _read_membres(provisoires)
    lieux = {(amphi.semestre_id, amphi.subdivision_id) for amphi in provisoires}
    effectifs = {lieu: count_effectifs(*lieu) for lieu in lieux}
    trouves = {}
    for amphi in provisoires:
        liste, comptes = listes[amphi.pk], effectifs[amphi.semestre_id, amphi.subdivision_id]
        _, figures = compute_figures(amphi, liste.graine, membres.get(amphi.pk, ()), comptes)
        # Line by line only when anything differs: most lists follow their data.
        ecarts = compare_versions(liste.figures, figures) if figures != liste.figures else ()
        if ecarts:
            trouves[amphi.pk] = ecarts
    return trouves


def _read_membres(amphis: Sequence[Amphi]) -> dict[int, list[Inscription]]:
    """Who would be on each list, as the computation takes them: an amphi made apart keeps whom it has."""
    cadres = {
        (amphi.semestre_id, amphi.subdivision_id, amphi.groupe_id, amphi.phase): amphi.pk
        for amphi in amphis
        if not amphi.variante
    }
    a_part = [amphi.pk for amphi in amphis if amphi.variante]
    membres: dict[int, list[Inscription]] = defaultdict(list)
    rows = Inscription.objects.filter(
        semestre__in={cadre[0] for cadre in cadres},
        subdivision__in={cadre[1] for cadre in cadres},
        groupe__in={cadre[2] for cadre in cadres},
    )
    for une in rows.select_related("interne").only(*LUS):
        cadre = (une.semestre_id, une.subdivision_id, une.groupe_id, une.phase)
        if cadre in cadres:
            membres[cadres[cadre]].append(une)
    for place in Place.objects.filter(amphi__in=a_part).select_related("inscription__interne"):
        membres[place.amphi_id].append(place.inscription)
    return membres
