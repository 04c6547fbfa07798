"""Writes what the ARS publishes: texts, files within limits, announcements, links, contacts."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import transaction

from gradin.data.publications.models import Contact, Fichier, Publication
from gradin.data.referentiel.models import Subdivision

# From the midnight that ends a day back to that day.
UN_INSTANT = timedelta(microseconds=1)
OCTETS = 10 * 1024 * 1024
ZIP = b"PK\x03\x04"
OFFICE = "application/vnd.openxmlformats-officedocument"
# By extension: what the file is served as, and how such a file begins.
NATURES: dict[str, tuple[str, tuple[bytes, ...]]] = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "xlsx": (f"{OFFICE}.spreadsheetml.sheet", (ZIP,)),
    "docx": (f"{OFFICE}.wordprocessingml.document", (ZIP,)),
    "pptx": (f"{OFFICE}.presentationml.presentation", (ZIP,)),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", (ZIP,)),
    "odt": ("application/vnd.oasis.opendocument.text", (ZIP,)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "csv": ("text/csv", ()),
    "txt": ("text/plain; charset=utf-8", ()),
}


class FichierRefuse(ValueError):
    """Said in French, with what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationSaisie:
    subdivision: int
    genre: str
    titre: str
    texte: str
    lien: str
    ordre: int
    published_at: datetime
    expires_at: datetime | None
    nouveau_jusqu_au: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSaisi:
    subdivision: int
    nom: str
    sujet: str
    courriel: str
    telephone: str
    horaires: str
    ordre: int


@transaction.atomic
def save_publication(
    pk: int | None,
    saisie: PublicationSaisie,
    *,
    fichier: tuple[str, bytes] | None,
    sans_fichier: bool,
    maintenant: datetime,
) -> int:
    """`fichier`: name and bytes of a new one, refused before anything is written; `sans_fichier` drops it."""
    pieces = None if fichier is None else check_fichier(*fichier)
    row = Publication(subdivision_id=saisie.subdivision) if pk is None else Publication.objects.get(pk=pk)
    _fill(row, saisie)
    row.updated_at = maintenant
    row.save()
    if fichier is not None or sans_fichier:
        Fichier.objects.filter(publication=row).delete()
    if pieces is not None:
        Fichier.objects.create(publication=row, **pieces)
    return row.pk


def delete_publication(pk: int) -> None:
    Publication.objects.filter(pk=pk).delete()


def save_contact(pk: int | None, saisi: ContactSaisi) -> int:
    row = Contact(subdivision_id=saisi.subdivision) if pk is None else Contact.objects.get(pk=pk)
    _fill(row, saisi)
    row.save()
    return row.pk


def delete_contact(pk: int) -> None:
    Contact.objects.filter(pk=pk).delete()


def set_ars_contact(subdivision: int, *, courriel: str, telephone: str, horaires: str) -> None:
    """The one that every message sending people to the ARS gives."""
    Subdivision.objects.filter(pk=subdivision).update(
        contact_courriel=courriel, contact_telephone=telephone, contact_horaires=horaires
    )


def check_fichier(nom: str, contenu: bytes) -> dict[str, object]:
    """The columns of the file. Its name says what it is, its first bytes must agree."""
    propre = " ".join(nom.replace("\\", "/").rpartition("/")[2].split())
    propre = "".join(signe for signe in propre if signe.isprintable() and signe not in '"<>')[-150:]
    extension = propre.rpartition(".")[2].lower()
    if extension not in NATURES or "." not in propre:
        raise FichierRefuse(f"Ce type de fichier n’est pas accepté. Joignez un fichier {', '.join(NATURES)}.")
    if not contenu:
        raise FichierRefuse("Ce fichier est vide. Choisissez-en un autre.")
    if len(contenu) > OCTETS:
        raise FichierRefuse(f"Ce fichier est trop grand\u00a0: {OCTETS // 1024**2} Mo au plus. Allégez-le.")
    nature, debuts = NATURES[extension]
    if debuts and not contenu.startswith(debuts):
        raise FichierRefuse(f"Ce fichier n’est pas un vrai fichier {extension}. Enregistrez-le de nouveau.")
    if not debuts and b"\x00" in contenu:
        raise FichierRefuse("Ce fichier n’est pas un texte. Vérifiez son type.")
    return {
        "nom": propre,
        "nature": nature,
        "taille": len(contenu),
        "empreinte": sha256(contenu).hexdigest(),
        "contenu": contenu,
    }


def _fill(row: Publication | Contact, saisi: PublicationSaisie | ContactSaisi) -> None:
    for champ in fields(saisi):
        nom = "subdivision_id" if champ.name == "subdivision" else champ.name
        setattr(row, nom, getattr(saisi, champ.name))
