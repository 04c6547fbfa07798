"""The campaigns of agréments as the ARS follows them, and the file of a service as its head reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gradin.data.agrements.models import (
    Agrement,
    CampagneAgrement,
    DemandeAgrement,
    DossierService,
    EtatAgrement,
    LienDossier,
)
from gradin.data.commissions.models import Commission, GenreCommission
from gradin.data.referentiel.models import Specialite, Subdivision
from gradin.queries.agrements.demandes import DemandeLue, find_demandes, read_demandes
from gradin.queries.agrements.liste import AgrementLu, read_agrements
from gradin.queries.public.textes import words_in
from gradin.queries.visiteurs import Visiteur


@dataclass(frozen=True, slots=True, kw_only=True)
class CampagneLue:
    """`demandes`: how many in each état. `repondus`: files checked, or with a demand."""

    pk: int
    annee: int
    subdivision: int
    lieu: str
    fuseau: str
    ouvre: date
    clot: date
    expire_avant: date
    sent_at: int | None
    dossiers: int
    repondus: int
    sans_adresse: int
    demandes: Counter[str]

    def is_open(self, jour: date) -> bool:
        return self.ouvre <= jour <= self.clot


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierLu:
    """`lien`: whether one stands; `lu_at`: when it was first opened."""

    pk: int
    campagne: int
    annee: int
    clot: date
    fuseau: str
    lieu: str
    imotep: str
    service: str
    etablissement: str
    ville: str
    chef: str
    courriel: str
    site: str
    checked_at: int | None
    lien: bool
    lu_at: int | None
    nombre_demandes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierOuvert:
    """As its head of service has it before him; `a_renouveler`: those that the campaign is about."""

    dossier: DossierLu
    agrements: tuple[AgrementLu, ...]
    a_renouveler: frozenset[int]
    demandes: tuple[DemandeLue, ...]


def list_lieux(visiteur: Visiteur) -> tuple[tuple[int, str], ...]:
    """The whole subdivisions of an agent."""
    rows = Subdivision.objects.filter(pk__in=whole(visiteur)).order_by("nom")
    return tuple(rows.values_list("pk", "nom"))


def whole(visiteur: Visiteur) -> tuple[int, ...]:
    return tuple(sorted(subdivision for subdivision, groupe in visiteur.portees if groupe is None))


def list_campagnes(visiteur: Visiteur) -> tuple[CampagneLue, ...]:
    rows = CampagneAgrement.objects.filter(subdivision__in=whole(visiteur))
    return tuple(_read(row) for row in rows.select_related("subdivision"))


def find_campagne(visiteur: Visiteur, pk: int) -> CampagneLue | None:
    """Outside his whole subdivisions it does not exist."""
    return next((une for une in list_campagnes(visiteur) if une.pk == pk), None)


def list_demandes(campagne: int, etat: str) -> tuple[DemandeLue, ...]:
    ou = Q(dossier__campagne=campagne)
    return read_demandes(find_demandes(ou if etat == "toutes" else ou & Q(etat=etat)))


def find_dossiers(campagne: int, q: str = "") -> QuerySet[DossierService]:
    """`q`: words of the service or of its place, or an IMOTEP."""
    # Counting the demands drops the order of the table: pages need one.
    rows = _dossiers().filter(campagne=campagne).order_by("service__cle_tri", "pk")
    return rows.filter(words_in("service__recherche", q) | Q(service__imotep=q)) if q else rows


def read_dossiers(rows: Iterable[DossierService]) -> tuple[DossierLu, ...]:
    return tuple(_dossier(row) for row in rows)


def find_dossier(pk: int) -> DossierLu | None:
    row = _dossiers().filter(pk=pk).first()
    return _dossier(row) if row else None


def open_dossier(pk: int, jour: date) -> DossierOuvert | None:
    row = _dossiers().filter(pk=pk).first()
    if row is None:
        return None
    tenus = Agrement.objects.filter(service=row.service_id, subdivision=row.campagne.subdivision_id)
    tenus = tenus.filter(au__gte=jour).exclude(etat=EtatAgrement.RETIRE)
    agrements = read_agrements(tenus.select_related("service__etablissement", "des"), jour)
    return DossierOuvert(
        dossier=_dossier(row),
        agrements=agrements,
        a_renouveler=frozenset(un.pk for un in agrements if un.au < row.campagne.expire_avant),
        demandes=read_demandes(find_demandes(Q(dossier=pk))),
    )


def list_des() -> tuple[tuple[int, str], ...]:
    return tuple(Specialite.objects.order_by("intitule").values_list("pk", "intitule"))


def list_commissions(subdivision: int) -> tuple[tuple[int, str], ...]:
    """Commissions d'agrément held, minutes not stated yet: a decision may be theirs."""
    rows = Commission.objects.filter(
        subdivision=subdivision, genre=GenreCommission.AGREMENT, closed_at=None, cancelled_at=None
    )
    return tuple(rows.values_list("pk", "intitule"))


def _dossiers() -> QuerySet[DossierService]:
    vivants = LienDossier.objects.filter(dossier=OuterRef("pk"), revoked_at=None)
    rows = DossierService.objects.select_related("campagne__subdivision", "service__etablissement")
    return rows.annotate(vivant=Exists(vivants), nombre=Count("demandes")).prefetch_related("liens")


def _dossier(row: DossierService) -> DossierLu:
    lu = next((lien.used_at for lien in row.liens.all() if lien.used_at), None)
    return DossierLu(
        pk=row.pk,
        campagne=row.campagne_id,
        annee=row.campagne.annee,
        clot=row.campagne.clot,
        fuseau=row.campagne.subdivision.fuseau,
        lieu=row.campagne.subdivision.nom,
        imotep=row.service.imotep,
        service=row.service.nom,
        etablissement=row.service.etablissement.nom,
        ville=row.service.etablissement.ville,
        chef=row.chef,
        courriel=row.courriel,
        site=row.site,
        checked_at=row.checked_at,
        lien=row.vivant,  # type: ignore[attr-defined]
        lu_at=lu,
        nombre_demandes=row.nombre,  # type: ignore[attr-defined]
    )


def _read(row: CampagneAgrement) -> CampagneLue:
    dossiers = row.dossiers.all()
    repondus = dossiers.filter(Q(checked_at__isnull=False) | Q(demandes__isnull=False)).distinct()
    etats = DemandeAgrement.objects.filter(dossier__campagne=row).order_by()
    return CampagneLue(
        pk=row.pk,
        annee=row.annee,
        subdivision=row.subdivision_id,
        lieu=row.subdivision.nom,
        fuseau=row.subdivision.fuseau,
        ouvre=row.ouvre,
        clot=row.clot,
        expire_avant=row.expire_avant,
        sent_at=row.sent_at,
        dossiers=dossiers.count(),
        repondus=repondus.count(),
        sans_adresse=dossiers.filter(courriel="").count(),
        demandes=Counter(dict(etats.values_list("etat").annotate(n=Count("pk")))),
    )
