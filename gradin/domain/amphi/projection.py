"""Who may read what of a fact: one pure function, one table, nothing by default."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gradin.domain.amphi.encodage import encode
from gradin.domain.amphi.facts import ActeReserve, AmphiDemarre, ListeCorrigee
from gradin.domain.kernel import Fait


class Audience(StrEnum):
    """`amphi`: internes on the list, mandataires, representatives. `regie`: the ARS agents of the scope."""

    PUBLIC = "public"
    AMPHI = "amphi"
    REGIE = "regie"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lecture:
    """What one audience reads of a fact. `prive` is empty for whom nothing private is due."""

    fait: str
    p: Mapping[str, Any]
    prive: Mapping[str, Any]


TOUT = "*"
# Private fields by audience; a fact or a field that is not named here is read by nobody but the régie.
PRIVE_LU: Mapping[Audience, Mapping[str, frozenset[str]]] = {
    Audience.PUBLIC: {},
    Audience.AMPHI: {"MessageDiffuse": frozenset({"texte"})},
    Audience.REGIE: {TOUT: frozenset({TOUT})},
}
# What the interne concerned reads of his own facts, whatever the audience he listens with.
PRIVE_DE_SOI: Mapping[str, frozenset[str]] = {
    "TourOuvert": frozenset({"duree_ms", "mandataire"}),
    "TourPasse": frozenset({"cause"}),
    "RetourPlace": frozenset({"retour"}),
    "ChoixConfirme": frozenset({"type_choix", "voie"}),
}
ACTES_DE_SOI: Mapping[str, frozenset[str]] = {
    "type_choix": frozenset({"acte", "interne", "type_choix"}),
    "multiplicateur": frozenset({"acte", "interne", "multiplicateur"}),
    "mandataire": frozenset({"acte", "interne", "acceptee"}),
    "presence": frozenset({"acte", "interne", "tour"}),
}


def project(fait: Fait, audience: Audience, interne: int | None = None) -> Lecture:
    """What `audience` reads of it; with `interne`, his own private parts too."""
    nom, p, prive = encode(fait)
    lu = _keep(prive or {}, _readable(audience, nom))
    if interne is not None:
        lu = {**lu, **_own(fait, nom, prive or {}, interne)}
    return Lecture(fait=nom, p=p, prive=lu)


def _readable(audience: Audience, nom: str) -> frozenset[str]:
    table = PRIVE_LU[audience]
    return table.get(nom, table.get(TOUT, frozenset()))


def _keep(prive: Mapping[str, Any], noms: frozenset[str]) -> dict[str, Any]:
    return {nom: value for nom, value in prive.items() if nom in noms or TOUT in noms}


def _own(fait: Fait, nom: str, prive: Mapping[str, Any], interne: int) -> dict[str, Any]:
    if isinstance(fait, (AmphiDemarre, ListeCorrigee)):
        return {"liste": [ligne for ligne in prive["liste"] if ligne["interne"] == interne]}
    if isinstance(fait, ActeReserve):
        noms = ACTES_DE_SOI.get(prive["acte"], frozenset())
        return _keep(prive, noms) if prive["interne"] == interne else {}
    if getattr(fait, "interne", None) == interne:
        return _keep(prive, PRIVE_DE_SOI.get(nom, frozenset()))
    return {}
