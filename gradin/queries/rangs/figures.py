"""The content of a call list as it is stored, frozen and hashed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from gradin.data.amphis.models import Amphi
from gradin.data.internes.models import Inscription
from gradin.domain.amphi.empreintes import canonical
from gradin.domain.rang.actualise import show_rang, write_fraction
from gradin.domain.rang.liste import LigneListe, ListeAppel

# What internes of the amphi read of each other: the hash covers it, so each of them can check it.
LISIBLES = (
    "rang",
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


def write_figures(liste: ListeAppel, inscriptions: Mapping[str, Inscription]) -> list[dict[str, Any]]:
    """Every figure of every line, in call order; `inscriptions` by INE."""
    return [write_ligne(ligne, inscriptions[ligne.ine]) for ligne in liste.lignes]


def write_ligne(ligne: LigneListe, inscription: Inscription) -> dict[str, Any]:
    """One line; the components of the seniority are for its owner and the ARS alone."""
    rang = ligne.rang_actualise
    return {
        "rang": ligne.rang,
        "ine": ligne.ine,
        "nom": inscription.interne.nom,
        "prenom": inscription.interne.prenom,
        "anciennete": ligne.anciennete,
        "promotion": ligne.promotion,
        "rang_local": ligne.rang_local,
        "effectif_local": ligne.effectif_local,
        "effectif_compte": ligne.effectif_compte,
        "promotion_theorique": ligne.promotion_theorique,
        "effectif_theorique": ligne.effectif_theorique,
        "rang_actualise": None if rang is None else write_fraction(rang),
        "rang_affiche": None if rang is None else show_rang(rang),
        "departage": ligne.departage.value if ligne.departage else None,
        "semestres_valides": inscription.semestres_valides,
        "surnombres_non_validants": inscription.surnombres_non_validants,
        "semestres_recherche": inscription.semestres_recherche,
    }


def hash_figures(amphi: Amphi, graine: str, methode: str, figures: list[dict[str, Any]]) -> str:
    """SHA-256 of the canonical JSON of what the amphi reads of its list, with its seed and method."""
    contenu = {
        "semestre": amphi.semestre.code,
        "subdivision": amphi.subdivision.code,
        "groupe": amphi.groupe.code,
        "phase": amphi.phase,
        "variante": amphi.variante,
        "graine": graine,
        "methode": methode,
        "liste": [{champ: ligne[champ] for champ in LISIBLES} for ligne in figures],
    }
    return hashlib.sha256(canonical(contenu)).hexdigest()
