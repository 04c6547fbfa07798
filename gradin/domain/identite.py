"""Who somebody says he is, beside what the roster holds: compared without accents, case or spaces."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields
from datetime import date

# What the manual tells to type without an INE.
SANS_INE = "0000"
# Day first, as the French write it; the eight digits alone are what a telephone's numeric keypad allows.
FORMES_DU_JOUR = (
    re.compile(r"(?P<jour>\d{1,2})[/.\- ]+(?P<mois>\d{1,2})[/.\- ]+(?P<an>\d{4})", re.ASCII),
    re.compile(r"(?P<jour>\d{2})(?P<mois>\d{2})(?P<an>\d{4})", re.ASCII),
    re.compile(r"(?P<an>\d{4})-(?P<mois>\d{2})-(?P<jour>\d{2})", re.ASCII),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identite:
    """As typed, or as the roster holds it; in the roster, empty means unknown."""

    ine: str
    nom: str
    prenom: str
    ne_le: date | None
    courriel: str
    telephone: str


def find_differences(saisie: Identite, connue: Identite) -> tuple[str, ...]:
    """Names of the fields that do not agree; what the roster does not know cannot differ.

    The e-mail is the exception: without one in the roster there is nowhere to send the link.
    """
    return tuple(
        champ.name
        for champ in fields(Identite)
        if _differs(champ.name, getattr(saisie, champ.name), getattr(connue, champ.name))
    )


def parse_jour(texte: str) -> date | None:
    """`04/02/1999`, `4-2-1999`, `4.2.1999`, `4 2 1999`, `04021999`, `1999-02-04`; None when it is no day."""
    propre = " ".join(texte.split())
    lue = next((trouvee for forme in FORMES_DU_JOUR if (trouvee := forme.fullmatch(propre))), None)
    if lue is None:
        return None
    try:
        return date(int(lue["an"]), int(lue["mois"]), int(lue["jour"]))
    except ValueError:
        return None


def has_no_ine(ine: str) -> bool:
    return fold_ine(ine) == SANS_INE


def fold_nom(texte: str) -> str:
    """« L’Hermite » and « LHERMITE », « Jean-Noël » and « jean noel » are the same."""
    plat = unicodedata.normalize("NFKD", texte).casefold()
    return "".join(signe for signe in plat if signe.isalnum())


def fold_telephone(texte: str) -> str:
    """Digits alone, in the national form: +33 6 12… and 0033 6 12… are 06 12…"""
    chiffres = re.sub(r"\D", "", texte)
    for indicatif in ("0033", "33"):
        if chiffres.startswith(indicatif) and len(chiffres) == len(indicatif) + 9:
            return f"0{chiffres[len(indicatif) :]}"
    return chiffres


def fold_ine(texte: str) -> str:
    return "".join(texte.split()).upper()


def fold_courriel(texte: str) -> str:
    return texte.strip().lower()


def _differs(champ: str, saisie: object, connue: object) -> bool:
    if champ == "ine" and has_no_ine(str(saisie)):
        return False
    if champ == "courriel":
        return not connue or fold_courriel(str(saisie)) != fold_courriel(str(connue))
    if connue in (None, ""):
        return False
    if champ == "ne_le":
        return saisie != connue
    folding = {"ine": fold_ine, "telephone": fold_telephone}.get(champ, fold_nom)
    return folding(str(saisie)) != folding(str(connue))
