"""How far a round is, in numbers and names: who has not answered. Never what anybody answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from gradin.data.appariement.models import (
    CalculAppariement,
    ModeCampagne,
    NaturePiece,
    PieceCandidature,
    SiteAppariement,
    TourCampagne,
)
from gradin.queries.appariement.tours import (
    candidats_of,
    count_notes_required,
    count_own_notes,
    count_own_rangs,
    count_rangs_required,
    list_des,
    places_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidatSuivi:
    """`notes` of `requises`; `pieces` of two. `admis` by the agent at the last run although short."""

    pk: int
    nom: str
    des: str
    subdivision: str
    notes: int
    requises: int
    pieces: int
    admis: bool

    @property
    def manque(self) -> int:
        return max(0, self.requises - self.notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSuivi:
    pk: int
    code: str
    nom: str
    etablissement: str
    des: str
    places: int
    responsable: str
    courriel: str
    ranges: int
    requis: int
    lien: str
    admis: bool

    @property
    def manque(self) -> int:
        return max(0, self.requis - self.ranges)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suivi:
    candidats: tuple[CandidatSuivi, ...]
    sites: tuple[SiteSuivi, ...]

    @property
    def candidats_prets(self) -> int:
        return sum(not un.manque for un in self.candidats)

    @property
    def sites_prets(self) -> int:
        return sum(not un.manque for un in self.sites)

    @property
    def candidats_courts(self) -> int:
        return len(self.candidats) - self.candidats_prets

    @property
    def sites_courts(self) -> int:
        return len(self.sites) - self.sites_prets

    @property
    def places(self) -> int:
        return sum(un.places for un in self.sites)


@dataclass(frozen=True, slots=True, kw_only=True)
class Avancement:
    """A run under way: `faits` of `total` DES."""

    faits: int
    total: int


def read_suivi(row: TourCampagne, maintenant: int) -> Suivi:
    requises = {des: count_notes_required(row, des) for des in list_des(row)}
    candidats, sites = _candidats(row, requises), _sites(row, maintenant)
    # Who is short comes first: he is the one to look at.
    return Suivi(
        candidats=tuple(sorted(candidats, key=lambda un: not un.manque)),
        sites=tuple(sorted(sites, key=lambda un: not un.manque)),
    )


def list_silent_candidats(row: TourCampagne) -> dict[int, CandidatSuivi]:
    """Those who still have sites to mark."""
    requises = {des: count_notes_required(row, des) for des in list_des(row)}
    return {un.pk: un for un in _candidats(row, requises) if un.manque}


def list_silent_sites(row: TourCampagne) -> dict[int, SiteSuivi]:
    return {un.pk: un for un in _sites(row, 0) if un.manque}


def list_sites_ecartes(row: TourCampagne) -> tuple[tuple[str, int, int], ...]:
    """(site, candidates ranked, asked) of those that took no part in the run."""
    rows = SiteAppariement.objects.filter(pk__in=row.sites_ecartes).select_related("service__etablissement")
    return tuple((str(un), *row.sites_ecartes[str(un.pk)]) for un in rows)


def read_avancement(row: TourCampagne) -> Avancement:
    return Avancement(faits=CalculAppariement.objects.filter(tour=row).count(), total=len(list_des(row)))


def _candidats(row: TourCampagne, requises: Mapping[int, int]) -> list[CandidatSuivi]:
    notes = count_own_notes(row)
    pieces: dict[int, int] = {}
    for pk in PieceCandidature.objects.filter(candidature__campagne=row.campagne_id).values_list(
        "candidature", flat=True
    ):
        pieces[pk] = pieces.get(pk, 0) + 1
    rows = candidats_of(row).select_related("interne", "des", "subdivision")
    return [
        CandidatSuivi(
            pk=un.pk,
            nom=f"{un.interne.nom} {un.interne.prenom}",
            des=un.des.intitule,
            subdivision=un.subdivision.nom,
            notes=notes.get(un.pk, 0),
            requises=requises.get(un.des_id, 0),
            pieces=pieces.get(un.pk, 0),
            admis=un.pk in row.admis.get("candidats", ()),
        )
        for un in rows
    ]


def _sites(row: TourCampagne, maintenant: int) -> list[SiteSuivi]:
    """A site whose DES has no candidate left has nobody to rank."""
    ranges, places = count_own_rangs(row), places_of(row)
    par_rang = row.campagne.mode == ModeCampagne.RANG
    requis = {des: 0 if par_rang else count_rangs_required(row, des) for des in list_des(row)}
    rows = SiteAppariement.objects.filter(pk__in=places).select_related("service__etablissement", "des")
    return [
        SiteSuivi(
            pk=un.pk,
            code=un.code,
            nom=un.service.nom,
            etablissement=un.service.etablissement.nom,
            des=un.des.intitule,
            places=places[un.pk],
            responsable=un.responsable,
            courriel=un.courriel,
            ranges=ranges.get(un.pk, 0),
            requis=requis.get(un.des_id, 0),
            lien=_lien_of(un, maintenant),
            admis=un.pk in row.admis.get("sites", ()),
        )
        for un in rows.prefetch_related("liens")
    ]


def _lien_of(site: SiteAppariement, maintenant: int) -> str:
    """`""` never sent, else `ouvert`, `envoye`, `ferme`."""
    lien = next(iter(site.liens.all()), None)
    if lien is None:
        return ""
    if lien.revoked_at is not None or lien.expires_at <= maintenant:
        return "ferme"
    return "ouvert" if lien.used_at else "envoye"


PIECES = len(NaturePiece)
