"""The reference data as the ARS reads it: each table, its rows, what uses them, what happened to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from gradin.data.imports.models import ChangementReferentiel
from gradin.data.internes.models import Inscription
from gradin.data.referentiel.models import (
    Etablissement,
    Formation,
    Groupe,
    Service,
    Specialite,
    Subdivision,
    Ufr,
)
from gradin.data.referentiel.nationaux import DES_NATIONAUX, FST_NATIONALES
from gradin.domain.texte import fold

PAR_PAGE = 50
CANDIDATS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneReferentiel:
    """`usages`: how many rows name it. `nationale`: of a list that no region changes."""

    pk: int
    code: str
    nom: str
    detail: str
    usages: int
    nationale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangementLu:
    at: Any
    objet: str
    champ: str
    avant: str
    apres: str
    auteur: str


def count_tables() -> dict[str, int]:
    kinds = {
        "subdivisions": Subdivision,
        "etablissements": Etablissement,
        "services": Service,
        "groupes": Groupe,
        "des": Specialite,
        "ufr": Ufr,
    }
    comptes = {nom: kind._default_manager.count() for nom, kind in kinds.items()}
    return {**comptes, "fst": len(list_fst(""))}


def page_of(nom: str, q: str, page: int) -> Page[Any]:
    """A page of `LigneReferentiel` of one table, found by words of its name or code."""
    rows = [ligne for ligne in _lignes(nom) if _matches(ligne, q)]
    return Paginator(rows, PAR_PAGE).get_page(page)


def find_ligne(nom: str, pk: int) -> LigneReferentiel | None:
    return next((ligne for ligne in _lignes(nom, pk)), None)


def list_candidats(nom: str, ligne: LigneReferentiel) -> tuple[tuple[int, str], ...]:
    """Rows into which this one may be merged, those that look like it first."""
    mots = set(fold(ligne.nom).split())
    autres = [autre for autre in _lignes(nom) if autre.pk != ligne.pk]
    autres.sort(key=lambda autre: (-len(mots & set(fold(autre.nom).split())), autre.nom))
    return tuple(
        (autre.pk, " · ".join(mot for mot in (autre.code, autre.nom, autre.detail) if mot))
        for autre in autres[:CANDIDATS]
    )


def list_changements(nom: str) -> tuple[ChangementLu, ...]:
    return tuple(
        ChangementLu(
            at=row.at, objet=row.objet, champ=row.champ, avant=row.avant, apres=row.apres, auteur=row.auteur
        )
        for row in ChangementReferentiel.objects.filter(nature=nom)[:30]
    )


def values_of(nom: str, pk: int) -> dict[str, Any]:
    """What the form of this row starts with."""
    row: Any = _KINDS[nom][0]._default_manager.filter(pk=pk).values().first()
    return {**row, "etablissement": row.get("etablissement_id")} if row else {}


def choix_etablissements() -> tuple[tuple[int, str], ...]:
    rows = Etablissement.objects.order_by("cle_tri").values_list("pk", "nom", "ville")
    return tuple((pk, f"{nom}, {ville}" if ville else nom) for pk, nom, ville in rows)


def choix_formations() -> tuple[tuple[str, str], ...]:
    return tuple((str(valeur), str(mot)) for valeur, mot in Formation.choices)


def list_fst(q: str) -> tuple[LigneReferentiel, ...]:
    """FST and options: the national list, then what the rosters write otherwise."""
    comptes: dict[str, int] = dict.fromkeys(FST_NATIONALES, 0)
    for champ in ("fst", "option"):
        rows = Inscription.objects.exclude(**{champ: ""}).values_list(champ).annotate(n=Count("pk"))
        for nom, nombre in rows.order_by(champ):
            comptes[nom] = comptes.get(nom, 0) + nombre
    lignes = (
        LigneReferentiel(pk=0, code="", nom=nom, detail="", usages=n, nationale=nom in FST_NATIONALES)
        for nom, n in sorted(comptes.items(), key=lambda paire: fold(paire[0]))
    )
    return tuple(ligne for ligne in lignes if _matches(ligne, q))


def _matches(ligne: LigneReferentiel, q: str) -> bool:
    texte = fold(f"{ligne.code} {ligne.nom} {ligne.detail}")
    return all(mot in texte for mot in fold(q).split())


# Table, code, name, detail, what counts as a use of it.
_KINDS: dict[str, tuple[Any, str, str, tuple[str, ...], str]] = {
    "subdivisions": (Subdivision, "code", "nom", ("fuseau",), "inscription"),
    "etablissements": (Etablissement, "", "nom", ("ville", "departement"), "services"),
    "services": (Service, "imotep", "nom", ("chef", "etablissement__nom", "etablissement__ville"), "postes"),
    "groupes": (Groupe, "code", "nom", (), "inscription"),
    "des": (Specialite, "code_des", "intitule", ("annees",), "inscriptions"),
    "ufr": (Ufr, "", "nom", (), "interne"),
}


def _lignes(nom: str, pk: int | None = None) -> list[LigneReferentiel]:
    kind, code, mot, details, usage = _KINDS[nom]
    rows = kind._default_manager.filter(Q() if pk is None else Q(pk=pk)).annotate(usages=Count(usage))
    ordre = ("cle_tri", "pk") if hasattr(kind, "cle_tri") else (code or mot,)
    colonnes = ("pk", mot, "usages", *((code,) if code else ()), *details)
    return [
        LigneReferentiel(
            pk=ligne["pk"],
            code=str(ligne.get(code, "")),
            nom=ligne[mot],
            detail=_tell_detail(nom, [ligne[champ] for champ in details]),
            usages=ligne["usages"],
            nationale=nom == "des" and ligne[code] in DES_NATIONAUX,
        )
        for ligne in rows.order_by(*ordre).values(*colonnes)
    ]


def _tell_detail(nom: str, valeurs: list[Any]) -> str:
    if nom == "des":
        return f"{valeurs[0]} ans" if valeurs[0] else ""
    return ", ".join(str(valeur) for valeur in valeurs if valeur)
