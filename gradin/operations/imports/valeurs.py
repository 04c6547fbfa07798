"""Read the cells of one line: each reader says what it accepts, and how to mend the rest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from gradin.operations.imports.anomalies import Anomalie, write_colonne
from gradin.operations.imports.colonnes import Entetes, fold_mots
from gradin.operations.imports.fichiers.tableau import Tableau, Valeur

ENTIER_SUR = 2**53
ERREURS_EXCEL = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#N/D"})
DATE_FRANCAISE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
ANNEES = range(1900, 2101)
OUI_NON = {"oui": True, "non": False, "o": True, "n": False, "": False}


@dataclass(slots=True)
class Ligne:
    """One line being read; what is wrong gathers in `anomalies`, what is doubtful in `alertes`."""

    feuille: str
    numero: int
    cellules: tuple[Valeur, ...]
    entetes: Entetes
    anomalies: list[Anomalie] = field(default_factory=list)
    alertes: list[Anomalie] = field(default_factory=list)

    def has(self, champ: str) -> bool:
        """Whether the file has this column at all."""
        return champ in self.entetes.places

    def texte(self, champ: str, *, longueur: int, requis: bool = False) -> str:
        """Text in NFC, trimmed; a whole number is read as its digits."""
        texte = self._plain(champ)
        if requis and not texte:
            self.refuse(champ, "cette cellule est vide. Remplissez-la.")
        if len(texte) > longueur:
            self.refuse(champ, f"ce texte dépasse {longueur} caractères. Raccourcissez-le.")
        return texte[:longueur]

    def entier(self, champ: str, *, minimum: int, maximum: int, quoi: str) -> int | None:
        """A whole number, None when the cell is empty; `98,5`, `98e` and `-3` are refused."""
        valeur = self._brute(champ)
        nombre: int | None = None
        if isinstance(valeur, float):
            nombre = int(valeur) if valeur.is_integer() else None
        elif isinstance(valeur, str):
            texte = valeur.strip()
            if not texte:
                return None
            nombre = int(texte) if re.fullmatch(r"[+-]?\d{1,15}", texte, re.ASCII) else None
        elif valeur is None:
            return None
        if nombre is None or not minimum <= nombre <= maximum:
            self.refuse(
                champ,
                f"« {_show(valeur)} » n’est pas {quoi}. Écrivez un nombre entier de {minimum} à {maximum}.",
            )
            return None
        return nombre

    def jour(self, champ: str) -> date | None:
        """A date of the sheet, `1997-03-10` or `10/03/1997`; None when the cell is empty."""
        valeur = self._brute(champ)
        if valeur is None or (isinstance(valeur, str) and not valeur.strip()):
            return None
        lue = _read_jour(valeur)
        if lue is None or lue.year not in ANNEES:
            self.refuse(champ, f"« {_show(valeur)} » n’est pas une date. Écrivez-la comme 10/03/1997.")
            return None
        return lue

    def chiffres(self, champ: str, *, longueur: int) -> str:
        """A code of digits; a cell that the sheet took for a number gets its zeros back."""
        texte = self._plain(champ)
        if isinstance(self._brute(champ), float):
            texte = texte.zfill(longueur)
        if not re.fullmatch(rf"\d{{{longueur}}}", texte, re.ASCII):
            self.refuse(champ, f"« {texte} » n’est pas un code de {longueur} chiffres. Corrigez-le.")
        return texte

    def is_nombre(self, champ: str) -> bool:
        """Whether the sheet took this code for a number, and so may have lost its zeros."""
        return isinstance(self._brute(champ), float)

    def oui_non(self, champ: str) -> bool:
        """Oui, Non or empty."""
        valeur = self._brute(champ)
        if isinstance(valeur, bool):
            return valeur
        reponse = OUI_NON.get(fold_mots(self._plain(champ)))
        if reponse is None:
            self.refuse(champ, f"« {_show(valeur)} » n’est ni Oui ni Non. Écrivez Oui, Non, ou laissez vide.")
        return bool(reponse)

    def parmi(self, champ: str, choix: Mapping[str, str], attendus: str, defaut: str = "") -> str:
        """One of the known words, whatever its case, accents and apostrophes."""
        texte = self._plain(champ)
        if not texte and defaut:
            return defaut
        code = choix.get(fold_mots(texte))
        if code is None:
            self.refuse(champ, f"« {texte} » n’est pas reconnu. Écrivez {attendus}.")
            return defaut
        return code

    def refuse(self, champ: str, message: str) -> None:
        self.anomalies.append(self._anomalie(champ, message))

    def alert(self, champ: str, message: str) -> None:
        self.alertes.append(self._anomalie(champ, message))

    def _anomalie(self, champ: str, message: str) -> Anomalie:
        place = self.entetes.places.get(champ)
        return Anomalie(
            feuille=self.feuille,
            ligne=self.numero,
            colonne=self.entetes.noms.get(champ, ""),
            cellule="" if place is None else f"{write_colonne(place)}{self.numero}",
            message=message,
        )

    def _brute(self, champ: str) -> Valeur:
        place = self.entetes.places.get(champ)
        return self.cellules[place] if place is not None and place < len(self.cellules) else None

    def _plain(self, champ: str) -> str:
        valeur = self._brute(champ)
        if valeur is None:
            return ""
        texte = unicodedata.normalize("NFC", _show(valeur)).strip()
        if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\r\t" for c in texte):
            self.refuse(champ, "cette cellule contient un caractère interdit (invisible). Retapez-la.")
            return ""
        if texte in ERREURS_EXCEL:
            self.refuse(champ, f"cette cellule contient l’erreur {texte}. Remplacez-la par sa valeur.")
            return ""
        return texte


def read_lignes(tableau: Tableau, entetes: Entetes) -> Iterator[Ligne]:
    """Lines under the headers that hold something in a known column."""
    for numero, cellules in enumerate(tableau.lignes[1:], start=2):
        ligne = Ligne(tableau.feuille, numero, cellules, entetes)
        if any(_show(cellules[p]).strip() for p in entetes.places.values() if p < len(cellules)):
            yield ligne


def refuse_doublons(lignes: Sequence[Ligne], champ: str, quoi: str) -> None:
    """What identifies a line stands on one line; both places are told."""
    vus: dict[str, int] = {}
    for ligne in lignes:
        cle = fold_mots(_show(ligne._brute(champ)))
        if cle and cle in vus:
            ligne.refuse(champ, f"{quoi} est déjà à la ligne {vus[cle]}. Gardez une seule des deux lignes.")
        vus.setdefault(cle, ligne.numero)


def _show(valeur: Valeur) -> str:
    """As somebody reads it in the sheet: whole numbers without decimals, dates in French."""
    if valeur is None:
        return ""
    if isinstance(valeur, bool):
        return "Oui" if valeur else "Non"
    if isinstance(valeur, float):
        return str(int(valeur)) if valeur.is_integer() and abs(valeur) < ENTIER_SUR else str(valeur)
    if isinstance(valeur, date):
        return valeur.strftime("%d/%m/%Y")
    return str(valeur)


def _read_jour(valeur: Valeur) -> date | None:
    if isinstance(valeur, datetime):
        return valeur.date()
    if isinstance(valeur, date):
        return valeur
    if not isinstance(valeur, str):
        return None
    texte = valeur.strip().removesuffix(" 00:00:00").removesuffix("T00:00:00")
    francaise = DATE_FRANCAISE.fullmatch(texte)
    try:
        if francaise:
            return date(int(francaise[3]), int(francaise[2]), int(francaise[1]))
        return date.fromisoformat(texte) if re.fullmatch(r"\d{4}-\d\d-\d\d", texte, re.ASCII) else None
    except ValueError:
        return None
