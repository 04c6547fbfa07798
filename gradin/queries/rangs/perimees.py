"""Provisional call lists that the data no longer give: other figures, or other internes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from gradin.data.amphis.models import Amphi, ListeAppel, Place
from gradin.data.internes.models import Inscription
from gradin.domain.rang.ecarts import APPORTES

Chiffres = Mapping[str, tuple[Any, ...]]
Cadre = tuple[int, int, int, str]


def count_perimes(amphis: Iterable[Amphi]) -> dict[int, int]:
    """By amphi not started, with a list that is not published: internes added, gone or with other figures.

    Two queries more than the lists', whatever the number of amphis: the cockpit reads them all.
    """
    attendus = {amphi.pk: amphi for amphi in amphis if not amphi.seq}
    listes = _last_lists(attendus)
    provisoires = [attendus[pk] for pk, liste in listes.items() if liste.published_at is None]
    actuels = _read_members(provisoires)
    comptes = {
        amphi.pk: count_differences(listes[amphi.pk].figures, actuels.get(amphi.pk, {}))
        for amphi in provisoires
    }
    return {pk: nombre for pk, nombre in comptes.items() if nombre}


def count_differences(figures: Iterable[Mapping[str, Any]], actuels: Chiffres) -> int:
    """Of a computed list and what the same internes have now, by INE."""
    calcules = {ligne["ine"]: tuple(ligne.get(champ) for champ in APPORTES) for ligne in figures}
    return sum(calcules.get(ine) != actuels.get(ine) for ine in {**calcules, **actuels})


def list_perimees(semestre: str) -> tuple[int, ...]:
    return tuple(sorted(count_perimes(Amphi.objects.filter(semestre__code=semestre, seq=0))))


def _last_lists(amphis: Collection[int]) -> dict[int, ListeAppel]:
    rows = ListeAppel.objects.filter(amphi__in=amphis).order_by("amphi", "version")
    return {row.amphi_id: row for row in rows}


def _read_members(amphis: Sequence[Amphi]) -> dict[int, Chiffres]:
    """Who would be on each list, as the computation takes them: an amphi made apart keeps whom it has."""
    cadres = {
        (amphi.semestre_id, amphi.subdivision_id, amphi.groupe_id, amphi.phase): amphi.pk
        for amphi in amphis
        if not amphi.variante
    }
    a_part = [amphi.pk for amphi in amphis if amphi.variante]
    lus: dict[int, dict[str, tuple[Any, ...]]] = defaultdict(dict)
    for cadre, ine, chiffres in _read_cadres(cadres):
        lus[cadres[cadre]][ine] = chiffres
    champs = (f"inscription__{champ}" for champ in ("interne__ine", *APPORTES))
    for pk, ine, *reste in Place.objects.filter(amphi__in=a_part).values_list("amphi", *champs):
        lus[pk][ine] = tuple(reste)
    return dict(lus)


def _read_cadres(cadres: Mapping[Cadre, int]) -> Iterable[tuple[Cadre, str, tuple[Any, ...]]]:
    rows = Inscription.objects.filter(
        semestre__in={cadre[0] for cadre in cadres}, subdivision__in={cadre[1] for cadre in cadres}
    )
    for semestre, subdivision, groupe, phase, ine, *reste in rows.values_list(
        "semestre", "subdivision", "groupe", "phase", "interne__ine", *APPORTES
    ):
        cadre = (semestre, subdivision, groupe, phase)
        if cadre in cadres:
            yield cadre, ine, tuple(reste)
