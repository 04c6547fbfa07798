"""The call list of an amphi as each audience may read it (rules.md §9)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from gradin.data.amphis.models import Affectation, ListeAppel, Place
from gradin.queries.public.textes import words_in

TOUTES = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeLue:
    """`publiee`: the figures are frozen; before that the list is provisional."""

    version: int
    publiee: datetime | None
    empreinte: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneAppel:
    """`rang` and `statut` are for anybody, the rest for the amphi; `absence_prevue` for agents."""

    pk: int
    interne: int | None
    rang: int | None
    statut: str
    nom: str = ""
    des: str = ""
    figures: Mapping[str, Any] | None = None
    absence_prevue: bool = False
    numero: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltreAppel:
    """`par_page` 0: all of them."""

    q: str = ""
    page: int = 1
    par_page: int = 30


def find_liste(amphi: int) -> ListeLue | None:
    row = _current(amphi)
    if row is None:
        return None
    return ListeLue(version=row.version, publiee=row.published_at, empreinte=row.empreinte)


def page_of_ranks(amphi: int, filtre: FiltreAppel) -> Page:
    """What anybody reads: ranks and statuts, no name to search by."""
    page = _paginate(_places(amphi), filtre)
    page.object_list = [_read_rank(place) for place in page.object_list]
    return page


def page_of_names(amphi: int, filtre: FiltreAppel) -> Page:
    """What internes of the amphi read: names and figures, ancienneté as a total only."""
    places = _places(amphi).filter(words_in("inscription__interne__recherche", filtre.q))
    page = _paginate(places.select_related("inscription__interne", "inscription__des"), filtre)
    figures = _figures(amphi)
    choix = _choix(amphi, page.object_list)
    page.object_list = [_read_name(place, figures, choix) for place in page.object_list]
    return page


def page_of_agents(amphi: int, filtre: FiltreAppel) -> Page:
    """What the ARS reads: the same, and the absences known beforehand."""
    page = page_of_names(amphi, filtre)
    prevues = {
        *Place.objects.filter(amphi=amphi, inscription__absence_prevue=True).values_list("pk", flat=True)
    }
    page.object_list = [replace(ligne, absence_prevue=ligne.pk in prevues) for ligne in page.object_list]
    return page


def rang_of(place: int | None) -> int | None:
    if place is None:
        return None
    return Place.objects.filter(pk=place).values_list("rang", flat=True).first()


def _current(amphi: int) -> ListeAppel | None:
    """The last published version, else the last computed."""
    listes = ListeAppel.objects.filter(amphi=amphi).order_by("-version")
    return listes.filter(published_at__isnull=False).first() or listes.first()


def _places(amphi: int) -> QuerySet[Place]:
    return Place.objects.filter(amphi=amphi).order_by("rang", "pk")


def _paginate(places: QuerySet[Place], filtre: FiltreAppel) -> Page:
    return Paginator(places, filtre.par_page or TOUTES).get_page(filtre.page)


def _figures(amphi: int) -> dict[str, Mapping[str, Any]]:
    liste = _current(amphi)
    return {ligne["ine"]: ligne for ligne in liste.figures} if liste else {}


def _choix(amphi: int, places: Iterable[Place]) -> dict[int, tuple[str, str]]:
    internes = [place.inscription.interne_id for place in places]
    rows = Affectation.objects.filter(amphi=amphi, annulee=False, interne__in=internes)
    return {
        interne: (numero, service)
        for interne, numero, service in rows.values_list("interne", "poste__numero", "poste__service__nom")
    }


def _read_rank(place: Place) -> LigneAppel:
    return LigneAppel(pk=place.pk, interne=place.numero, rang=place.rang, statut=place.statut)


def _read_name(
    place: Place, figures: Mapping[str, Mapping[str, Any]], choix: Mapping[int, tuple[str, str]]
) -> LigneAppel:
    interne = place.inscription.interne
    numero, service = choix.get(interne.pk, ("", ""))
    return replace(
        _read_rank(place),
        nom=f"{interne.prenom} {interne.nom}",
        des=place.inscription.des.intitule,
        figures=figures.get(interne.ine),
        numero=numero,
        service=service,
    )
