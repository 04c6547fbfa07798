"""A round as it stands: its windows, its step, who takes part in it and how many seats are left."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from gradin.data.appariement.models import (
    CampagneAppariement,
    Candidature,
    ModeCampagne,
    NoteSite,
    RangCandidat,
    ResultatCandidat,
    SiteAppariement,
    TourCampagne,
)
from gradin.domain.appariement.calendrier import (
    HORS_PLATEFORME,
    REPETITION,
    Etape,
    Fenetres,
    etape_of,
    is_running,
)
from gradin.domain.appariement.campagne import (
    DocteurJunior,
    ReglesAppariement,
    Site,
    TourAppariement,
    classements_required,
    notes_required,
)
from gradin.domain.appariement.rang import rank_everywhere

NOMS = {REPETITION: "Tour à blanc", 1: "1er tour", 2: "2e tour", HORS_PLATEFORME: "3e tour, hors plateforme"}
ECHEC = "Le calcul s’est arrêté. Relancez-le\u202f; s’il s’arrête encore, écrivez à l’assistance."


@dataclass(frozen=True, slots=True, kw_only=True)
class TourLu:
    """`lance`: a run is under way. `visible`: the hour of the result has come and it is computed."""

    pk: int
    campagne: int
    numero: int
    nom: str
    fenetres: Fenetres
    etape: Etape
    empreinte: str
    graine: str
    lance: bool
    echec: str
    calcule_at: int | None
    definitif: bool
    par_rang: bool

    @property
    def repetition(self) -> bool:
        return self.numero == REPETITION

    @property
    def hors_plateforme(self) -> bool:
        return self.numero == HORS_PLATEFORME

    @property
    def visible(self) -> bool:
        return self.etape in (Etape.RESULTAT, Etape.FINI)


def read_tour(row: TourCampagne, maintenant: datetime) -> TourLu:
    fenetres = fenetres_of(row)
    etape = etape_of(fenetres, row.calcule_at is not None, maintenant)
    visible = etape in (Etape.RESULTAT, Etape.FINI)
    lance = is_running(row.lance_at, round(maintenant.timestamp() * 1000))
    return TourLu(
        pk=row.pk,
        campagne=row.campagne_id,
        numero=row.numero,
        nom=NOMS[row.numero],
        fenetres=fenetres,
        etape=etape,
        empreinte=row.empreinte,
        graine=row.graine if visible else "",
        lance=lance,
        echec=row.echec or (ECHEC if row.lance_at is not None and not lance else ""),
        calcule_at=row.calcule_at,
        definitif=row.definitif_at is not None,
        par_rang=row.campagne.mode == ModeCampagne.RANG,
    )


def fenetres_of(row: TourCampagne) -> Fenetres:
    return Fenetres(**{nom: getattr(row, nom) for nom in Fenetres.__slots__})


def list_tours(campagne: int, maintenant: datetime) -> tuple[TourLu, ...]:
    rows = TourCampagne.objects.filter(campagne=campagne).select_related("campagne")
    return tuple(read_tour(row, maintenant) for row in rows)


def current_tour(tours: tuple[TourLu, ...]) -> TourLu | None:
    """The one to look at: the last that is open and not over, else the next, else the last."""
    sur_place = [un for un in tours if not un.hors_plateforme] or list(tours)
    ouverts = [un for un in sur_place if un.etape not in (Etape.A_VENIR, Etape.FINI)]
    if ouverts:
        return ouverts[-1]
    venir = [un for un in sur_place if un.etape is Etape.A_VENIR]
    return venir[0] if venir else (sur_place[-1] if sur_place else None)


def standing_results(campagne: int, avant: int) -> QuerySet[ResultatCandidat]:
    """Seats given by the rounds before number `avant` that nobody refused; a rehearsal gives none."""
    return ResultatCandidat.objects.filter(
        tour__campagne=campagne,
        tour__numero__gt=REPETITION,
        tour__numero__lt=avant,
        site__isnull=False,
        refuse_at=None,
    )


def candidats_of(row: TourCampagne) -> QuerySet[Candidature]:
    """Whoever has no site yet."""
    places = standing_results(row.campagne_id, row.numero).values("candidature")
    return Candidature.objects.filter(campagne=row.campagne_id).exclude(pk__in=places)


def places_of(row: TourCampagne) -> dict[int, int]:
    """Site → seats left for this round, sites that are full left out."""
    pris = Counter(standing_results(row.campagne_id, row.numero).values_list("site", flat=True))
    sites = SiteAppariement.objects.filter(campagne=row.campagne_id).values_list("pk", "places")
    return {pk: places - pris[pk] for pk, places in sites.order_by() if places > pris[pk]}


def regles_of(campagne: CampagneAppariement) -> ReglesAppariement:
    return ReglesAppariement(
        notes_au_moins=campagne.notes_au_moins,
        part_notee=campagne.part_notee,
        part_classee=campagne.part_classee,
        priorite_locale=campagne.priorite_locale,
    )


def list_des(row: TourCampagne) -> list[int]:
    """Each is computed and published on its own."""
    return list(candidats_of(row).order_by("des__code_des").values_list("des", flat=True).distinct())


def build_tour(row: TourCampagne, des: int) -> TourAppariement:
    """Everything answered for one DES, under the numbers of the rows; nothing is judged here."""
    places = places_of(row)
    sites = (
        SiteAppariement.objects.filter(pk__in=places, des=des).order_by("code").select_related("subdivision")
    )
    candidats = list(candidats_of(row).filter(des=des).select_related("subdivision").order_by("pk"))
    ouverts, presents = {site.pk for site in sites}, {c.pk for c in candidats}
    notes: dict[int, dict[str, int]] = {pk: {} for pk in presents}
    for candidature, site, note in NoteSite.objects.filter(tour=row, candidature__in=presents).values_list(
        "candidature", "site", "note"
    ):
        if site in ouverts:
            notes[candidature][str(site)] = note
    rangs: dict[int, dict[str, int]] = {pk: {} for pk in ouverts}
    for site, candidature, rang in RangCandidat.objects.filter(tour=row, site__in=ouverts).values_list(
        "site", "candidature", "rang"
    ):
        if candidature in presents:
            rangs[site][str(candidature)] = rang
    tour = TourAppariement(
        candidats=tuple(
            DocteurJunior(code=str(c.pk), subdivision=c.subdivision.code, notes=notes[c.pk])
            for c in candidats
        ),
        sites=tuple(
            Site(code=str(s.pk), subdivision=s.subdivision.code, places=places[s.pk], classements=rangs[s.pk])
            for s in sites
        ),
        graine=row.graine,
        regles=regles_of(row.campagne),
    )
    if row.campagne.mode != ModeCampagne.RANG:
        return tour
    return rank_everywhere(tour, {str(c.pk): c.rang for c in candidats if c.rang is not None})


def count_notes_required(row: TourCampagne, des: int) -> int:
    return notes_required(_sizes(row, des))


def count_rangs_required(row: TourCampagne, des: int) -> int:
    return classements_required(_sizes(row, des))


def _sizes(row: TourCampagne, des: int) -> TourAppariement:
    """Only what the minima depend on: how many of each, without any answer."""
    places = places_of(row)
    sites = SiteAppariement.objects.filter(pk__in=places, des=des).values_list("pk", flat=True)
    effectif = candidats_of(row).filter(des=des).count()
    return TourAppariement(
        candidats=tuple(DocteurJunior(code=str(n), subdivision="", notes={}) for n in range(effectif)),
        sites=tuple(Site(code=str(pk), subdivision="", places=places[pk], classements={}) for pk in sites),
        graine="",
        regles=regles_of(row.campagne),
    )


def count_own_notes(row: TourCampagne, candidature: int | None = None) -> Mapping[int, int]:
    """Candidature → sites that he marked 1 to 5 and that still have a seat; one candidate alone if asked."""
    rows = NoteSite.objects.filter(tour=row, note__gt=0, site__in=places_of(row))
    if candidature is not None:
        rows = rows.filter(candidature=candidature)
    return dict(rows.values_list("candidature").annotate(n=Count("pk")).order_by())


def count_own_rangs(row: TourCampagne) -> Mapping[int, int]:
    """Site → candidates of this round that it ranked 1 or more."""
    rows = RangCandidat.objects.filter(tour=row, rang__gt=0, candidature__in=candidats_of(row))
    return dict(rows.values_list("site").annotate(n=Count("pk")).order_by())
