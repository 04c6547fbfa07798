"""What anybody may read of a round without reading an answer: one salted hash for each person's line.

Whoever holds his own salt checks that the run took his answers as he gave them, and that nothing of his line
has changed since the hour of the result. The hashes tell nothing to others: a salt has 256 bits.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeAlias

from gradin.domain.appariement.publication import (
    PublicationInvalide,
    load_object,
    read_publication,
    values_of,
)

LISTE, RECU = "gradin-engagements-1", "gradin-recu-1"
Ligne: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recu:
    """`noms`: what the codes of the line stand for, for its reader alone."""

    sel: str
    ligne: Ligne
    noms: Mapping[str, str]


def line_of_candidat(code: str, notes: Mapping[str, int], obtenu: str) -> Ligne:
    """His notes under the codes of the whole file, and the code of what he got."""
    return {"candidat": code, "notes": dict(notes), "obtenu": obtenu}


def line_of_site(site: int, rangs: Mapping[int, int], pris: Iterable[int]) -> Ligne:
    """Under numbers that the whole file does not hold: a site never learns a candidate's code in it."""
    return {
        "site": site,
        "rangs": {str(pk): rang for pk, rang in rangs.items()},
        "pris": sorted(pris),
    }


def commit(sel: str, ligne: Ligne) -> str:
    """SHA-256 of the salt and of the line, written with sorted keys and without spaces."""
    ecrite = json.dumps(ligne, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(f"{sel}|{ecrite}".encode()).hexdigest()


def write_liste(tour: str, des: str, fichier: str, engagements: tuple[str, ...]) -> str:
    """`fichier`: SHA-256 of the whole file. Sorted hashes, so that a place in the list tells nothing."""
    document = {
        "format": LISTE,
        "tour": tour,
        "des": des,
        "fichier": fichier,
        "engagements": sorted(engagements),
    }
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write_recu(recu: Recu) -> str:
    document = {"format": RECU, "sel": recu.sel, "ligne": dict(recu.ligne), "noms": dict(recu.noms)}
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def is_recu(texte: str) -> bool:
    try:
        return load_object(texte, "un reçu").get("format") == RECU
    except PublicationInvalide:
        return False


def verify_recu(texte: str, liste: str) -> Recu:
    """That the line of this receipt is in the published list. Raises PublicationInvalide."""
    recu = _read_recu(texte)
    if commit(recu.sel, recu.ligne) not in _read_liste(liste)["engagements"]:
        raise PublicationInvalide("La ligne de ce reçu n’est pas dans la liste publiée.")
    return recu


def _read_recu(texte: str) -> Recu:
    lu = load_object(texte, "un reçu")
    sel, ligne, noms = (lu.get(nom) for nom in ("sel", "ligne", "noms"))
    if not (isinstance(sel, str) and isinstance(ligne, dict) and isinstance(noms, dict)):
        raise PublicationInvalide("Ce n’est pas un reçu : il lui manque son sel, sa ligne ou ses noms.")
    return Recu(sel=sel, ligne=ligne, noms=noms)


def _read_liste(texte: str) -> Mapping[str, Any]:
    lue = load_object(texte, "une liste d’engagements")
    if lue.get("format") != LISTE or not isinstance(lue.get("engagements"), list):
        raise PublicationInvalide("Ce n’est pas une liste d’engagements de ce format.")
    return lue


def verify_in_file(recu: Recu, liste: str, fichier: str) -> None:
    """That the whole file is the one of the list and holds this candidate's line. For an appeal."""
    if sha256(fichier.encode()).hexdigest() != _read_liste(liste).get("fichier"):
        raise PublicationInvalide("Le fichier complet n’est pas celui que la liste engage.")
    if "candidat" not in recu.ligne:
        raise PublicationInvalide("Seul le reçu d’un candidat se compare au fichier complet.")
    tour, resultat = read_publication(fichier)
    code, notes = recu.ligne["candidat"], _notes_of(recu.ligne)
    un = next((c for c in tour.candidats if c.code == code), None)
    if un is None or resultat.sites.get(code, "") != recu.ligne.get("obtenu"):
        raise PublicationInvalide("Le fichier complet ne donne pas ce résultat à ce candidat.")
    gardes = {site: notes.get(site, 0) for site in un.notes}
    if not _same_order(un.notes, gardes):
        raise PublicationInvalide("Le fichier complet ne range pas ses sites comme ses notes.")


def _notes_of(ligne: Ligne) -> Mapping[str, int]:
    try:
        return values_of(int, ligne.get("notes"))
    except TypeError as error:
        raise PublicationInvalide("La ligne de ce reçu ne tient pas de notes.") from error


def _same_order(dites: Mapping[str, int], donnees: Mapping[str, int]) -> bool:
    """The whole file keeps the order of the notes, not the notes; each of them is a wish."""
    if not all(note > 0 for note in donnees.values()):
        return False
    niveaux = sorted({*donnees.values()}, reverse=True)
    rangs = sorted({*dites.values()}, reverse=True)
    if len(niveaux) != len(rangs):
        return False
    return all(niveaux.index(donnees[site]) == rangs.index(note) for site, note in dites.items())
