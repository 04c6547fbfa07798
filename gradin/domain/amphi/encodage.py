"""Each fact as its name, its public part and its private part (docs/reference/faits.md)."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from gradin.domain.amphi import facts
from gradin.domain.amphi.codec import from_json, to_json
from gradin.domain.amphi.empreintes import commitment
from gradin.domain.amphi.facts import ActeReserve, AmphiDemarre, ListeCorrigee, PanneConstatee, PosteAjoute
from gradin.domain.kernel import Fait

Prive = dict[str, Any] | None
Encode = tuple[str, dict[str, Any], Prive]

CLASSES: Mapping[str, type[Fait]] = {classe.__name__: classe for classe in facts.FAITS}
ACTES: Mapping[str, type[facts.ActePrive]] = {
    "type_choix": facts.TypeChoixChange,
    "multiplicateur": facts.MultiplicateurChange,
    "mandataire": facts.MandataireChange,
    "presence": facts.PresenceConstatee,
    "regle_depassee": facts.RegleDepassee,
}
NOMS_ACTES: Mapping[type[facts.ActePrive], str] = {classe: nom for nom, classe in ACTES.items()}
NOT_PUBLIC = frozenset({"a", "prive", "sels"})


def encode(fait: Fait) -> Encode:
    """(name, p, prive) of a fact; `prive` is None when it has no private part."""
    p = {c.name: to_json(getattr(fait, c.name)) for c in fields(fait) if c.name not in NOT_PUBLIC}
    prive: Prive = to_json(getattr(fait, "prive", None))
    match fait:
        case AmphiDemarre() | ListeCorrigee():
            p["liste"], prive = _encode_liste(fait, prive or {})
        case ActeReserve():
            prive = {"acte": NOMS_ACTES[type(fait.prive)], **(prive or {})}
        case PanneConstatee():
            p["a"] = fait.a
        case PosteAjoute():
            p = p["poste"]
        case _:
            pass
    return type(fait).__name__, p, prive


def decode(nom: str, a: int, p: Mapping[str, Any], prive: Mapping[str, Any] | None) -> Fait:
    """The fact that `encode` wrote. Raises KeyError on an unknown name or an erased private part."""
    classe = CLASSES[nom]
    data: dict[str, Any] = {**p, "a": a}
    if prive is not None:
        data["prive"] = prive
    if classe is AmphiDemarre or classe is ListeCorrigee:
        data.update(_decode_liste(data))
    elif classe is PosteAjoute:
        data = {"a": a, "poste": p, "prive": prive}
    elif classe is ActeReserve:
        acte = ACTES[data["prive"]["acte"]]
        return ActeReserve(a=a, prive=from_json(acte, data["prive"]))
    fait: Fait = from_json(classe, data)
    return fait


def _encode_liste(fait: AmphiDemarre | ListeCorrigee, prive: dict[str, Any]) -> tuple[list[Any], Prive]:
    """Each line's commitment in public, its opening in private; unsealed lines have c null."""
    sels: tuple[str | None, ...] = fait.sels or (None,) * len(fait.liste)
    publiques, ouvertures = [], []
    for ligne, sel in zip(fait.liste, sels, strict=True):
        secret = to_json(ligne.prive)
        c = None if sel is None else commitment(sel, secret)
        publiques.append({"interne": ligne.interne, "rang": ligne.rang, "des": ligne.des, "c": c})
        ouvertures.append({"interne": ligne.interne, "sel": sel, "prive": secret})
    return publiques, {**prive, "liste": ouvertures}


def _decode_liste(data: Mapping[str, Any]) -> dict[str, Any]:
    ouvertures = {ligne["interne"]: ligne for ligne in data["prive"]["liste"]}
    lignes = [{**ligne, "prive": ouvertures[ligne["interne"]]["prive"]} for ligne in data["liste"]]
    sels = [ouvertures[ligne["interne"]]["sel"] for ligne in data["liste"]]
    return {"liste": lignes, "sels": [sel for sel in sels if sel is not None]}
