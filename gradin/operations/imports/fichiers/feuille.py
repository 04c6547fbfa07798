"""One walk through the XML of a sheet: what the reader of values would not tell, or would not survive."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from gradin.operations.imports.anomalies import write_colonne

COLONNES_MAX = 500
SURFACE_MAX = 1_000_000
BALISES_MAX = 2_500_000
SUIVIES = frozenset({"row", "c", "f"})
FORMULES_DITES = 10
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class XmlRefuse(Exception):
    """The XML declares a document type or entities, is broken, or spreads over too large a surface."""


@dataclass(slots=True)
class Feuille:
    """`formules`: the first cells that hold one. `masquees`: line numbers of hidden rows."""

    formules: list[str] = field(default_factory=list)
    masquees: set[int] = field(default_factory=set)
    balises: int = 0
    ligne: int = 0
    colonne: int = 0
    derniere_ligne: int = 0
    derniere_colonne: int = 0

    @property
    def surface(self) -> int:
        return self.derniere_ligne * self.derniere_colonne


def check_xml(contenu: bytes) -> None:
    """Well formed, and without any DOCTYPE: neither entities to swell nor files to fetch."""
    parse(expat.ParserCreate(), contenu)


def walk_feuille(contenu: bytes) -> Feuille:
    """Formulas, hidden rows and real extent of a sheet."""
    feuille = Feuille()
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda balise, attributs: see_element(feuille, balise, attributs)
    parse(parser, contenu)
    return feuille


def parse(parser: expat.XMLParserType, contenu: bytes) -> None:
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.EntityDeclHandler = refuse_doctype
    try:
        parser.Parse(contenu, True)
    except expat.ExpatError as error:
        raise XmlRefuse("XML mal formé") from error


def refuse_doctype(*_: object) -> None:
    raise XmlRefuse("déclaration de type de document")


def see_element(feuille: Feuille, balise: str, attributs: dict[str, str]) -> None:
    """Called for each opening tag, so short; prefixes (x:c) are read as the plain names."""
    feuille.balises += 1
    if feuille.balises > BALISES_MAX:
        raise XmlRefuse("trop de balises")
    nom = balise.rpartition(":")[2] if ":" in balise else balise
    if nom not in SUIVIES:
        return
    if nom == "c":
        see_cellule(feuille, attributs.get("r", ""))
    elif nom == "row":
        see_ligne(feuille, attributs)
    else:
        see_formule(feuille)


def see_formule(feuille: Feuille) -> None:
    if len(feuille.formules) < FORMULES_DITES:
        feuille.formules.append(f"{write_colonne(feuille.colonne - 1)}{feuille.ligne}")


def see_ligne(feuille: Feuille, attributs: dict[str, str]) -> None:
    numero = attributs.get("r", "")
    if numero and not (numero.isascii() and numero.isdigit() and len(numero) < 8):
        raise XmlRefuse("numéro de ligne impossible")
    feuille.ligne = int(numero) if numero else feuille.ligne + 1
    feuille.colonne = 0
    if attributs.get("hidden") in ("1", "true"):
        feuille.masquees.add(feuille.ligne)


def see_cellule(feuille: Feuille, reference: str) -> None:
    """Follow the cell, and refuse what would make the reader of values allocate a huge table."""
    if reference:
        lue = REFERENCE.fullmatch(reference)
        if lue is None:
            raise XmlRefuse("référence de cellule impossible")
        feuille.colonne, feuille.ligne = read_reference(lue[1]), int(lue[2])
    else:
        feuille.colonne += 1
    feuille.derniere_ligne = max(feuille.derniere_ligne, feuille.ligne)
    feuille.derniere_colonne = max(feuille.derniere_colonne, feuille.colonne)
    if feuille.colonne > COLONNES_MAX or feuille.surface > SURFACE_MAX:
        raise XmlRefuse("feuille trop étendue")


def read_reference(lettres: str) -> int:
    """Number of a column from its letters: A is 1."""
    numero = 0
    for lettre in lettres:
        numero = numero * 26 + ord(lettre) - ord("A") + 1
    return numero
