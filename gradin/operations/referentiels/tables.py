"""The tables of reference data: what each row is called, what may be changed of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gradin.data.referentiel.models import Etablissement, Groupe, Service, Specialite, Subdivision, Ufr
from gradin.data.referentiel.nationaux import DES_NATIONAUX


class ReferentielRefuse(Exception):
    """French, says what to do next; `champ`: the field to mend."""

    def __init__(self, message: str, *, champ: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.champ = champ


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReferentiel:
    """`champs`: what may be typed. `cle`: what tells two rows apart."""

    nom: str
    kind: Any
    titre: str
    un: str
    champs: tuple[str, ...]
    cle: tuple[str, ...]
    administree: bool = False


TABLES = {
    table.nom: table
    for table in (
        TableReferentiel(
            nom="subdivisions",
            kind=Subdivision,
            titre="Subdivisions",
            un="subdivision",
            champs=("code", "nom", "fuseau"),
            cle=("code",),
            administree=True,
        ),
        TableReferentiel(
            nom="etablissements",
            kind=Etablissement,
            titre="Établissements",
            un="établissement",
            champs=("nom", "ville", "departement"),
            cle=("nom", "ville"),
        ),
        TableReferentiel(
            nom="services",
            kind=Service,
            titre="Services (IMOTEP)",
            un="service",
            champs=("imotep", "nom", "chef", "etablissement"),
            cle=("imotep",),
        ),
        TableReferentiel(
            nom="groupes",
            kind=Groupe,
            titre="Groupes de spécialité",
            un="groupe",
            champs=("code", "nom", "formation"),
            cle=("code",),
        ),
        TableReferentiel(
            nom="des",
            kind=Specialite,
            titre="DES et DESC",
            un="DES",
            champs=("code_des", "intitule", "annees", "formation"),
            cle=("code_des",),
        ),
        TableReferentiel(nom="ufr", kind=Ufr, titre="UFR", un="UFR", champs=("nom",), cle=("nom",)),
    )
}


def is_national(objet: Any) -> bool:
    """A diploma of the national list: every region writes it alike."""
    return isinstance(objet, Specialite) and objet.code_des in DES_NATIONAUX
