"""Seats of a campaign for the ARS: those that could not be given, what each site has, what was done."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q, QuerySet

from gradin.data.amphis.models import Affectation
from gradin.data.appariement.models import ActeAppariement, ResultatCandidat, SiteAppariement
from gradin.domain.appariement.calendrier import HORS_PLATEFORME, REPETITION
from gradin.queries.appariement.tours import NOMS

ACTES: Mapping[str, str] = {
    "creer": "Campagne créée",
    "calendrier": "Calendrier changé",
    "repetition": "Tour à blanc ajouté",
    "parametres": "Minima ou places changés",
    "import_sites": "Sites importés",
    "import_candidats": "Candidats importés",
    "annulation_sites": "Import de sites annulé",
    "annulation_candidats": "Import de candidats annulé",
    "lien": "Lien envoyé à un site",
    "lien_revoque": "Lien d’un site fermé",
    "relance": "Relance",
    "calcul": "Calcul lancé",
    "definitif": "Affectations données",
    "fichier": "Fichier complet téléchargé",
    "accord": "Accord enregistré",
    "place_non_donnee": "Place non donnée\u00a0: affectation déjà tenue",
    "place_donnee": "Place donnée après coup",
}
DERNIERS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceNonDonnee:
    """`autre`: the affectation that he holds instead; empty once it is gone: the seat may be given."""

    resultat: int
    nom: str
    tour: str
    site: str
    autre: str
    amphi: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacite:
    """`donnees`: seats that standing results hold."""

    site: int
    code: str
    nom: str
    des: str
    places: int
    donnees: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActeLu:
    quand: datetime
    mots: str
    auteur: str
    detail: str


def list_unplaced(campagne: int) -> tuple[PlaceNonDonnee, ...]:
    """Definitive results without their affectation; one that the ARS annulled since is none of them."""
    rows = ResultatCandidat.objects.filter(
        Q(tour__definitif_at__isnull=False) | Q(tour__numero=HORS_PLATEFORME),
        tour__campagne=campagne,
        tour__numero__gt=REPETITION,
        site__isnull=False,
        refuse_at=None,
    ).select_related("tour__campagne", "candidature__interne", "site__service__etablissement")
    ordered = rows.order_by("candidature__interne__cle_tri")
    tenues = _affectations([row.candidature.interne_id for row in ordered], rows)
    lues = ((row, tenues.get(row.candidature.interne_id, [])) for row in ordered)
    return tuple(_unplaced(row, siennes) for row, siennes in lues if not _is_given(row, siennes))


def poste_prefix(site: int) -> str:
    """How the numbers of the postes of a site begin."""
    return f"DJ{site}-"


def list_capacites(campagne: int) -> tuple[Capacite, ...]:
    donnees = count_seats(campagne)
    rows = SiteAppariement.objects.filter(campagne=campagne).select_related("service__etablissement", "des")
    return tuple(
        Capacite(
            site=row.pk,
            code=row.code,
            nom=str(row),
            des=row.des.intitule,
            places=row.places,
            donnees=donnees[row.pk],
        )
        for row in rows
    )


def count_seats(campagne: int) -> Counter[int]:
    """Site → seats that its results of all rounds hold; a rehearsal holds none."""
    rows = ResultatCandidat.objects.filter(
        tour__campagne=campagne, tour__numero__gt=REPETITION, site__isnull=False, refuse_at=None
    )
    return Counter(pk for pk in rows.values_list("site", flat=True) if pk is not None)


def list_actes(campagne: int) -> tuple[ActeLu, ...]:
    """The latest first."""
    rows = ActeAppariement.objects.filter(campagne=campagne).select_related("auteur").order_by("-a", "-pk")
    return tuple(
        ActeLu(
            quand=datetime.fromtimestamp(row.a / 1000, UTC),
            mots=ACTES.get(row.acte, row.acte),
            auteur=row.auteur.nom_affiche if row.auteur else "La plateforme",
            detail=_detail(row.details),
        )
        for row in rows[:DERNIERS]
    )


def _detail(details: Mapping[str, Any]) -> str:
    tour = details.get("tour")
    dits = [NOMS[tour]] if tour in NOMS else []
    if site := details.get("site"):
        dits.append(f"site {site}")
    dits += details.get("changes", [])
    return ", ".join(dits)


def _affectations(internes: list[int], rows: QuerySet[ResultatCandidat]) -> dict[int, list[Affectation]]:
    premier = rows.first()
    if premier is None:
        return {}
    tenues: dict[int, list[Affectation]] = {}
    affectations = Affectation.objects.filter(
        interne__in=internes, semestre=premier.tour.campagne.semestre_id
    ).select_related("poste__service__etablissement")
    for une in affectations:
        tenues.setdefault(une.interne_id, []).append(une)
    return tenues


def _is_given(row: ResultatCandidat, siennes: list[Affectation]) -> bool:
    return any(une.poste.numero.startswith(poste_prefix(row.site_id or 0)) for une in siennes)


def _unplaced(row: ResultatCandidat, siennes: list[Affectation]) -> PlaceNonDonnee:
    autre = next((une for une in siennes if not une.annulee), None)
    dit = ""
    if autre is not None:
        service = autre.poste.service
        dit = f"poste n°\u00a0{autre.poste.numero}, {service.nom}, {service.etablissement.nom}"
    return PlaceNonDonnee(
        resultat=row.pk,
        nom=f"{row.candidature.interne.nom} {row.candidature.interne.prenom}",
        tour=NOMS[row.tour.numero],
        site=str(row.site),
        autre=dit,
        amphi=autre.amphi_id if autre else None,
    )
