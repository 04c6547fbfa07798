"""A candidate's own pages: the sites of his DES with his notes, his file, his results and their reasons."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from gradin.data.appariement.models import (
    Candidature,
    ModeCampagne,
    NaturePiece,
    NoteSite,
    PieceCandidature,
    ResultatCandidat,
    SiteAppariement,
    TourCampagne,
)
from gradin.domain.appariement.calendrier import Etape
from gradin.domain.appariement.resultat import Issue
from gradin.domain.texte import fold
from gradin.queries.appariement.tours import (
    TourLu,
    candidats_of,
    count_notes_required,
    places_of,
    read_tour,
)

RAISONS: Mapping[str, str] = {
    Issue.OBTENU: "C’est le site que vous avez obtenu.",
    Issue.MIEUX_OBTENU: "Vous avez obtenu un site que vous aviez mieux noté.",
    Issue.REFUSE_PAR_LE_SITE: "Ce site ne vous a pas classé.",
    Issue.SANS_PLACE: "Ce site n’avait pas de place à ce tour.",
    Issue.MIEUX_CLASSES: "Ses places sont allées à des candidats qu’il avait classés avant vous.",
    Issue.PRIORITE_LOCALE: "Sa première place est allée à un candidat de sa subdivision, prioritaire.",
    Issue.TIRAGE: "À égalité de classement, le tirage au sort publié a désigné un autre candidat.",
}
AUTANT = "Vous avez obtenu un site noté autant, que le tirage au sort a placé avant celui-ci."
PAR_RANG = "Ses places sont allées à des candidats appelés avant vous."
TRIS = (("note", "Mes notes d’abord"), ("nom", "Par service"), ("departement", "Par département"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLu:
    """`note` None: not marked. `local`: of the candidate's own subdivision."""

    pk: int
    nom: str
    etablissement: str
    ville: str
    departement: str
    subdivision: str
    local: bool
    places: int
    profil: str
    note: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceLue:
    pk: int
    nature: str
    mot: str
    nom: str
    taille: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidatureLue:
    pk: int
    interne: int
    nom: str
    campagne: int
    intitule: str
    semestre: str
    des: str
    fuseau: str
    presentation: str
    par_rang: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Voeux:
    """`sites`: those that the search keeps, of `total`. `donnes` of `requises` marked 1 to 5."""

    sites: tuple[SiteLu, ...]
    total: int
    notes: int
    donnes: int
    requises: int
    departements: tuple[str, ...]
    ouverts: bool
    a_reprendre: bool
    clos: bool

    @property
    def manque(self) -> int:
        return max(0, self.requises - self.donnes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Raison:
    site: str
    etablissement: str
    note: int
    issue: str
    phrase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultatLu:
    tour: TourLu
    site: SiteLu | None
    motif: str
    refuse: bool
    refusable: bool
    raisons: tuple[Raison, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recherche:
    q: str = ""
    departement: str = ""
    tri: str = "note"
    notes: str = ""


def list_candidatures(interne: int) -> tuple[CandidatureLue, ...]:
    rows = _candidatures().filter(interne=interne).order_by("-campagne__semestre__code", "pk")
    return tuple(_read(row) for row in rows)


def find_candidature(interne: int, campagne: int) -> CandidatureLue | None:
    row = _candidatures().filter(interne=interne, campagne=campagne).first()
    return None if row is None else _read(row)


def read_voeux(un: CandidatureLue, tour: int, recherche: Recherche, maintenant: datetime) -> Voeux:
    row = TourCampagne.objects.select_related("campagne").get(pk=tour)
    lu = read_tour(row, maintenant)
    candidature = Candidature.objects.select_related("subdivision").get(pk=un.pk)
    concerne = candidats_of(row).filter(pk=un.pk).exists()
    notes = _notes(row.pk, un.pk)
    places = places_of(row)
    sites = SiteAppariement.objects.filter(pk__in=places, des=candidature.des_id)
    lus = [
        _site(site, candidature, places[site.pk], notes.get(site.pk))
        for site in sites.select_related("service__etablissement", "subdivision")
    ]
    mots = {site.pk: site.recherche for site in sites}
    gardes = [site for site in lus if _keeps(site, mots[site.pk], recherche)]
    return Voeux(
        sites=tuple(sorted(gardes, key=_key(recherche.tri))) if concerne else (),
        total=len(lus) if concerne else 0,
        notes=sum(site.note is not None for site in lus),
        donnes=sum(bool(site.note) for site in lus),
        requises=count_notes_required(row, candidature.des_id) if concerne else 0,
        departements=tuple(sorted({site.departement for site in lus if site.departement})),
        ouverts=concerne and lu.etape is Etape.VOEUX,
        clos=concerne and lu.etape not in (Etape.A_VENIR, Etape.VOEUX),
        a_reprendre=not notes and row.numero > 1 and _has_earlier_notes(row, un.pk),
    )


def list_results(un: CandidatureLue, maintenant: datetime) -> tuple[ResultatLu, ...]:
    """The latest first; nothing before its hour."""
    rows = ResultatCandidat.objects.filter(candidature=un.pk).select_related(
        "tour__campagne", "site__service__etablissement", "site__subdivision", "candidature__subdivision"
    )
    lus = [(row, read_tour(row.tour, maintenant)) for row in rows.order_by("-tour__numero")]
    return tuple(_result(row, tour, un) for row, tour in lus if tour.visible or tour.hors_plateforme)


def list_pieces(candidature: int) -> tuple[PieceLue, ...]:
    rows = PieceCandidature.objects.filter(candidature=candidature).defer("contenu")
    return tuple(piece_of(row) for row in rows)


def find_piece(pk: int) -> PieceCandidature | None:
    """The row itself, whose content the page serves once permission said so."""
    return PieceCandidature.objects.select_related("candidature__campagne").filter(pk=pk).first()


def piece_of(row: PieceCandidature) -> PieceLue:
    mot = str(NaturePiece(row.nature).label)
    return PieceLue(pk=row.pk, nature=row.nature, mot=mot, nom=row.nom, taille=row.taille)


def _result(row: ResultatCandidat, tour: TourLu, un: CandidatureLue) -> ResultatLu:
    pks = [ligne["site"] for ligne in row.explications]
    sites = {
        site.pk: site
        for site in SiteAppariement.objects.filter(pk__in=pks).select_related("service__etablissement")
    }
    obtenue = next((ligne["note"] for ligne in row.explications if ligne["issue"] == Issue.OBTENU), None)
    return ResultatLu(
        tour=tour,
        site=_site(row.site, row.candidature, row.site.places, None) if row.site else None,
        motif=row.motif,
        refuse=row.refuse_at is not None,
        refusable=row.site is not None and row.refuse_at is None and tour.etape is Etape.RESULTAT,
        raisons=tuple(
            Raison(
                site=sites[ligne["site"]].service.nom,
                etablissement=sites[ligne["site"]].service.etablissement.nom,
                note=ligne["note"],
                issue=ligne["issue"],
                phrase=_say(ligne["issue"], par_rang=un.par_rang, autant=ligne["note"] == obtenue),
            )
            for ligne in row.explications
            if ligne["site"] in sites
        ),
    )


def _say(issue: str, *, par_rang: bool, autant: bool) -> str:
    if autant and issue == Issue.MIEUX_OBTENU:
        return AUTANT
    return PAR_RANG if par_rang and issue == Issue.MIEUX_CLASSES else RAISONS[issue]


def _site(row: SiteAppariement, un: Candidature, places: int, note: int | None) -> SiteLu:
    lieu = row.service.etablissement
    return SiteLu(
        pk=row.pk,
        nom=row.service.nom,
        etablissement=lieu.nom,
        ville=lieu.ville,
        departement=lieu.departement,
        subdivision=row.subdivision.nom,
        local=row.subdivision_id == un.subdivision_id,
        places=places,
        profil=row.profil,
        note=note,
    )


def _keeps(site: SiteLu, mots: str, recherche: Recherche) -> bool:
    if recherche.departement and site.departement != recherche.departement:
        return False
    if recherche.notes == "sans" and site.note is not None:
        return False
    if recherche.notes == "avec" and site.note is None:
        return False
    return all(mot in mots for mot in fold(recherche.q).split())


def _key(tri: str) -> Callable[[SiteLu], tuple[Any, ...]]:
    """Marked ones first, best first; then as the reader sorts them."""

    def key(site: SiteLu) -> tuple[Any, ...]:
        nom = (fold(site.nom), fold(site.etablissement), site.pk)
        if tri == "note":
            return (-(site.note if site.note is not None else -1), *nom)
        return (site.departement, *nom) if tri == "departement" else nom

    return key


def _notes(tour: int, candidature: int) -> dict[int, int]:
    return dict(NoteSite.objects.filter(tour=tour, candidature=candidature).values_list("site", "note"))


def _has_earlier_notes(row: TourCampagne, candidature: int) -> bool:
    return NoteSite.objects.filter(
        candidature=candidature, tour__campagne=row.campagne_id, tour__numero__lt=row.numero
    ).exists()


def _candidatures() -> QuerySet[Candidature]:
    return Candidature.objects.select_related("interne", "campagne__semestre", "campagne__subdivision", "des")


def _read(row: Candidature) -> CandidatureLue:
    return CandidatureLue(
        pk=row.pk,
        interne=row.interne_id,
        nom=str(row.interne),
        campagne=row.campagne_id,
        intitule=row.campagne.intitule,
        semestre=row.campagne.semestre.code,
        des=row.des.intitule,
        fuseau=row.campagne.subdivision.fuseau,
        presentation=row.presentation,
        par_rang=row.campagne.mode == ModeCampagne.RANG,
    )
