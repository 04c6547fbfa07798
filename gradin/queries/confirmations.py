"""Who acknowledged which finding of the pre-flight, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gradin.data.amphis.models import ActeAgent

ACTE = "confirmer_constat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """`a`: ms UTC."""

    par: str
    a: int


def read_confirmations(amphi: int) -> Mapping[str, Confirmation]:
    """By key of the finding (`Constat.cle`): one that has changed since is another finding."""
    actes = ActeAgent.objects.filter(amphi=amphi, acte=ACTE).select_related("auteur")
    return {str(acte.details["cle"]): Confirmation(par=_name(acte), a=acte.a) for acte in actes}


def _name(acte: ActeAgent) -> str:
    return (acte.auteur.nom_affiche or acte.auteur.email) if acte.auteur else ""
