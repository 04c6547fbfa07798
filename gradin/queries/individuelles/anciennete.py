"""By which parameters the seniority of a demand is counted: its amphi's, else the campaign's."""

from collections.abc import Iterable, Mapping
from typing import Any

from gradin.data.amphis.models import Campagne, Place
from gradin.data.internes.models import Inscription
from gradin.domain.rang.parametres import ParametresRang
from gradin.queries.reglages import read_parametres_rang


def parametres_of(inscription: Inscription) -> ParametresRang:
    return parametres_by([inscription])[inscription.pk]


def parametres_by(inscriptions: Iterable[Inscription]) -> Mapping[int, ParametresRang]:
    """By key of inscription, in two queries. Of several amphis of one semestre, the first made."""
    lues = {un.pk: un for un in inscriptions}
    places = Place.objects.filter(inscription__in=lues).order_by("-amphi")
    amphis: dict[int, dict[str, Any]] = dict(places.values_list("inscription", "amphi__parametres"))
    campagnes = {
        (semestre, subdivision): parametres
        for semestre, subdivision, parametres in Campagne.objects.filter(
            semestre__in={un.semestre_id for un in lues.values()}
        ).values_list("semestre", "subdivision", "parametres")
    }
    return {
        pk: read_parametres_rang(
            amphis.get(pk, campagnes.get((un.semestre_id, un.subdivision_id), {})), graine=""
        )
        for pk, un in lues.items()
    }
