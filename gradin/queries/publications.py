"""« Informations utiles »: what is published now, for anybody; all of it, for the subdivision's agents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from gradin.data.publications.models import Contact, Fichier, Genre, Publication
from gradin.data.referentiel.models import Groupe, Semestre, Subdivision
from gradin.documents.markdown import render_markdown
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.visiteurs import Visiteur


class Parution(StrEnum):
    """Where a publication is in its time."""

    PROGRAMMEE = "programmee"
    EN_LIGNE = "en_ligne"
    RETIREE = "retiree"


@dataclass(frozen=True, slots=True, kw_only=True)
class FichierLu:
    nom: str
    nature: str
    taille: int

    @property
    def extension(self) -> str:
        return self.nom.rpartition(".")[2].upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationLue:
    """`html` is the text, rendered and sanitised."""

    pk: int
    genre: str
    titre: str
    texte: str
    html: str
    lien: str
    fichier: FichierLu | None
    nouveau: bool
    parution: Parution
    published_at: datetime
    expires_at: datetime | None
    subdivision: str
    fuseau: str

    @property
    def genre_dit(self) -> str:
        return Genre(self.genre).label


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLu:
    """`pk` None: the ARS itself, from the subdivision."""

    pk: int | None
    nom: str
    sujet: str
    courriel: str
    telephone: str
    horaires: str
    ordre: int
    subdivision: str
    subdivision_pk: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnuaireLu:
    """The directory of one subdivision, the ARS first."""

    subdivision: str
    contacts: tuple[ContactLu, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadres:
    """What an agent may choose from in his forms."""

    subdivisions: tuple[tuple[int, str], ...]
    groupes: tuple[tuple[int, str], ...]
    semestres: tuple[tuple[int, str], ...]
    fuseaux: dict[int, str]


def list_published(genre: str, maintenant: datetime) -> list[PublicationLue]:
    rows = _with_files(Publication.objects.filter(online(maintenant), genre=genre))
    return [_read(row, maintenant) for row in rows]


def find_published(pk: int, maintenant: datetime) -> PublicationLue | None:
    row = _with_files(Publication.objects.filter(online(maintenant), pk=pk)).first()
    return _read(row, maintenant) if row else None


def read_contents(pk: int) -> bytes:
    return bytes(Fichier.objects.values_list("contenu", flat=True).get(publication=pk))


def online(maintenant: datetime) -> Q:
    return Q(published_at__lte=maintenant) & (Q(expires_at=None) | Q(expires_at__gt=maintenant))


def list_managed(visiteur: Visiteur, maintenant: datetime) -> list[PublicationLue]:
    """All of his subdivisions, the coming and the withdrawn too."""
    rows = _with_files(Publication.objects.filter(subdivision__in=whole_subdivisions(visiteur)))
    return [_read(row, maintenant) for row in rows]


def find_managed(pk: int) -> Publication | None:
    return _with_files(Publication.objects.filter(pk=pk)).first()


def read_directory() -> list[AnnuaireLu]:
    """Subdivisions that give some way to be reached."""
    lignes = [(s, _lines(s)) for s in Subdivision.objects.prefetch_related("contact_set")]
    return [AnnuaireLu(subdivision=s.nom, contacts=lues) for s, lues in lignes if lues]


def list_contacts(visiteur: Visiteur) -> list[ContactLu]:
    rows = Contact.objects.filter(subdivision__in=whole_subdivisions(visiteur)).select_related("subdivision")
    return [read_contact(row) for row in rows]


def list_ars(visiteur: Visiteur) -> list[ContactLu]:
    """The ARS's own line in each of his subdivisions, filled or not."""
    return [_ars(s) for s in Subdivision.objects.filter(pk__in=whole_subdivisions(visiteur))]


def find_contact(pk: int) -> ContactLu | None:
    row = Contact.objects.filter(pk=pk).select_related("subdivision").first()
    return read_contact(row) if row else None


def whole_subdivisions(visiteur: Visiteur) -> tuple[int, ...]:
    """What is not about one groupe belongs to who holds the whole subdivision."""
    return tuple(sorted(subdivision for subdivision, groupe in visiteur.portees if groupe is None))


def list_cadres(visiteur: Visiteur) -> Cadres:
    subdivisions = [*Subdivision.objects.filter(pk__in={s for s, _ in visiteur.portees})]
    groupes = Groupe.objects.all()
    if not whole_subdivisions(visiteur):
        groupes = groupes.filter(pk__in={g for _, g in visiteur.portees})
    semestres = Semestre.objects.order_by("-code")
    return Cadres(
        subdivisions=tuple((s.pk, s.nom) for s in subdivisions),
        groupes=tuple((g.pk, g.nom) for g in groupes),
        semestres=tuple((s.pk, parse_semestre(s.code).libelle) for s in semestres),
        fuseaux={s.pk: s.fuseau for s in subdivisions},
    )


def read_contact(row: Contact) -> ContactLu:
    return ContactLu(
        pk=row.pk,
        nom=row.nom,
        sujet=row.sujet,
        courriel=row.courriel,
        telephone=row.telephone,
        horaires=row.horaires,
        ordre=row.ordre,
        subdivision=row.subdivision.nom,
        subdivision_pk=row.subdivision_id,
    )


def _lines(subdivision: Subdivision) -> tuple[ContactLu, ...]:
    ars = _ars(subdivision)
    contacts: Iterable[Contact] = subdivision.contact_set.all()
    joignable = (ars,) if ars.courriel or ars.telephone else ()
    return (*joignable, *(read_contact(row) for row in contacts))


def _ars(subdivision: Subdivision) -> ContactLu:
    return ContactLu(
        pk=None,
        nom="L’ARS, équipe «\u00a0internat\u00a0»",
        sujet="Inscription, rang, statut, procuration, choix",
        courriel=subdivision.contact_courriel,
        telephone=subdivision.contact_telephone,
        horaires=subdivision.contact_horaires,
        ordre=0,
        subdivision=subdivision.nom,
        subdivision_pk=subdivision.pk,
    )


def _with_files(rows: QuerySet[Publication]) -> QuerySet[Publication]:
    """The file's bytes stay where they are."""
    return rows.select_related("subdivision", "fichier").defer("fichier__contenu")


def _read(row: Publication, maintenant: datetime) -> PublicationLue:
    fichier = getattr(row, "fichier", None)
    aujourdhui = maintenant.astimezone(ZoneInfo(row.subdivision.fuseau)).date()
    return PublicationLue(
        pk=row.pk,
        genre=row.genre,
        titre=row.titre,
        texte=row.texte,
        html=render_markdown(row.texte, niveau=2 if row.genre == Genre.DOCUMENT else 3),
        lien=row.lien,
        fichier=FichierLu(nom=fichier.nom, nature=fichier.nature, taille=fichier.taille) if fichier else None,
        nouveau=row.nouveau_jusqu_au is not None and aujourdhui <= row.nouveau_jusqu_au,
        parution=_parution(row, maintenant),
        published_at=row.published_at,
        expires_at=row.expires_at,
        subdivision=row.subdivision.nom,
        fuseau=row.subdivision.fuseau,
    )


def _parution(row: Publication, maintenant: datetime) -> Parution:
    if row.expires_at is not None and row.expires_at <= maintenant:
        return Parution.RETIREE
    return Parution.PROGRAMMEE if row.published_at > maintenant else Parution.EN_LIGNE
