"""A maquette as JSON: the file shipped with the product, and the versions that a faculty writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gradin.domain.maquettes.modele import (
    Exigence,
    Lieu,
    Maquette,
    MaquetteInvalide,
    NatureAgrement,
    PhaseMaquette,
)
from gradin.domain.texte import fold

Json = dict[str, Any]


def read_maquette(dite: Mapping[str, Any]) -> Maquette:
    """Raises MaquetteInvalide."""
    try:
        return Maquette(
            des=dite["des"],
            promotion_de=int(dite.get("promotion_de", 0)),
            version=int(dite.get("version", 0)),
            phases=tuple((PhaseMaquette(phase), int(n)) for phase, n in dite["phases"].items()),
            exigences=tuple(_read_exigence(une) for une in dite.get("exigences", ())),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise MaquetteInvalide(f"Cette maquette ne peut pas être lue : {error}.") from error


def write_maquette(maquette: Maquette) -> Json:
    """The inverse of `read_maquette`; what is empty is left out."""
    return {
        "des": maquette.des,
        "promotion_de": maquette.promotion_de,
        "version": maquette.version,
        "phases": {phase.value: nombre for phase, nombre in maquette.phases},
        "exigences": [_write_exigence(exigence) for exigence in maquette.exigences],
    }


def _read_exigence(dite: Mapping[str, Any]) -> Exigence:
    return Exigence(
        cle=fold(dite["intitule"]),
        intitule=dite["intitule"],
        nombre=int(dite["nombre"]),
        phase=PhaseMaquette(dite["phase"]) if dite.get("phase") else None,
        des=frozenset(dite.get("des", ())),
        agrements=frozenset(NatureAgrement(un) for un in dite.get("agrements", ())),
        universitaire=dite.get("universitaire"),
        lieu=Lieu(dite["lieu"]) if dite.get("lieu") else None,
        mots=tuple(fold(mot) for mot in dite.get("mots", ())),
        distincts=bool(dite.get("distincts", False)),
        libre=bool(dite.get("libre", False)),
    )


def _write_exigence(exigence: Exigence) -> Json:
    entiere: Json = {
        "intitule": exigence.intitule,
        "nombre": exigence.nombre,
        "phase": exigence.phase.value if exigence.phase else None,
        "des": sorted(exigence.des),
        "agrements": sorted(un.value for un in exigence.agrements),
        "universitaire": exigence.universitaire,
        "lieu": exigence.lieu.value if exigence.lieu else None,
        "mots": list(exigence.mots),
        "distincts": exigence.distincts,
        "libre": exigence.libre,
    }
    return {
        cle: valeur
        for cle, valeur in entiere.items()
        if valeur or (cle == "universitaire" and valeur is not None)
    }
