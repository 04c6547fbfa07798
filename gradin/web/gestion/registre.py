"""The two tables that the ARS keeps, internes and postes: what each reads, shows, corrects and adds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gradin.operations.imports.internes import COLONNES as COLONNES_INTERNES
from gradin.operations.imports.postes import COLONNES as COLONNES_POSTES
from gradin.operations.roster import internes as operations_internes
from gradin.operations.roster import postes as operations_postes
from gradin.operations.roster.verrous import Verrou, verrous_of_inscriptions, verrous_of_postes
from gradin.queries.roster import internes as queries_internes
from gradin.queries.roster import postes as queries_postes
from gradin.queries.roster.options import options_internes, options_postes
from gradin.queries.roster.page import Filtre
from gradin.queries.visiteurs import Visiteur

ETAT = {"libre": "Ouvert", "pourvu": "Pourvu", "retire": "Fermé"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Registre:
    """`colonnes`: those of the table, name and words; `saisies`: those of the form, in its order."""

    cle: str
    un: str
    formes: str
    colonnes: tuple[tuple[str, str], ...]
    saisies: Mapping[str, str]
    obligatoires: frozenset[str]
    fixes: frozenset[str]
    criteres: tuple[str, ...]
    en_lot: tuple[str, ...]
    page: Callable[[Visiteur, Filtre], Any]
    choix: Callable[[Visiteur, Filtre], Any]
    export: Callable[[Visiteur, Filtre], tuple[dict[str, str], ...]]
    trouver: Callable[[Visiteur, Filtre], Any]
    options: Callable[[Visiteur], Any]
    verrous: Callable[[Any], Mapping[int, Verrou]]
    lot: Callable[..., operations_internes.BilanLot]
    ajouter: Callable[..., int]

    @property
    def adresse(self) -> str:
        return f"/gestion/{self.cle}/"


ENTETES_INTERNES = {colonne.champ: colonne.entete for colonne in COLONNES_INTERNES}
ENTETES_POSTES = {colonne.champ: colonne.entete for colonne in COLONNES_POSTES}

INTERNES = Registre(
    cle="internes",
    un="interne",
    formes="interne,internes",
    colonnes=(
        ("nom", "Nom"),
        ("groupe", "Groupe"),
        ("des", "DES"),
        ("phase", "Régime"),
        ("promotion", "Promotion"),
        ("rang_local", "Rang"),
        ("effectif_local", "Effectif"),
        ("semestres_valides", "Semestres"),
        ("type_choix", "Type de choix"),
        ("absence_prevue", "Absence"),
    ),
    saisies=ENTETES_INTERNES,
    obligatoires=frozenset(c.champ for c in COLONNES_INTERNES if c.obligatoire) - {"rang_local"},
    fixes=frozenset({"ine"}),
    criteres=tuple(queries_internes.CRITERES),
    en_lot=operations_internes.EN_LOT,
    page=queries_internes.page_of_internes,
    choix=queries_internes.choix_internes,
    export=queries_internes.export_internes,
    trouver=queries_internes.find_inscriptions,
    options=options_internes,
    verrous=verrous_of_inscriptions,
    lot=operations_internes.correct_lot,
    ajouter=operations_internes.add_interne,
)
POSTES = Registre(
    cle="postes",
    un="poste",
    formes="poste,postes",
    colonnes=(
        ("numero", "N°"),
        ("service", "Service"),
        ("groupe", "Groupe"),
        ("des", "DES"),
        ("regime", "Régime"),
        ("type_poste", "Type"),
        ("reserve", "Réservé"),
        ("reserve_a", "Réservé à"),
        ("flechage", "Fléchage"),
        ("etat", "État"),
    ),
    saisies=ENTETES_POSTES,
    obligatoires=frozenset(c.champ for c in COLONNES_POSTES if c.obligatoire),
    fixes=frozenset({"numero", "subdivision", *operations_postes.DU_SERVICE}),
    criteres=tuple(queries_postes.CRITERES),
    en_lot=operations_postes.EN_LOT,
    page=queries_postes.page_of_postes,
    choix=queries_postes.choix_postes,
    export=queries_postes.export_postes,
    trouver=queries_postes.find_postes,
    options=options_postes,
    verrous=verrous_of_postes,
    lot=operations_postes.correct_lot,
    ajouter=operations_postes.add_poste,
)
MOTS_EN_PLUS = {"etat": "État (ouvert ou fermé)", "motif": "Motif"}


def word_of(registre: Registre, champ: str) -> str:
    return registre.saisies.get(champ) or MOTS_EN_PLUS.get(champ, champ)
