"""What the responsable of a site reads: its candidates, their files, the ranks he gave. Never a note."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from gradin.data.appariement.models import (
    ModeCampagne,
    PieceCandidature,
    RangCandidat,
    ResultatCandidat,
    SiteAppariement,
    TourCampagne,
)
from gradin.domain.appariement.calendrier import Etape
from gradin.queries.appariement.candidat import PieceLue, piece_of
from gradin.queries.appariement.tours import (
    TourLu,
    candidats_of,
    count_rangs_required,
    places_of,
    read_tour,
)
from gradin.queries.espaces.perimetre import perimetre_of
from gradin.queries.visiteurs import Visiteur

AVANT_CLOTURE = (Etape.A_VENIR, Etape.VOEUX, Etape.ENTRE, Etape.CLASSEMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteClassant:
    """`places`: all its seats in the campaign."""

    pk: int
    campagne: int
    intitule: str
    nom: str
    etablissement: str
    des: str
    places: int
    responsable: str
    fuseau: str
    par_rang: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidatLu:
    """`rang`: the one this site gave, 0 refuses, None has not been said."""

    pk: int
    nom: str
    subdivision: str
    local: bool
    presentation: str
    pieces: tuple[PieceLue, ...]
    rang: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Classement:
    """`ranges` of `requis` candidates ranked 1 or more."""

    tour: TourLu
    candidats: tuple[CandidatLu, ...]
    places: int
    ranges: int
    refuses: int
    requis: int
    ouvert: bool
    clos: bool

    @property
    def manque(self) -> int:
        return max(0, self.requis - self.ranges)


def find_site(pk: int) -> SiteAppariement | None:
    """The row itself, for permission."""
    return _sites().filter(pk=pk).first()


def list_own_sites(visiteur: Visiteur) -> tuple[SiteClassant, ...]:
    """Of the services of his scope, the latest campaign first."""
    siens = {
        (part.subdivision, part.pk) for part in perimetre_of(visiteur).parts if part.colonne == "service"
    }
    rows = _sites().filter(service__in=[pk for _, pk in siens]).order_by("-campagne__semestre__code", "code")
    return tuple(read_site(row) for row in rows if (row.subdivision_id, row.service_id) in siens)


def read_site(row: SiteAppariement) -> SiteClassant:
    return SiteClassant(
        pk=row.pk,
        campagne=row.campagne_id,
        intitule=row.campagne.intitule,
        nom=row.service.nom,
        etablissement=row.service.etablissement.nom,
        des=row.des.intitule,
        places=row.places,
        responsable=row.responsable,
        fuseau=row.campagne.subdivision.fuseau,
        par_rang=row.campagne.mode == ModeCampagne.RANG,
    )


def read_classement(site: int, tour: int, maintenant: datetime) -> Classement:
    """In the order of the ranks given, the others by name."""
    row = TourCampagne.objects.select_related("campagne").get(pk=tour)
    un = SiteAppariement.objects.get(pk=site)
    places = places_of(row).get(site, 0)
    rangs = dict(RangCandidat.objects.filter(tour=row, site=un).values_list("candidature", "rang"))
    siens = candidats_of(row).filter(des=un.des_id).select_related("interne", "subdivision")
    pieces: dict[int, list[PieceLue]] = {}
    for piece in PieceCandidature.objects.filter(candidature__in=siens.values("pk")).defer("contenu"):
        pieces.setdefault(piece.candidature_id, []).append(piece_of(piece))
    lus = [
        CandidatLu(
            pk=c.pk,
            nom=f"{c.interne.prenom} {c.interne.nom}",
            subdivision=c.subdivision.nom,
            local=c.subdivision_id == un.subdivision_id,
            presentation=c.presentation,
            pieces=tuple(pieces.get(c.pk, ())),
            rang=rangs.get(c.pk),
        )
        for c in siens
    ]
    lu = read_tour(row, maintenant)
    return Classement(
        tour=lu,
        candidats=tuple(sorted(lus, key=_key)) if places else (),
        places=places,
        ranges=sum(bool(c.rang) for c in lus),
        refuses=sum(c.rang == 0 for c in lus),
        requis=count_rangs_required(row, un.des_id),
        clos=lu.etape not in AVANT_CLOTURE,
        ouvert=bool(places) and lu.etape is Etape.CLASSEMENT and not lu.par_rang,
    )


def list_taken(site: int, maintenant: datetime) -> tuple[tuple[TourLu, tuple[str, ...]], ...]:
    """Who comes, round by round, once its hour has come."""
    rows = ResultatCandidat.objects.filter(site=site).select_related("tour__campagne", "candidature__interne")
    pris: dict[int, list[str]] = {}
    tours: dict[int, TourLu] = {}
    for row in rows.order_by("tour__numero", "candidature__interne__cle_tri"):
        tour = read_tour(row.tour, maintenant)
        if tour.visible or tour.hors_plateforme:
            tours[tour.pk] = tour
            nom = str(row.candidature.interne)
            pris.setdefault(tour.pk, []).append(f"{nom} (a refusé)" if row.refuse_at else nom)
    return tuple((tours[pk], tuple(noms)) for pk, noms in pris.items())


def list_left_out(site: int, maintenant: datetime) -> tuple[tuple[TourLu, int, int], ...]:
    """Rounds in which it took no part, once told: (round, candidates ranked, asked)."""
    rows = TourCampagne.objects.filter(campagne__sites=site).select_related("campagne")
    lus = [(read_tour(row, maintenant), row.sites_ecartes.get(str(site))) for row in rows]
    return tuple((tour, *compte) for tour, compte in lus if compte and tour.visible)


def _key(un: CandidatLu) -> tuple[int, int]:
    if un.rang is None:
        return (1, 0)
    return (2, 0) if un.rang == 0 else (0, un.rang)


def _sites() -> QuerySet[SiteAppariement]:
    return SiteAppariement.objects.select_related(
        "service__etablissement", "campagne__semestre", "campagne__subdivision", "des", "subdivision"
    )
