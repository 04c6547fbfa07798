"""What a file changes in a row: differences, and conflicts with what the platform changed first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from django.db.models import Model

LOT = 200
Conflit = Callable[[str, object, object], None]


def apply_champs(
    objet: Model, voulus: Mapping[str, object], proteges: Collection[str], tell_conflit: Conflit
) -> list[str]:
    """Set the fields that differ and return their names; a protected field is kept and told."""
    changes: list[str] = []
    for champ, voulu in voulus.items():
        actuel = getattr(objet, champ)
        if is_same(actuel, voulu):
            # The same row, perhaps read earlier than it was brought up to date: keep the newer.
            setattr(objet, champ, voulu)
            continue
        if champ in proteges:
            tell_conflit(champ, actuel, voulu)
            continue
        setattr(objet, champ, voulu)
        changes.append(champ)
    return changes


def update_changes(kind: type[Model], changes: Iterable[tuple[Model, list[str]]]) -> None:
    """Write known rows, one statement per set of fields and batch."""
    groupes: dict[tuple[str, ...], list[Model]] = defaultdict(list)
    for objet, champs in changes:
        groupes[tuple(sorted(champs))].append(objet)
    for champs_communs, objets in groupes.items():
        kind._default_manager.bulk_update(objets, champs_communs, batch_size=LOT)


def is_same(actuel: object, voulu: object) -> bool:
    """Two references are one row when their keys are; an unsaved row equals only itself."""
    if isinstance(actuel, Model) and isinstance(voulu, Model):
        return actuel is voulu or (actuel.pk is not None and actuel.pk == voulu.pk)
    return actuel == voulu


def show_valeur(valeur: object) -> str:
    """A value as a conflict tells it."""
    return "(vide)" if valeur in (None, "") else str(valeur)
