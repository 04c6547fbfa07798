"""What one may ask of the list of postes, and how an address says it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

VALEURS_LUES = 30
SIGNES_LUS = 100
# Name in the address → heading of the manual (§8), in its order.
CRITERES = {
    "regime": "Régime de formation",
    "des": "DES",
    "chef": "Chef de service",
    "imotep": "N° service (IMOTEP)",
    "groupe": "Groupe de spécialité",
    "etablissement": "Établissement",
    "service": "Service",
    "type": "Type de poste",
    "departement": "Département",
    "numero": "Numéro",
    "flechage": "Fléchage",
    "reserve": "Réservation",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltrePostes:
    """Each tuple: any of its values; empty: no filter. A code is compared whole, a text searched inside.

    `amphi` keeps the postes that this amphi offers. `tri`: a column, with - in front to turn it round.
    `par_page` 0: all of them.
    """

    semestre: str = ""
    subdivision: str = ""
    amphi: int | None = None
    etat: tuple[str, ...] = ()
    des: tuple[str, ...] = ()
    groupe: tuple[str, ...] = ()
    departement: tuple[str, ...] = ()
    etablissement: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    chef: tuple[str, ...] = ()
    regime: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    imotep: tuple[str, ...] = ()
    numero: tuple[str, ...] = ()
    flechage: tuple[str, ...] = ()
    reserve: tuple[str, ...] = ()
    q: str = ""
    tri: str = "numero"
    page: int = 1
    par_page: int = 30

    @property
    def criteres(self) -> dict[str, tuple[str, ...]]:
        """Those of the advanced search that are set."""
        return {nom: getattr(self, nom) for nom in CRITERES if getattr(self, nom)}


def read_criteres(parametres: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What an address says of the criteria: blanks, doubles and novels left out."""
    return {nom: lues for nom in CRITERES if (lues := clean_values(parametres.get(nom, ())))}


def clean_text(texte: str) -> str:
    """A null byte would be an error of PostgreSQL; a novel is not a search."""
    return texte.replace("\x00", "").strip()[:SIGNES_LUS]


def clean_values(valeurs: Sequence[str]) -> tuple[str, ...]:
    propres = (clean_text(valeur) for valeur in valeurs[:VALEURS_LUES])
    return tuple(dict.fromkeys(valeur for valeur in propres if valeur))
