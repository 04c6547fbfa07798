"""Receipts of a round: the line that the run took of a candidate or a site, and the salt that opens it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from gradin.data.appariement.models import (
    CalculAppariement,
    ModeCampagne,
    RangCandidat,
    ResultatCandidat,
    SiteAppariement,
    TourCampagne,
)
from gradin.domain.appariement.engagements import (
    Ligne,
    Recu,
    commit,
    line_of_candidat,
    line_of_site,
    write_recu,
)
from gradin.domain.appariement.ordres import draw
from gradin.domain.appariement.publication import pseudonym
from gradin.queries.appariement.tours import TourLu, read_tour

V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecuLu:
    """A file for its reader alone."""

    nom: str
    texte: str


def list_engagements(row: TourCampagne, resultats: Sequence[ResultatCandidat], des: int) -> Iterator[str]:
    """One for each candidate and each site that took part; where rank alone decides, sites said nothing."""
    for resultat in resultats:
        if not resultat.motif:
            sel = _sel(row, "candidat", resultat.candidature_id)
            yield commit(sel, _candidat(row, resultat))
    if row.campagne.mode == ModeCampagne.RANG:
        return
    pris = _group((resultat.site_id or 0, resultat.candidature_id) for resultat in resultats)
    donnes = RangCandidat.objects.filter(tour=row, site__des=des).values_list("site", "candidature", "rang")
    rangs = _group((site, (candidature, rang)) for site, candidature, rang in donnes)
    for pk in SiteAppariement.objects.filter(campagne=row.campagne_id, des=des).values_list("pk", flat=True):
        yield commit(_sel(row, "site", pk), line_of_site(pk, dict(rangs[pk]), pris[pk]))


def read_liste(tour: int, code_des: str, maintenant: datetime) -> str | None:
    """The public list; None before its hour."""
    row = CalculAppariement.objects.filter(tour=tour, des__code_des=code_des).select_related("tour__campagne")
    calcul = row.first()
    if calcul is None or not calcul.engagements or not read_tour(calcul.tour, maintenant).visible:
        return None
    return calcul.engagements


def read_recu_candidat(candidature: int, numero: int, maintenant: datetime) -> RecuLu | None:
    """None before its hour, for who took no part, and once the reasons are no more kept."""
    resultat = (
        ResultatCandidat.objects.filter(candidature=candidature, tour__numero=numero)
        .select_related("tour__campagne", "candidature")
        .first()
    )
    if resultat is None or not read_tour(resultat.tour, maintenant).visible:
        return None
    row = resultat.tour
    sites = SiteAppariement.objects.filter(pk__in=[une["site"] for une in resultat.explications])
    noms = {_code(row, un.pk): str(un) for un in sites.select_related("service__etablissement")}
    recu = Recu(sel=_sel(row, "candidat", candidature), ligne=_candidat(row, resultat), noms=noms)
    return _if_published(row, resultat.candidature.des_id, recu)


def list_recus_site(site: int, maintenant: datetime) -> tuple[TourLu, ...]:
    """Rounds of which it has a receipt, whoever it got; its ranks are kept as long as the whole file."""
    un = SiteAppariement.objects.select_related("campagne").get(pk=site)
    if un.campagne.mode == ModeCampagne.RANG:
        return ()
    calculs = CalculAppariement.objects.filter(tour__campagne=un.campagne_id, des=un.des_id)
    publies = calculs.exclude(engagements="").exclude(fichier="").defer("fichier", "engagements")
    rows = publies.select_related("tour__campagne").order_by("tour__numero")
    return tuple(tour for row in rows if (tour := read_tour(row.tour, maintenant)).visible)


def read_recu_site(site: int, numero: int, maintenant: datetime) -> RecuLu | None:
    un = SiteAppariement.objects.get(pk=site)
    row = (
        TourCampagne.objects.filter(campagne=un.campagne_id, numero=numero).select_related("campagne").first()
    )
    if row is None or not read_tour(row, maintenant).visible:
        return None
    pris = ResultatCandidat.objects.filter(tour=row, site=un).values_list("candidature", flat=True)
    rangs = RangCandidat.objects.filter(tour=row, site=un).select_related("candidature__interne")
    noms = {str(rang.candidature_id): str(rang.candidature.interne) for rang in rangs}
    ligne = line_of_site(site, {rang.candidature_id: rang.rang for rang in rangs}, pris)
    recu = Recu(sel=_sel(row, "site", site), ligne=ligne, noms=noms)
    return _if_published(row, un.des_id, recu)


def _if_published(row: TourCampagne, des: int, recu: Recu) -> RecuLu | None:
    publiee = CalculAppariement.objects.filter(tour=row, des=des).values_list("engagements", flat=True)
    if not any(commit(recu.sel, recu.ligne) in liste for liste in publiee):
        return None
    return RecuLu(nom=f"recu-appariement-{row.campagne_id}-{row.numero}.json", texte=write_recu(recu))


def _candidat(row: TourCampagne, resultat: ResultatCandidat) -> Ligne:
    return line_of_candidat(
        pseudonym(row.campagne.sel, "candidat", str(resultat.candidature_id)),
        {_code(row, une["site"]): une["note"] for une in resultat.explications},
        _code(row, resultat.site_id) if resultat.site_id else "",
    )


def _group(paires: Iterable[tuple[int, V]]) -> Mapping[int, list[V]]:
    groupes: dict[int, list[V]] = defaultdict(list)
    for cle, valeur in paires:
        groupes[cle].append(valeur)
    return groupes


def _code(row: TourCampagne, site: int) -> str:
    return pseudonym(row.campagne.sel, "site", str(site))


def _sel(row: TourCampagne, role: str, pk: int) -> str:
    """Nobody without the campaign's secret finds it, and it is stored nowhere."""
    return draw(row.campagne.sel, "recu", str(row.pk), role, str(pk))
