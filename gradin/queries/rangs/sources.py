"""Where each figure of one rank comes from: the file, somebody's correction, or the roster counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gradin.data.amphis.models import Place
from gradin.data.comptes.models import Compte
from gradin.data.imports.models import Depot, EtatDepot, NatureImport
from gradin.data.internes.models import Inscription
from gradin.data.profils.models import Changement
from gradin.domain.rang.ecarts import APPORTES
from gradin.queries.rangs.lignes import find_version


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceChiffre:
    """`valeur`: in the version in force; `courante`: what the data say now, when it is something else.

    `par`: who corrected it, empty when it is the file's; `compte`: missing, so counted over the roster.
    """

    champ: str
    valeur: Any
    courante: Any = None
    differe: bool = False
    compte: bool = False
    par: str = ""
    le: datetime | None = None
    avant: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RangLu:
    """`fichier`: the only file that brought the internes of this semestre; empty when there were several."""

    place: int
    interne: int
    ine: str
    nom: str
    des: str
    semestre: str
    rang: int
    sources: tuple[SourceChiffre, ...]
    fichier: str
    importe_le: datetime | None


def read_rang(amphi: int, place: int) -> RangLu | None:
    """None when he is not on this amphi's list, or before any list."""
    row = (
        Place.objects.select_related("inscription__interne", "inscription__des", "inscription__semestre")
        .filter(amphi=amphi, pk=place)
        .first()
    )
    liste = find_version(amphi)
    if row is None or liste is None:
        return None
    inscription = row.inscription
    ligne = next((une for une in liste.figures if une["ine"] == inscription.interne.ine), None)
    if ligne is None:
        return None
    depot = _only_depot(inscription)
    return RangLu(
        place=row.pk,
        interne=inscription.interne_id,
        ine=inscription.interne.ine,
        nom=str(inscription.interne),
        des=inscription.des.intitule,
        semestre=inscription.semestre.code,
        rang=ligne["rang"],
        sources=read_sources(inscription, ligne),
        fichier=depot.fichier if depot else "",
        importe_le=depot.applied_at if depot else None,
    )


def read_sources(inscription: Inscription, ligne: Mapping[str, Any]) -> tuple[SourceChiffre, ...]:
    """In the order of the file's columns; the last correction of each figure that was corrected."""
    corriges = [champ for champ in APPORTES if champ in inscription.champs_modifies]
    rows = Changement.objects.filter(interne=inscription.interne_id, champ__in=corriges).order_by("at", "pk")
    derniers = {row.champ: row for row in rows}
    noms = dict(
        Compte.objects.filter(email__in={row.auteur for row in derniers.values()}).values_list(
            "email", "nom_affiche"
        )
    )
    return tuple(_source(champ, inscription, ligne, derniers.get(champ), noms) for champ in APPORTES)


def _source(
    champ: str,
    inscription: Inscription,
    ligne: Mapping[str, Any],
    correction: Changement | None,
    noms: Mapping[str, str],
) -> SourceChiffre:
    courante, valeur = getattr(inscription, champ), ligne.get(champ)
    compte = champ == "effectif_local" and bool(ligne.get("effectif_compte"))
    return SourceChiffre(
        champ=champ,
        valeur=valeur,
        courante=courante,
        differe=courante != valeur and not (compte and courante is None),
        compte=compte,
        par=(noms.get(correction.auteur) or correction.auteur) if correction else "",
        le=correction.at if correction else None,
        avant=correction.avant if correction else "",
    )


def _only_depot(inscription: Inscription) -> Depot | None:
    depots = Depot.objects.filter(
        nature=NatureImport.INTERNES, etat=EtatDepot.FAIT, semestre=inscription.semestre.code
    ).defer("contenu", "apercu", "retour")[:2]
    return depots[0] if len(depots) == 1 else None
