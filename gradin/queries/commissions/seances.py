"""Commissions: the list of each reader, one of them whole, its documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Q, QuerySet

from gradin.data.agrements.models import DemandeAgrement
from gradin.data.commissions.models import Commission, DocumentCommission, PointOrdre
from gradin.data.publications.models import Categorie
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.agrements.campagnes import whole
from gradin.queries.agrements.demandes import say_decision
from gradin.queries.calendrier import EvenementLu
from gradin.queries.commissions.postes import AUCUN, PostesDecides, read_postes
from gradin.queries.visiteurs import Visiteur

# A semestre is prepared in the six months before it.
PREPARATION = timedelta(days=184)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointLu:
    pk: int
    titre: str
    texte: str
    sens: str
    sens_dit: str
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MembreLu:
    """`lu`: he has opened his link."""

    pk: int
    nom: str
    qualite: str
    courriel: str
    convened_at: int | None
    present: bool | None
    lu: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLu:
    pk: int
    nom: str
    taille: int

    @property
    def poids(self) -> str:
        ko = max(1, round(self.taille / 1024))
        return f"{ko}\u00a0Ko" if ko < 1024 else f"{ko / 1024:.1f}\u00a0Mo".replace(".", ",")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DocumentServi:
    nom: str
    nature: str
    contenu: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandeDecidee:
    """One decision on an agrément that this commission took."""

    service: str
    demande: str
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommissionLue:
    """Instants in ms UTC."""

    pk: int
    genre: str
    genre_dit: str
    intitule: str
    subdivision: int
    lieu_subdivision: str
    fuseau: str
    semestre: str
    libelle: str
    debut: int
    lieu: str
    visio: str
    president: str
    observations: str
    convened_at: int | None
    closed_at: int | None
    cancelled_at: int | None
    points: tuple[PointLu, ...] = ()
    membres: tuple[MembreLu, ...] = ()
    documents: tuple[DocumentLu, ...] = ()
    agrements: tuple[DemandeDecidee, ...] = ()
    postes: PostesDecides = AUCUN

    @property
    def decidee(self) -> bool:
        return any(point.sens for point in self.points)


def list_held(visiteur: Visiteur) -> tuple[CommissionLue, ...]:
    """Those of an agent's whole subdivisions, the latest first."""
    return tuple(_head(row) for row in _rows().filter(subdivision__in=whole(visiteur)))


def list_dates(visiteur: Visiteur, code: str) -> tuple[EvenementLu, ...]:
    """For the ARS's calendar alone: those of this semestre, and of none but held while it is prepared."""
    semestre = parse_semestre(code)
    sans = Q(semestre=None, debut__gte=_ms(semestre.debut - PREPARATION), debut__lt=_ms(semestre.debut))
    tenues = _rows().filter(cancelled_at=None, subdivision__in=whole(visiteur))
    rows = tenues.filter(Q(semestre__code=code) | sans)
    return tuple(
        EvenementLu(
            cle=f"commission-{row.pk}",
            categorie=Categorie.COMMISSION,
            titre=row.intitule,
            debut=datetime.fromtimestamp(row.debut / 1000, UTC),
            lieu=row.lieu,
            visio=row.visio,
            subdivision=row.subdivision.nom,
            subdivision_pk=row.subdivision_id,
            fuseau=row.subdivision.fuseau,
            commission=row.pk,
        )
        for row in rows
    )


def _ms(jour: date) -> int:
    return round(datetime(jour.year, jour.month, jour.day, tzinfo=UTC).timestamp() * 1000)


def list_convened(visiteur: Visiteur) -> tuple[CommissionLue, ...]:
    """To which this address is convened."""
    if not visiteur.courriel:
        return ()
    siennes = _rows().filter(membres__courriel=visiteur.courriel, membres__convened_at__isnull=False)
    return tuple(_head(row) for row in siennes)


def find_row(pk: int) -> Commission | None:
    return _rows().filter(pk=pk).first()


def read_commission(pk: int) -> CommissionLue:
    return _head(_rows().get(pk=pk), entiere=True)


def find_document(commission: int, pk: int) -> DocumentServi | None:
    row = DocumentCommission.objects.filter(commission=commission, pk=pk).first()
    return DocumentServi(nom=row.nom, nature=row.nature, contenu=bytes(row.contenu)) if row else None


def _rows() -> QuerySet[Commission]:
    return Commission.objects.select_related("subdivision", "semestre")


def _head(row: Commission, *, entiere: bool = False) -> CommissionLue:
    code = row.semestre.code if row.semestre else ""
    return CommissionLue(
        pk=row.pk,
        genre=row.genre,
        genre_dit=row.get_genre_display(),
        intitule=row.intitule,
        subdivision=row.subdivision_id,
        lieu_subdivision=row.subdivision.nom,
        fuseau=row.subdivision.fuseau,
        semestre=code,
        libelle=parse_semestre(code).libelle if code else "",
        debut=row.debut,
        lieu=row.lieu,
        visio=row.visio,
        president=row.president,
        observations=row.observations,
        convened_at=row.convened_at,
        closed_at=row.closed_at,
        cancelled_at=row.cancelled_at,
        points=tuple(_point(un) for un in row.points.all()) if entiere else (),
        membres=_membres(row) if entiere else (),
        documents=_documents(row) if entiere else (),
        agrements=_agrements(row) if entiere else (),
        postes=read_postes(row) if entiere else AUCUN,
    )


def _point(un: PointOrdre) -> PointLu:
    return PointLu(
        pk=un.pk,
        titre=un.titre,
        texte=un.texte,
        sens=un.sens,
        sens_dit=un.get_sens_display() if un.sens else "",
        decision=un.decision,
    )


def _membres(row: Commission) -> tuple[MembreLu, ...]:
    return tuple(
        MembreLu(
            pk=un.pk,
            nom=un.nom,
            qualite=un.qualite,
            courriel=un.courriel,
            convened_at=un.convened_at,
            present=un.present,
            lu=any(lien.used_at for lien in un.liens.all()),
        )
        for un in row.membres.prefetch_related("liens")
    )


def _documents(row: Commission) -> tuple[DocumentLu, ...]:
    return tuple(
        DocumentLu(pk=pk, nom=nom, taille=taille)
        for pk, nom, taille in row.documents.values_list("pk", "nom", "taille")
    )


def _agrements(row: Commission) -> tuple[DemandeDecidee, ...]:
    rows = DemandeAgrement.objects.filter(commission=row).select_related(
        "dossier__service__etablissement", "des"
    )
    return tuple(
        DemandeDecidee(
            service=str(un.dossier.service),
            demande=f"{un.get_nature_display()}, {un.des.intitule}",
            decision=say_decision(un),
        )
        for un in rows
    )
