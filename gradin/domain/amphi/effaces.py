"""Facts whose opening was erased: what the public part and the read rows still say of them."""

from collections.abc import Callable, Mapping
from typing import Any

from gradin.domain.amphi.encodage import CLASSES, decode
from gradin.domain.amphi.facts import ActeReserve, CausePasse, RegleDepassee, Retour, Voie
from gradin.domain.kernel import Fait, Motif

Public = Mapping[str, Any]
ACTE = {"auteur": ""}


def restore(nom: str, a: int, p: Public, types: Mapping[int, str], choisi: str | None = None) -> Fait:
    """The fact without what was secret. `types`: type de choix by interne; `choisi`: of this very choice.

    Good enough to read a closed amphi, never to run one: nobody's own time, cause or mandataire is left.
    """
    if CLASSES[nom] is ActeReserve:
        # The one act that changes no state.
        rien = RegleDepassee(auteur="", interne=0, poste="", regle=Motif.SURNOMBRE_PLEIN)
        return ActeReserve(a=a, prive=rien)
    if choisi is not None:
        return decode(nom, a, p, {**ACTE, "type_choix": choisi, "voie": Voie.INTERNE.value})
    return decode(nom, a, p, PRIVES[nom](p, types) if nom in PRIVES else ACTE)


def _liste(p: Public, types: Mapping[int, str]) -> dict[str, Any]:
    lignes = [
        {"interne": ligne["interne"], "sel": None, "prive": _ligne(types.get(ligne["interne"]))}
        for ligne in p["liste"]
    ]
    return {**ACTE, "liste": lignes}


def _ligne(type_choix: str | None) -> dict[str, Any]:
    return {} if type_choix is None else {"type_choix": type_choix}


PRIVES: Mapping[str, Callable[[Public, Mapping[int, str]], dict[str, Any]]] = {
    "AmphiDemarre": _liste,
    "ListeCorrigee": _liste,
    "TourOuvert": lambda p, types: {"duree_ms": p["duree_ms"], "present": True},
    "TourPasse": lambda p, types: {**ACTE, "cause": CausePasse.AGENT.value},
    "RetourPlace": lambda p, types: {**ACTE, "retour": Retour.AGENT.value},
    "MessageDiffuse": lambda p, types: {**ACTE, "texte": ""},
}
