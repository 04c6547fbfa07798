"""Campaigns as the ARS and the public read them, their published files, what was given."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from gradin.data.appariement.models import (
    CalculAppariement,
    CampagneAppariement,
    Candidature,
    ModeCampagne,
    ResultatCandidat,
    SiteAppariement,
    TourCampagne,
)
from gradin.data.referentiel.models import Subdivision
from gradin.domain.appariement.calendrier import HORS_PLATEFORME, REPETITION
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.appariement.tours import TourLu, candidats_of, list_tours, places_of, read_tour
from gradin.queries.visiteurs import Visiteur


class CampagneInconnue(ValueError):
    """No campaign, or several, has that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CampagneLue:
    pk: int
    intitule: str
    semestre: str
    libelle: str
    subdivision: str
    fuseau: str
    par_rang: bool
    mode: str
    candidats: int
    sites: int
    places: int
    tours: tuple[TourLu, ...]
    notes_au_moins: int
    part_notee: int
    part_classee: int
    priorite_locale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FichierPublie:
    """One DES of one round: what anybody reads of it. `garde`: the file itself is still kept.

    `engage`: its list of salted hashes is public.
    """

    numero: int
    nom_tour: str
    code_des: str
    des: str
    empreinte: str
    candidats: int
    places: int
    affectes: int
    garde: bool
    engage: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultatLigne:
    """One line of the ARS's list and export."""

    tour: str
    nom: str
    des: str
    subdivision: str
    site: str
    etablissement: str
    refuse: bool
    motif: str


def list_campagnes(visiteur: Visiteur, maintenant: datetime) -> tuple[CampagneLue, ...]:
    """Of the whole subdivisions of his scope."""
    entieres = [subdivision for subdivision, groupe in visiteur.portees if groupe is None]
    return tuple(_read(row, maintenant) for row in _rows().filter(subdivision__in=entieres))


def list_public(maintenant: datetime) -> tuple[CampagneLue, ...]:
    return tuple(_read(row, maintenant) for row in _rows())


def find_row(pk: int) -> CampagneAppariement | None:
    return CampagneAppariement.objects.select_related("subdivision", "semestre").filter(pk=pk).first()


def read_campagne(pk: int, maintenant: datetime) -> CampagneLue:
    return _read(_rows().get(pk=pk), maintenant)


def find_tour_row(campagne: int, numero: int) -> TourCampagne | None:
    return (
        TourCampagne.objects.select_related("campagne__subdivision")
        .filter(campagne=campagne, numero=numero)
        .first()
    )


def campagne_named(nom: str) -> int:
    """A number, or `2027-11` when the semestre has a single one, or `2027-11/intitulé`."""
    if nom.isdecimal():
        rows = CampagneAppariement.objects.filter(pk=int(nom))
    else:
        semestre, _, intitule = nom.partition("/")
        rows = CampagneAppariement.objects.filter(semestre__code=semestre)
        rows = rows.filter(intitule=intitule) if intitule else rows
    trouvees = list(rows[:2])
    if len(trouvees) != 1:
        raise CampagneInconnue(
            f"{'Plusieurs campagnes' if trouvees else 'Aucune campagne'} : {nom}. "
            "Donnez son numéro, ou « semestre/intitulé »."
        )
    return trouvees[0].pk


def list_files(campagne: int, maintenant: datetime) -> tuple[FichierPublie, ...]:
    """Of the rounds whose result is told."""
    rows = CalculAppariement.objects.filter(tour__campagne=campagne).select_related("tour__campagne", "des")
    rows = rows.defer("fichier", "engagements").annotate(garde=~Q(fichier=""), engage=~Q(engagements=""))
    lus = [(row, read_tour(row.tour, maintenant)) for row in rows.order_by("tour__numero", "des__code_des")]
    return tuple(
        FichierPublie(
            numero=tour.numero,
            nom_tour=tour.nom,
            code_des=row.des.code_des,
            des=row.des.intitule,
            empreinte=row.empreinte,
            candidats=row.candidats,
            places=row.places,
            affectes=row.affectes,
            garde=row.garde,
            engage=row.engage,
        )
        for row, tour in lus
        if tour.visible
    )


def read_file(tour: int, code_des: str, maintenant: datetime) -> str | None:
    """The whole text; None before its hour, empty once it has been kept long enough."""
    row = (
        CalculAppariement.objects.filter(tour=tour, des__code_des=code_des)
        .select_related("tour__campagne")
        .first()
    )
    if row is None or not read_tour(row.tour, maintenant).visible:
        return None
    return row.fichier


def list_given(campagne: int, maintenant: datetime, *, tour: int | None = None) -> tuple[ResultatLigne, ...]:
    """For the ARS alone, from the hour of each result."""
    rows = ResultatCandidat.objects.filter(tour__campagne=campagne).select_related(
        "tour__campagne",
        "candidature__interne",
        "candidature__des",
        "candidature__subdivision",
        "site__service__etablissement",
    )
    if tour is not None:
        rows = rows.filter(tour=tour)
    lignes = []
    for row in rows.order_by("tour__numero", "candidature__interne__cle_tri"):
        lu = read_tour(row.tour, maintenant)
        if not (lu.visible or lu.hors_plateforme):
            continue
        un = row.candidature
        lignes.append(
            ResultatLigne(
                tour=lu.nom,
                nom=f"{un.interne.nom} {un.interne.prenom}",
                des=un.des.intitule,
                subdivision=un.subdivision.nom,
                site=row.site.service.nom if row.site else "",
                etablissement=row.site.service.etablissement.nom if row.site else "",
                refuse=row.refuse_at is not None,
                motif=row.motif,
            )
        )
    return tuple(lignes)


def list_left(campagne: int) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Third round: (candidates, sites with a seat), as choices of a form."""
    row = find_tour_row(campagne, HORS_PLATEFORME)
    if row is None:
        return [], []
    poses = set(ResultatCandidat.objects.filter(tour=row).values_list("candidature", flat=True))
    pris: dict[int, int] = {}
    for site in ResultatCandidat.objects.filter(tour=row).values_list("site", flat=True):
        pris[site or 0] = pris.get(site or 0, 0) + 1
    places = {pk: n - pris.get(pk, 0) for pk, n in places_of(row).items()}
    candidats = [
        (un.pk, f"{un.interne.nom} {un.interne.prenom} ({un.des.intitule})")
        for un in candidats_of(row).select_related("interne", "des")
        if un.pk not in poses
    ]
    sites = [
        (un.pk, f"{un} ({un.des.intitule}, {places[un.pk]} pl.)")
        for un in SiteAppariement.objects.filter(pk__in=places).select_related(
            "service__etablissement", "des"
        )
        if places[un.pk] > 0
    ]
    return candidats, sites


def list_subdivisions(visiteur: Visiteur) -> tuple[tuple[int, str], ...]:
    entieres = [subdivision for subdivision, groupe in visiteur.portees if groupe is None]
    return tuple(Subdivision.objects.filter(pk__in=entieres).values_list("pk", "nom"))


def count_given(campagne: int) -> int:
    return ResultatCandidat.objects.filter(
        tour__campagne=campagne, tour__numero__gt=REPETITION, site__isnull=False, refuse_at=None
    ).count()


def _rows() -> QuerySet[CampagneAppariement]:
    return CampagneAppariement.objects.select_related("semestre", "subdivision")


def _read(row: CampagneAppariement, maintenant: datetime) -> CampagneLue:
    sites = SiteAppariement.objects.filter(campagne=row)
    places = sum(sites.values_list("places", flat=True).order_by())
    return CampagneLue(
        pk=row.pk,
        intitule=row.intitule,
        semestre=row.semestre.code,
        libelle=parse_semestre(row.semestre.code).libelle,
        subdivision=row.subdivision.nom,
        fuseau=row.subdivision.fuseau,
        par_rang=row.mode == ModeCampagne.RANG,
        mode=str(ModeCampagne(row.mode).label),
        candidats=Candidature.objects.filter(campagne=row).aggregate(n=Count("pk"))["n"],
        sites=sites.count(),
        places=places,
        tours=list_tours(row.pk, maintenant),
        notes_au_moins=row.notes_au_moins,
        part_notee=row.part_notee,
        part_classee=row.part_classee,
        priorite_locale=row.priorite_locale,
    )
