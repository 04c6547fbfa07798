"""An XLSX is a zip that somebody else wrote: looked at before it is opened, unpacked by counting.

Nothing is written to disk, and what is read afterwards is our own copy of what was checked here.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib

from gradin.operations.imports.anomalies import Anomalie, FichierRefuse

ENTREES_MAX = 1_000
REPERTOIRE_MAX = 1024 * 1024
DEPLIE_MAX = 50 * 1024 * 1024
RAPPORT_MAX = 150
RAPPORT_LIBRE = 1024 * 1024
MORCEAU = 64 * 1024
FIN = b"PK\x05\x06"
TAILLE_FIN = 22
COMMENTAIRE_MAX = 65_535
CHIFFRE = 0x1


def open_archive(nom: str, contenu: bytes) -> dict[str, bytes]:
    """Every member by name, or FichierRefuse; at most 50 MB are ever unpacked."""
    check_repertoire(nom, contenu)
    try:
        with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
            entrees = archive.infolist()
            check_entrees(nom, entrees)
            return unpack(nom, archive, entrees)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise refuse(
            nom, "le fichier est abîmé. Ouvrez-le dans un tableur et enregistrez-le de nouveau en .xlsx."
        ) from error


def check_repertoire(nom: str, contenu: bytes) -> None:
    """The announced directory, before zipfile builds an object per entry of it."""
    place = contenu.rfind(FIN, max(0, len(contenu) - COMMENTAIRE_MAX - TAILLE_FIN))
    if place < 0 or len(contenu) < place + TAILLE_FIN:
        raise refuse(nom, "le fichier est incomplet. Enregistrez-le de nouveau en .xlsx.")
    entrees, taille = struct.unpack("<HL", contenu[place + 10 : place + 16])
    if entrees > ENTREES_MAX or taille > REPERTOIRE_MAX:
        raise refuse(nom, "le fichier contient trop d’éléments. Enregistrez la seule feuille utile en .xlsx.")


def check_entrees(nom: str, entrees: list[zipfile.ZipInfo]) -> None:
    """Names, kinds and sizes that a spreadsheet never has."""
    if len(entrees) > ENTREES_MAX:
        raise refuse(nom, "le fichier contient trop d’éléments. Enregistrez la seule feuille utile en .xlsx.")
    noms = [entree.filename for entree in entrees]
    if len({one.casefold() for one in noms}) != len(noms):
        raise refuse(
            nom, "le fichier contient deux fois le même élément. Enregistrez-le de nouveau en .xlsx."
        )
    for entree in entrees:
        if is_suspect(entree):
            raise refuse(nom, "le fichier contient un élément suspect. Enregistrez-le de nouveau en .xlsx.")
        if entree.flag_bits & CHIFFRE:
            raise refuse(nom, "le fichier est protégé par un mot de passe. Enregistrez-le sans mot de passe.")
        if entree.filename.casefold().endswith("vbaproject.bin"):
            raise refuse(nom, "le fichier contient des macros. Enregistrez-le en .xlsx (sans macros).")


def is_suspect(entree: zipfile.ZipInfo) -> bool:
    """A path that leaves the archive, or a symbolic link."""
    name = entree.filename
    if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
        return True
    return stat.S_ISLNK(entree.external_attr >> 16)


def unpack(nom: str, archive: zipfile.ZipFile, entrees: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """Unpack by pieces and count them: the sizes that the headers announce may lie."""
    membres: dict[str, bytes] = {}
    total = 0
    for entree in entrees:
        morceaux: list[bytes] = []
        taille = 0
        with archive.open(entree) as flux:
            while morceau := flux.read(MORCEAU):
                taille += len(morceau)
                if total + taille > DEPLIE_MAX or is_bomb(taille, entree.compress_size):
                    raise refuse(nom, "le fichier déplié est démesuré. Enregistrez la seule feuille utile.")
                morceaux.append(morceau)
        total += taille
        membres[entree.filename] = b"".join(morceaux)
    return membres


def is_bomb(taille: int, compresse: int) -> bool:
    return taille > RAPPORT_LIBRE and taille > RAPPORT_MAX * max(1, compresse)


def write_archive(membres: dict[str, bytes]) -> io.BytesIO:
    """Our own copy, stored without compression: two readers cannot read two different things in it."""
    copie = io.BytesIO()
    with zipfile.ZipFile(copie, "w", zipfile.ZIP_STORED) as archive:
        for nom, contenu in membres.items():
            archive.writestr(zipfile.ZipInfo(nom), contenu)
    copie.seek(0)
    return copie


def refuse(nom: str, message: str) -> FichierRefuse:
    return FichierRefuse(Anomalie(feuille=nom, message=message))
