"""The line that an act of the ARS leaves on what keeps no trail of its own: texts, dates, accounts…"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from gradin.data.comptes.models import ActeGestion, GenreActe

LONGUEUR = 500
# Nobody is signed in at the command line: what acted is said instead.
LIGNE_DE_COMMANDE = "ligne de commande"
PLATEFORME = "la plateforme"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """`auteur`: the address of the account that acts."""

    auteur: str
    maintenant: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Touche:
    """What was acted on, and of whom it is."""

    genre: GenreActe
    objet: str
    subdivision: int | None
    groupe: int | None = None


def record(signature: Signature, acte: str, touche: Touche, *, avant: str = "", apres: str = "") -> None:
    ActeGestion.objects.create(
        genre=touche.genre,
        acte=acte,
        objet=touche.objet[:200],
        avant=avant[:LONGUEUR],
        apres=apres[:LONGUEUR],
        auteur=signature.auteur,
        subdivision_id=touche.subdivision,
        groupe_id=touche.groupe,
        at=signature.maintenant,
    )


def record_changes(
    signature: Signature, acte: str, touche: Touche, avant: Mapping[str, object], apres: Mapping[str, object]
) -> None:
    """Only the fields that differ, old and new; nothing differs, nothing is written."""
    changes = [nom for nom in apres if avant.get(nom) != apres[nom]]
    if changes:
        record(signature, acte, touche, avant=_say(avant, changes), apres=_say(apres, changes))


def _say(valeurs: Mapping[str, object], noms: list[str]) -> str:
    return ", ".join(f"{nom}\u00a0: {_word(valeurs.get(nom))}" for nom in noms)


def _word(valeur: object) -> str:
    if valeur is None or valeur == "":
        return "vide"
    if isinstance(valeur, datetime):
        return f"{valeur:%d/%m/%Y %H:%M} UTC"
    return str(valeur)[:120]
