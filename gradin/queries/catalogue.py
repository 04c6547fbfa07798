"""The plain list of amphis that programs read, and my own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Length

from gradin.data.amphis.models import Amphi, EtatAmphi, Place
from gradin.queries.instantane import code_of
from gradin.queries.public.amphis import etat_shown
from gradin.queries.visiteurs import Visiteur

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltreAmphis:
    semestre: str = ""
    subdivision: str = ""
    etat: tuple[str, ...] = ()


def list_amphis(filtre: FiltreAmphis, visiteur: Visiteur, maintenant: datetime) -> list[Json]:
    """Drafts are shown to the agents of their scope only."""
    amphis = _related(Amphi.objects.filter(_visible(visiteur)))
    if filtre.semestre:
        amphis = amphis.filter(semestre__code=filtre.semestre)
    if filtre.subdivision:
        amphis = amphis.filter(subdivision__code__iexact=filtre.subdivision)
    lus = _read_all(amphis, maintenant)
    return [lu for lu in lus if not filtre.etat or lu["etat"] in filtre.etat]


def find_row(pk: int, visiteur: Visiteur) -> Amphi | None:
    """The amphi's row for permissions to judge; None when this visitor may not know of it."""
    rows = Amphi.objects.select_related("semestre", "subdivision", "groupe")
    row = next(iter(rows.filter(pk=pk)[:1]), None)
    if row is None or row.etat != EtatAmphi.BROUILLON or _runs(visiteur, row):
        return row
    return None


def own_amphis(interne: int, maintenant: datetime) -> list[Json]:
    """Where this interne is on the list, first hour first."""
    places = (
        Place.objects.filter(inscription__interne=interne)
        .exclude(amphi__etat=EtatAmphi.BROUILLON)
        .select_related("amphi__semestre", "amphi__subdivision", "amphi__groupe")
        .order_by("amphi__debut", "amphi")
    )
    return [
        {
            "id": place.amphi.pk,
            "code": code_of(place.amphi),
            "intitule": place.amphi.intitule,
            "etat": etat_shown(place.amphi, maintenant),
            "rang": place.rang,
            "interne": place.numero,
            "statut": place.statut,
        }
        for place in places
    ]


def run_amphis(visiteur: Visiteur, maintenant: datetime) -> list[Json]:
    """For an agent: those of his scope, with nothing of an interne in them."""
    champs = ("id", "code", "intitule", "etat")
    amphis = _related(Amphi.objects.filter(_in_scope(visiteur)))
    return [
        {champ: lu[champ] for champ in champs} | {"rang": None, "interne": None, "statut": "regie"}
        for lu in _read_all(amphis, maintenant)
    ]


def _visible(visiteur: Visiteur) -> Q:
    return ~Q(etat=EtatAmphi.BROUILLON) | _in_scope(visiteur)


def _runs(visiteur: Visiteur, amphi: Amphi) -> bool:
    portees = {(amphi.subdivision_id, None), (amphi.subdivision_id, amphi.groupe_id)}
    return visiteur.is_agent and bool(portees & visiteur.portees)


def _in_scope(visiteur: Visiteur) -> Q:
    if not visiteur.is_agent:
        return Q(pk__in=())
    dans = Q(pk__in=())
    for subdivision, groupe in visiteur.portees:
        dans |= Q(subdivision=subdivision) if groupe is None else Q(subdivision=subdivision, groupe=groupe)
    return dans


def _related(amphis: QuerySet[Amphi]) -> QuerySet[Amphi]:
    return amphis.select_related("semestre", "subdivision", "groupe").order_by(
        "semestre__code", "subdivision__code", Length("groupe__code"), "groupe__code", "phase", "pk"
    )


def _read_all(amphis: Iterable[Amphi], maintenant: datetime) -> list[Json]:
    rows = [*amphis]
    pks = [amphi.pk for amphi in rows]
    internes = _counts(pks, "places")
    postes = _counts(pks, "offre")
    return [_read(a, maintenant, internes.get(a.pk, 0), postes.get(a.pk, 0)) for a in rows]


def _counts(pks: list[int], quoi: str) -> dict[int, int]:
    return dict(Amphi.objects.filter(pk__in=pks).annotate(n=Count(quoi)).order_by().values_list("pk", "n"))


def _read(amphi: Amphi, maintenant: datetime, internes: int, postes: int) -> Json:
    return {
        "id": amphi.pk,
        "code": code_of(amphi),
        "intitule": amphi.intitule,
        "semestre": amphi.semestre.code,
        "subdivision": amphi.subdivision.code,
        "groupe": amphi.groupe.code,
        "groupe_nom": amphi.groupe.nom,
        "phase": amphi.phase,
        "etat": etat_shown(amphi, maintenant),
        "debut": _ms(amphi.debut),
        "fin": _ms(amphi.fin),
        "ouverture_favoris": _ms(amphi.ouverture_favoris),
        "seq": amphi.seq,
        "offre": amphi.version_offre,
        "internes": internes,
        "postes": postes,
    }


def _ms(instant: datetime | None) -> int | None:
    return None if instant is None else round(instant.timestamp() * 1000)
