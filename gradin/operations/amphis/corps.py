"""The JSON that answers an accepted command."""

from typing import Any

from gradin.domain.amphi.commands import Commande, ConfirmChoix
from gradin.domain.amphi.empreintes import iso
from gradin.domain.amphi.journal import LigneJournal


def corps_of(commande: Commande, seq: int, lignes: tuple[LigneJournal, ...]) -> dict[str, Any]:
    """`{recu}` for a choice, `{deja: true, seq}` when nothing had to be done, else `{seq}`."""
    if not lignes:
        return {"deja": True, "seq": seq}
    if isinstance(commande, ConfirmChoix):
        return {"recu": _recu(commande.interne, lignes)}
    return {"seq": seq}


def _recu(interne: int, lignes: tuple[LigneJournal, ...]) -> dict[str, Any]:
    """What lets its owner prove his choice: the line, its hash and the opening of its commitment."""
    ligne = next(one for one in lignes if one.fait == "ChoixConfirme" and one.p["interne"] == interne)
    return {
        "n": ligne.n,
        "h": ligne.h,
        "a": iso(ligne.a),
        "interne": interne,
        "poste": ligne.p["poste"],
        "sel": ligne.sel,
        "prive": ligne.prive,
    }
