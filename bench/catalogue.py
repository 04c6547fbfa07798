"""The measures by their names, in the order in which `make bench` takes them."""

from dataclasses import dataclass
from enum import StrEnum


class Magasin(StrEnum):
    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mesure:
    """`nom`: of its module in bench/mesures, which has `tables()`. Each store is new and thrown away."""

    nom: str
    quoi: str
    magasins: tuple[Magasin, ...] = (Magasin.SQLITE,)


DEUX = (Magasin.SQLITE, Magasin.POSTGRESQL)
MESURES = (
    Mesure(nom="diffusion", quoi="one event to every reader of an amphi"),
    Mesure(nom="choix", quoi="a choice: due, committed, answered", magasins=DEUX),
    Mesure(nom="sature", quoi="choice and event while the pages are asked for without end", magasins=DEUX),
    Mesure(nom="amphis", quoi="ten amphis at once"),
    Mesure(nom="croissance", quoi="what a choice and an event cost as everything grows"),
    Mesure(nom="cadence", quoi="an amphi of automatic choosers, from the first to the last"),
    Mesure(nom="affluence", quoi="a crowd at the door, and everybody back after a restart"),
    Mesure(nom="connexions", quoi="sign-ins, and the choices meanwhile"),
    Mesure(nom="salle", quoi="the first load of the salle, and the poste that turns red there"),
    Mesure(nom="listes", quoi="the list of postes"),
    Mesure(nom="roster", quoi="the tables of the ARS, and their exports"),
    Mesure(nom="fichiers", quoi="imports with their preview, and XLSX"),
    Mesure(nom="documents", quoi="attestations through the press"),
    Mesure(nom="attestations", quoi="everybody's attestation while choices go on"),
    Mesure(nom="rangs", quoi="call lists and the pre-flight"),
    Mesure(nom="prevision", quoi="the forecast of postes"),
    Mesure(nom="appariement", quoi="the matching of docteurs juniors"),
)
