"""Writes what the ARS publishes: texts, files within limits, announcements, links, contacts."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import transaction

from gradin.data.comptes.models import GenreActe
from gradin.data.publications.models import Contact, Fichier, Publication
from gradin.data.referentiel.models import Subdivision
from gradin.operations.actes_gestion import Signature, Touche, record, record_changes

# From the midnight that ends a day back to that day.
UN_INSTANT = timedelta(microseconds=1)
OCTETS = 10 * 1024 * 1024
ZIP = b"PK\x03\x04"
OFFICE = "application/vnd.openxmlformats-officedocument"
# Fields as the trail says them.
MOTS = {
    "published_at": "paraît le",
    "expires_at": "retiré le",
    "nouveau_jusqu_au": "nouveau jusqu’au",
    "telephone": "téléphone",
}
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
    signature: Signature,
) -> int:
    """`fichier`: name and bytes of a new one, refused before anything is written; `sans_fichier` drops it."""
    pieces = None if fichier is None else check_fichier(*fichier)
    row = Publication(subdivision_id=saisie.subdivision) if pk is None else Publication.objects.get(pk=pk)
    avant = _said(row, saisie) | {"fichier": _named_fichier(row)} if pk else {}
    _fill(row, saisie)
    row.updated_at = signature.maintenant
    row.save()
    if fichier is not None or sans_fichier:
        Fichier.objects.filter(publication=row).delete()
    if pieces is not None:
        Fichier.objects.create(publication=row, **pieces)
    apres = _said(row, saisie) | {"fichier": _named_fichier(row)}
    acte = "Texte changé" if pk else "Texte publié"
    record_changes(signature, acte, _touche(GenreActe.INFORMATIONS, row), avant, apres)
    return row.pk


@transaction.atomic
def delete_publication(pk: int, signature: Signature) -> None:
    row = Publication.objects.filter(pk=pk).first()
    if row is not None:
        touche = _touche(GenreActe.INFORMATIONS, row)
        record(signature, "Texte supprimé", touche, avant=row.get_genre_display())
        row.delete()


@transaction.atomic
def save_contact(pk: int | None, saisi: ContactSaisi, signature: Signature) -> int:
    row = Contact(subdivision_id=saisi.subdivision) if pk is None else Contact.objects.get(pk=pk)
    avant = _said(row, saisi) if pk else {}
    _fill(row, saisi)
    row.save()
    acte = "Contact changé" if pk else "Contact ajouté"
    record_changes(signature, acte, _touche(GenreActe.CONTACTS, row), avant, _said(row, saisi))
    return row.pk


@transaction.atomic
def delete_contact(pk: int, signature: Signature) -> None:
    row = Contact.objects.filter(pk=pk).first()
    if row is not None:
        avant = f"{row.courriel} {row.telephone}".strip()
        record(signature, "Contact supprimé", _touche(GenreActe.CONTACTS, row), avant=avant)
        row.delete()


@transaction.atomic
def set_ars_contact(
    subdivision: int, *, courriel: str, telephone: str, horaires: str, signature: Signature
) -> None:
    """The one that every message sending people to the ARS gives."""
    row = Subdivision.objects.select_for_update(of=("self",), no_key=True).get(pk=subdivision)
    neuf = {"courriel": courriel, "téléphone": telephone, "horaires": horaires}
    champs = ("contact_courriel", "contact_telephone", "contact_horaires")
    ancien = {nom: getattr(row, champ) for nom, champ in zip(neuf, champs, strict=True)}
    Subdivision.objects.filter(pk=subdivision).update(**dict(zip(champs, neuf.values(), strict=True)))
    touche = Touche(genre=GenreActe.CONTACTS, objet=f"ARS, {row.nom}", subdivision=subdivision)
    record_changes(signature, "Contact de l’ARS changé", touche, ancien, neuf)


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


def _said(row: Publication | Contact, saisi: PublicationSaisie | ContactSaisi) -> dict[str, object]:
    """The fields of the form as the row holds them, by the words of the trail."""
    return {MOTS.get(champ.name, champ.name): _value(row, champ.name) for champ in fields(saisi)}


def _value(row: Publication | Contact, nom: str) -> object:
    return row.subdivision.nom if nom == "subdivision" else getattr(row, nom)


def _named_fichier(row: Publication) -> str:
    return Fichier.objects.filter(publication=row).values_list("nom", flat=True).first() or ""


def _touche(genre: GenreActe, row: Publication | Contact) -> Touche:
    return Touche(genre=genre, objet=str(row), subdivision=row.subdivision_id)
