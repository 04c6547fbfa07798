"""What an import replaced and created, as plain values: what it takes to undo it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Model

from gradin.operations.imports.comparaison import Champs
from gradin.operations.imports.referentiel import Referentiel

Retour = dict[str, Any]


def write_retour(
    crees: Iterable[Model], changes: Iterable[tuple[Model, Champs]], referentiel: Referentiel
) -> Retour:
    """After the rows are written: their keys exist. `{crees: {model: [pk]}, changes: [[model, pk, {…}]]}`."""
    par_table: dict[str, list[int]] = {}
    for objet in (*crees, *referentiel.nouveaux):
        par_table.setdefault(objet._meta.label_lower, []).append(objet.pk)
    renommes = [(objet, referentiel.avant[cle]) for cle, objet in referentiel.changes.items()]
    return {
        "crees": par_table,
        "changes": [
            [objet._meta.label_lower, objet.pk, _values(objet, avant)]
            for objet, avant in (*changes, *renommes)
            if avant
        ],
    }


def _values(objet: Model, avant: Mapping[str, object]) -> dict[str, list[Any]]:
    """By field: before, after."""
    return {champ: [plain_value(valeur), plain_field(objet, champ)] for champ, valeur in avant.items()}


def plain_field(objet: Model, champ: str) -> Any:
    """The stored value of a field as JSON holds it; a reference is its key."""
    field: Any = objet._meta.get_field(champ)
    return plain_value(getattr(objet, field.attname))


def plain_value(valeur: object) -> Any:
    if isinstance(valeur, Model):
        return valeur.pk
    return valeur.isoformat() if isinstance(valeur, date) else valeur
