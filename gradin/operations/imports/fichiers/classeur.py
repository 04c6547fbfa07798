"""XLSX: the first visible sheet that holds something, as values; formulas are refused, never computed."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum, XmlError, ZipError

from gradin.operations.imports.anomalies import Anomalie, FichierRefuse
from gradin.operations.imports.fichiers.archive import open_archive, write_archive
from gradin.operations.imports.fichiers.feuille import Feuille, XmlRefuse, check_xml, walk_feuille
from gradin.operations.imports.fichiers.tableau import Tableau

CLASSEUR = "xl/workbook.xml"
LIENS = "xl/_rels/workbook.xml.rels"
TYPES = "[Content_Types].xml"
# In the namespace of relationships, which the strict form of the format spells otherwise.
RELATION = "}id"
XML = (".xml", ".rels", ".vml")
PLAN_MAX = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Onglet:
    """A sheet of the workbook and the member that holds it."""

    nom: str
    membre: str
    visible: bool


def read_classeur(nom: str, contenu: bytes) -> Tableau:
    """Check the whole archive, then read the values of one sheet."""
    membres = {k: v for k, v in open_archive(nom, contenu).items() if k.casefold().endswith(XML)}
    if CLASSEUR not in membres or LIENS not in membres:
        raise refuse(nom, "ce n’est pas un classeur Excel. Enregistrez le tableau au format .xlsx ou .csv.")
    if max(len(membres[CLASSEUR]), len(membres[LIENS])) > PLAN_MAX:
        raise refuse(
            nom, "le classeur déclare trop de feuilles. Enregistrez la seule feuille utile en .xlsx."
        )
    if b"macroEnabled" in membres.get(TYPES, b""):
        raise refuse(nom, "le fichier accepte des macros. Enregistrez-le en .xlsx (sans macros).")
    try:
        onglets = list_onglets(membres)
        feuilles = walk_onglets(nom, membres, onglets)
    except (XmlRefuse, DefusedXmlException, ParseError, UnicodeDecodeError, LookupError) as error:
        raise refuse(
            nom,
            "le contenu du classeur est anormal ou démesuré. Enregistrez la seule feuille utile en .xlsx.",
        ) from error
    check_formules(feuilles)
    return read_valeurs(nom, membres, onglets, feuilles)


def walk_onglets(nom: str, membres: dict[str, bytes], onglets: tuple[Onglet, ...]) -> dict[str, Feuille]:
    """Walk through the sheets, and check that every other member is plain XML."""
    parcourus = {onglet.membre for onglet in onglets}
    for membre, contenu in membres.items():
        if membre not in parcourus:
            check_xml(contenu)
    return {onglet.nom: walk_feuille(membres[onglet.membre]) for onglet in onglets}


def list_onglets(membres: dict[str, bytes]) -> tuple[Onglet, ...]:
    """Sheets in the order of the workbook, with the member that each name stands for."""
    cibles = {
        lien.get("Id", ""): posixpath.normpath(posixpath.join("xl", lien.get("Target", ""))).lstrip("/")
        for lien in parse(membres[LIENS])
    }
    feuilles = [e for e in parse(membres[CLASSEUR]).iter() if e.tag.rpartition("}")[2] == "sheet"]
    onglets = (
        Onglet(
            nom=feuille.get("name", ""),
            membre=cibles.get(find_relation(feuille), ""),
            visible=feuille.get("state", "visible") == "visible",
        )
        for feuille in feuilles
    )
    return tuple(onglet for onglet in onglets if "worksheets/" in onglet.membre)


def find_relation(feuille: Element) -> str:
    return next((valeur for nom, valeur in feuille.items() if nom.endswith(RELATION)), "")


def parse(contenu: bytes) -> Element:
    return fromstring(contenu, forbid_dtd=True)


def check_formules(feuilles: dict[str, Feuille]) -> None:
    """A formula has no value that can be trusted: the file must bring values."""
    anomalies = [
        Anomalie(
            feuille=nom,
            ligne=int(cellule.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")),
            cellule=cellule,
            message="cette cellule contient une formule. Copiez-la, puis « Collage spécial : valeurs ».",
        )
        for nom, feuille in feuilles.items()
        for cellule in feuille.formules
    ]
    if anomalies:
        raise FichierRefuse(*anomalies)


def read_valeurs(
    nom: str, membres: dict[str, bytes], onglets: tuple[Onglet, ...], feuilles: dict[str, Feuille]
) -> Tableau:
    """Values of the first visible sheet that holds something; the other sheets are told, not read."""
    try:
        with CalamineWorkbook.from_filelike(write_archive(membres)) as classeur:
            visibles = {f.name for f in classeur.sheets_metadata if f.visible == SheetVisibleEnum.Visible}
            pleins = [
                o.nom for o in onglets if o.nom in visibles and o.visible and feuilles[o.nom].derniere_ligne
            ]
            if not pleins:
                raise refuse(nom, "aucune feuille visible n’est remplie. Affichez la feuille à importer.")
            choisie = classeur.get_sheet_by_name(pleins[0])
            lignes = tuple(tuple(ligne) for ligne in choisie.to_python(skip_empty_area=False))
            fusionnees = tuple(choisie.merged_cell_ranges or ())
    except (CalamineError, XmlError, ZipError) as error:
        raise refuse(nom, "le classeur est illisible. Enregistrez-le de nouveau en .xlsx.") from error
    masquees = sum(1 < numero <= len(lignes) for numero in feuilles[pleins[0]].masquees)
    return Tableau(
        feuille=pleins[0],
        lignes=lignes,
        masquees=masquees,
        avertissements=(
            *tell_ignorees(onglets, pleins[0], feuilles),
            *tell_fusion(pleins[0], len(fusionnees)),
        ),
    )


def tell_ignorees(
    onglets: tuple[Onglet, ...], choisie: str, feuilles: dict[str, Feuille]
) -> tuple[Anomalie, ...]:
    """Sheets that hold something and were not read, hidden ones included."""
    return tuple(
        Anomalie(
            feuille=onglet.nom,
            message=f"feuille {'non lue' if onglet.visible else 'masquée, non lue'} : "
            f"seule « {choisie} » est importée.",
        )
        for onglet in onglets
        if onglet.nom != choisie and feuilles[onglet.nom].derniere_ligne
    )


def tell_fusion(feuille: str, nombre: int) -> tuple[Anomalie, ...]:
    if not nombre:
        return ()
    message = f"{nombre} zone(s) de cellules fusionnées : seule la première cellule de chacune a une valeur."
    return (Anomalie(feuille=feuille, message=message),)


def refuse(nom: str, message: str) -> FichierRefuse:
    return FichierRefuse(Anomalie(feuille=nom, message=message))
