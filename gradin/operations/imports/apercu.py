"""What an import would do, as plain values that a page shows and a row keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from json import dumps
from typing import Any

from gradin.operations.imports.anomalies import Anomalie, RapportImport

Apercu = dict[str, Any]


def write_apercu(rapport: RapportImport) -> Apercu:
    """Counts, then every line that deserves a look; `empreinte` tells whether it still holds."""
    differences = [[d.ligne, d.cle, d.nom, d.colonne, d.avant, d.apres] for d in rapport.differences]
    return {
        "lignes": rapport.lignes,
        "crees": rapport.crees,
        "modifies": rapport.modifies,
        "inchanges": rapport.inchanges,
        "masquees": rapport.lignes_masquees,
        "inconnues": list(rapport.colonnes_inconnues),
        "referentiel": list(rapport.referentiel),
        "nouveaux": list(rapport.nouveaux),
        "differences": differences,
        "absents": list(rapport.absents),
        "conflits": _tell(rapport.conflits),
        "avertissements": _tell(rapport.avertissements),
        "erreurs": [],
        "empreinte": _hash([rapport.nouveaux, differences, rapport.referentiel]),
    }


def write_erreurs(anomalies: Sequence[Anomalie]) -> Apercu:
    """A refused file: nothing else is known of it."""
    return {"erreurs": _tell(anomalies)}


def _tell(anomalies: Iterable[Anomalie]) -> list[list[Any]]:
    return [[a.feuille, a.ligne, a.colonne, a.cellule, a.message] for a in anomalies]


def _hash(valeur: object) -> str:
    return sha256(dumps(valeur, ensure_ascii=False).encode()).hexdigest()
