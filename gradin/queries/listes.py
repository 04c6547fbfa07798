"""The call list of an amphi as it is stored, and the explanation of one of its ranks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from gradin.data.amphis.models import Amphi
from gradin.domain.rang.anciennete import Semestres
from gradin.domain.rang.explication import Etape, explain_rang
from gradin.domain.rang.liste import Departage, LigneListe
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.reglages import read_parametres_rang

# The columns of `gradin show-liste`, in order (contract).
COLONNES = (
    "rang",
    "ine",
    "nom",
    "prenom",
    "anciennete",
    "promotion",
    "rang_local",
    "effectif_local",
    "promotion_theorique",
    "effectif_theorique",
    "rang_actualise",
    "rang_affiche",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeLue:
    """`lignes` are for the ARS: they hold INE and the components of the seniority."""

    version: int
    publiee: datetime | None
    empreinte: str
    methode: str
    graine: str
    lignes: tuple[Mapping[str, Any], ...]
    ex_aequo: tuple[tuple[str, ...], ...]
    ex_aequo_confirmes: bool


def read_liste(amphi: int) -> ListeLue | None:
    """The version in force: the last published, else the last computed; None before any."""
    versions = Amphi.objects.get(pk=amphi).listes.order_by("-version")
    row = versions.filter(published_at__isnull=False).first() or versions.first()
    if row is None:
        return None
    return ListeLue(
        version=row.version,
        publiee=row.published_at,
        empreinte=row.empreinte,
        methode=row.methode,
        graine=row.graine,
        lignes=tuple(row.figures),
        ex_aequo=tuple(tuple(groupe) for groupe in row.a_confirmer),
        ex_aequo_confirmes=row.ties_confirmed_at is not None,
    )


def read_colonnes(ligne: Mapping[str, Any]) -> dict[str, Any]:
    """One line with the columns of the contract alone."""
    return {colonne: ligne.get(colonne) for colonne in COLONNES}


def explain_ligne(amphi: int, ine: str) -> tuple[Etape, ...]:
    """Every step of the rank of this interne, from the frozen figures; empty when he is not on the list.

    For him and the ARS only: it tells the components of his seniority.
    """
    liste = read_liste(amphi)
    ligne = next((one for one in liste.lignes if one["ine"] == ine), None) if liste else None
    if liste is None or ligne is None:
        return ()
    row = Amphi.objects.select_related("semestre").get(pk=amphi)
    return explain_rang(
        read_ligne(ligne),
        semestre=parse_semestre(row.semestre.code),
        parametres=read_parametres_rang(row.parametres, liste.graine),
        semestres=Semestres(
            valides=ligne["semestres_valides"],
            surnombre_non_validant=ligne["surnombres_non_validants"],
            recherche=ligne["semestres_recherche"],
        ),
        plus_anciens=sum(one["anciennete"] > ligne["anciennete"] for one in liste.lignes),
    )


def read_ligne(ligne: Mapping[str, Any]) -> LigneListe:
    """A stored line as the domain knows it."""
    exact, departage = ligne["rang_actualise"], ligne.get("departage")
    return LigneListe(
        rang=ligne["rang"],
        ine=ligne["ine"],
        anciennete=ligne["anciennete"],
        promotion=ligne["promotion"],
        rang_local=ligne["rang_local"],
        effectif_local=ligne["effectif_local"],
        effectif_compte=ligne.get("effectif_compte", False),
        promotion_theorique=ligne["promotion_theorique"],
        effectif_theorique=ligne["effectif_theorique"],
        rang_actualise=None if exact is None else Fraction(exact),
        departage=Departage(departage) if departage else None,
    )
