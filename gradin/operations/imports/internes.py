"""The file of internes: its columns, and one line of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gradin.data.internes.models import Phase, TypeChoix
from gradin.data.referentiel.models import Formation
from gradin.operations.imports.colonnes import Colonne, fold_mots
from gradin.operations.imports.references import Reference, read_reference, spell_fst
from gradin.operations.imports.valeurs import Ligne

COLONNES = (
    Colonne(champ="ine", entete="INE", obligatoire=True),
    Colonne(champ="rpps", entete="RPPS"),
    Colonne(champ="nom", entete="Nom", obligatoire=True),
    Colonne(champ="prenom", entete="Prénom", obligatoire=True),
    Colonne(champ="ne_le", entete="Date de naissance", aussi=("Né le", "Née le")),
    Colonne(champ="courriel", entete="Courriel", aussi=("E-mail", "Mail", "Adresse électronique")),
    Colonne(champ="telephone", entete="Téléphone", aussi=("Tél",)),
    Colonne(champ="formation", entete="Formation"),
    Colonne(champ="phase", entete="Régime de formation", obligatoire=True, aussi=("Régime", "Phase")),
    Colonne(champ="groupe", entete="Groupe", obligatoire=True, aussi=("Groupe de spécialité",)),
    Colonne(champ="des", entete="DES", obligatoire=True, aussi=("DES de gestion",)),
    Colonne(champ="ufr", entete="UFR"),
    Colonne(champ="concours", entete="Concours"),
    Colonne(champ="promotion", entete="Promotion", obligatoire=True),
    Colonne(champ="rang_local", entete="Rang local", obligatoire=True),
    Colonne(
        champ="effectif_local",
        entete="Effectif promo local",
        aussi=("Effectif local", "Effectif promotion local"),
    ),
    Colonne(champ="semestres_valides", entete="Semestres validés", obligatoire=True),
    Colonne(champ="surnombres_non_validants", entete="Surnombres non validants"),
    Colonne(champ="semestres_recherche", entete="Semestres de recherche"),
    Colonne(champ="absence_prevue", entete="Absence prévue"),
    Colonne(champ="type_choix", entete="Type de choix"),
    Colonne(champ="desc", entete="DESC"),
    Colonne(champ="fst", entete="FST"),
    Colonne(champ="option", entete="Option"),
    Colonne(champ="subdivision", entete="Subdivision"),
)
ENTETES = {colonne.champ: colonne.entete for colonne in COLONNES}
FORMATIONS = {
    "medecin": Formation.MEDECIN,
    "medecine": Formation.MEDECIN,
    "pharmacien": Formation.PHARMACIEN,
    "pharmacie": Formation.PHARMACIEN,
    "dentiste": Formation.DENTISTE,
    "odontologie": Formation.DENTISTE,
}
PHASES = {
    "phase socle": Phase.SOCLE,
    "socle": Phase.SOCLE,
    "phase d approfondissement": Phase.APPROFONDISSEMENT,
    "phase approfondissement": Phase.APPROFONDISSEMENT,
    "approfondissement": Phase.APPROFONDISSEMENT,
    "ancien regime": Phase.ANCIEN_REGIME,
    "phase de consolidation": Phase.CONSOLIDATION,
    "phase consolidation": Phase.CONSOLIDATION,
    "consolidation": Phase.CONSOLIDATION,
}
TYPES = {fold_mots(label): code for code, label in TypeChoix.choices}
INE = re.compile(r"[0-9A-Z]{6,20}")
COURRIEL = re.compile(r"[^@\s<>\"'(),;:]+@[^@\s<>\"'(),;:]+\.[^@\s<>\"'(),;:.]{2,}")
SEMESTRES_MAX = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneInterne:
    """One interne of the file. `personne` and `inscription` hold plain fields that the file has.

    References are resolved later: a code may be created by this very file.
    """

    numero: int
    ine: str
    personne: Mapping[str, object]
    inscription: Mapping[str, object]
    groupe: Reference
    des: Reference
    desc: Reference | None
    ufr: str
    subdivision: str


def read_interne(ligne: Ligne, connues: Mapping[str, Mapping[str, str]]) -> LigneInterne | None:
    """Read one line; None when something in it must be mended."""
    ine = read_ine(ligne)
    personne = read_personne(ligne)
    inscription = read_inscription(ligne)
    groupe = read_reference(ligne, "groupe", connues["groupe"], "1 - MEDECINE GENERALE")
    des = read_reference(ligne, "des", connues["des"], "MGE - Médecine générale")
    desc = read_reference(ligne, "desc", connues["des"], "MIR - Médecine intensive-réanimation")
    for champ, reference in (("groupe", groupe), ("des", des)):
        if reference is None and not ligne.texte(champ, longueur=200):
            ligne.refuse(champ, "cette cellule est vide. Remplissez-la.")
    ufr = ligne.texte("ufr", longueur=160)
    subdivision = ligne.texte("subdivision", longueur=120)
    if ligne.anomalies or groupe is None or des is None:
        return None
    return LigneInterne(
        numero=ligne.numero,
        ine=ine,
        personne=personne,
        inscription=inscription,
        groupe=groupe,
        des=des,
        desc=desc,
        ufr=ufr,
        subdivision=subdivision,
    )


def read_ine(ligne: Ligne) -> str:
    """The INE identifies somebody across semesters: letters and digits, zeros in front kept."""
    ine = ligne.texte("ine", longueur=20, requis=True).upper().replace(" ", "")
    if ine and ligne.is_nombre("ine"):
        ligne.refuse(
            "ine", "l’INE est écrit comme un nombre et a pu perdre ses zéros. Passez la colonne en texte."
        )
    elif ine and not INE.fullmatch(ine):
        ligne.refuse(
            "ine", f"« {ine} » n’est pas un INE. Écrivez ses chiffres et ses lettres, sans autre signe."
        )
    return ine


def read_personne(ligne: Ligne) -> Mapping[str, object]:
    """What follows somebody across semesters; a column that the file has not is left alone."""
    lecteurs: dict[str, object] = {
        "rpps": ligne.texte("rpps", longueur=20),
        "nom": ligne.texte("nom", longueur=200, requis=True),
        "prenom": ligne.texte("prenom", longueur=200, requis=True),
        "ne_le": ligne.jour("ne_le"),
        "courriel": read_courriel(ligne),
        "telephone": ligne.texte("telephone", longueur=30),
        "formation": ligne.parmi(
            "formation", FORMATIONS, "Médecin, Pharmacien ou Dentiste", defaut=Formation.MEDECIN
        ),
        "concours": ligne.texte("concours", longueur=80),
    }
    return MappingProxyType({champ: valeur for champ, valeur in lecteurs.items() if ligne.has(champ)})


def read_courriel(ligne: Ligne) -> str:
    courriel = ligne.texte("courriel", longueur=254)
    if courriel and not COURRIEL.fullmatch(courriel):
        ligne.refuse("courriel", f"« {courriel} » n’est pas une adresse. Corrigez-la, ou laissez vide.")
    return courriel


def read_inscription(ligne: Ligne) -> Mapping[str, object]:
    """What somebody is for this semestre."""
    rang = ligne.entier("rang_local", minimum=1, maximum=100_000, quoi="un rang")
    effectif = ligne.entier("effectif_local", minimum=1, maximum=100_000, quoi="un effectif")
    valides = read_semestres(ligne, "semestres_valides")
    lecteurs: dict[str, object] = {
        "phase": ligne.parmi("phase", PHASES, "Phase socle, Phase d’approfondissement ou Ancien régime"),
        "promotion": ligne.entier("promotion", minimum=1980, maximum=2100, quoi="une promotion"),
        "rang_local": rang,
        "effectif_local": effectif,
        "semestres_valides": valides,
        "surnombres_non_validants": read_semestres(ligne, "surnombres_non_validants"),
        "semestres_recherche": read_semestres(ligne, "semestres_recherche"),
        "absence_prevue": ligne.oui_non("absence_prevue"),
        "type_choix": ligne.parmi(
            "type_choix",
            TYPES,
            "Classique, Surnombre validant ou Surnombre non validant",
            defaut=TypeChoix.CLASSIQUE,
        ),
        "fst": spell_fst(ligne.texte("fst", longueur=120)),
        "option": spell_fst(ligne.texte("option", longueur=120)),
    }
    check_figures(ligne, lecteurs["promotion"], rang, effectif)
    return MappingProxyType({champ: valeur for champ, valeur in lecteurs.items() if ligne.has(champ)})


def read_semestres(ligne: Ligne, champ: str) -> int:
    return ligne.entier(champ, minimum=0, maximum=SEMESTRES_MAX, quoi="un nombre de semestres") or 0


def check_figures(ligne: Ligne, promotion: object, rang: int | None, effectif: int | None) -> None:
    """What is missing blocks or is counted later; it is told now."""
    if ligne.anomalies:
        return
    if promotion is None:
        ligne.refuse("promotion", "cette cellule est vide. Écrivez l’année du concours.")
    if rang is None:
        ligne.alert("rang_local", "rang local absent : l’amphi ne pourra pas démarrer sans lui.")
    if ligne.has("effectif_local") and effectif is None:
        ligne.alert("effectif_local", "effectif absent : il sera compté sur le fichier.")
    if rang is not None and effectif is not None and rang > effectif:
        ligne.alert("rang_local", f"rang {rang} sur un effectif de {effectif} : vérifiez ces deux nombres.")
