"""« MGE - Médecine générale »: the code and the words of a groupe, a DES or a DESC."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gradin.data.referentiel.nationaux import FST_NATIONALES
from gradin.domain.texte import fold
from gradin.operations.imports.colonnes import fold_mots
from gradin.operations.imports.valeurs import Ligne

CODE_ET_NOM = re.compile(r"([A-Za-z0-9]{1,6})\s*[-–—:]\s*(\S.*)", re.DOTALL)
FST = {fold_mots(intitule): intitule for intitule in FST_NATIONALES}
CODE_SEUL = re.compile(r"[A-Za-z0-9]{1,6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A normalised code, and the words that came with it (empty when the code came alone)."""

    code: str
    libelle: str


def normalise_code(texte: str) -> str:
    """Declared rule: no case, no accents, no spaces around, no zeros in front of a number (033 is 33)."""
    code = fold(texte).strip().upper()
    return code.lstrip("0") or "0" if code.isascii() and code.isdigit() else code


def spell_fst(texte: str) -> str:
    """A FST or option in its national spelling when it has one, so that a reservation names it alike."""
    return FST.get(fold_mots(texte), " ".join(texte.split()))


def read_reference(ligne: Ligne, champ: str, connues: Mapping[str, str], exemple: str) -> Reference | None:
    """A code with or without its words, or known words alone (`connues`: folded words → code)."""
    texte = ligne.texte(champ, longueur=200)
    if not texte:
        return None
    code_et_nom = CODE_ET_NOM.fullmatch(texte)
    if fold_mots(texte) in connues:
        return Reference(code=connues[fold_mots(texte)], libelle="")
    if code_et_nom:
        return Reference(code=normalise_code(code_et_nom[1]), libelle=" ".join(code_et_nom[2].split())[:160])
    if CODE_SEUL.fullmatch(texte):
        return Reference(code=normalise_code(texte), libelle="")
    ligne.refuse(
        champ, f"« {texte} » n’est pas connu. Écrivez le code puis le nom, par exemple « {exemple} »."
    )
    return None
