"""What a file changes in a row: differences, and conflicts with what the platform changed first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from gradin.operations.imports.anomalies import Anomalie, DonneesChangees

LOT = 200
Conflit = Callable[[str, object, object], None]
# Names of the fields that changed, with what they held before.
Champs = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field of a known row that the file changes, in the words of the file."""

    ligne: int
    cle: str
    nom: str
    colonne: str
    avant: str
    apres: str


def apply_champs(
    objet: Model, voulus: Mapping[str, object], proteges: Collection[str], tell_conflit: Conflit
) -> Champs:
    """Set the fields that differ and return what they held; a protected field is kept and told."""
    changes: Champs = {}
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
        changes[champ] = actuel
    return changes


def update_changes(
    kind: type[Model], changes: Iterable[tuple[Model, Champs]], cles: Collection[str] = ()
) -> None:
    """Write known rows, one statement per set of fields and batch; `cles` follow every change."""
    groupes: dict[tuple[str, ...], list[Model]] = defaultdict(list)
    for objet, champs in changes:
        groupes[tuple(sorted({*champs, *cles}))].append(objet)
    for champs_communs, objets in groupes.items():
        kind._default_manager.bulk_update(objets, champs_communs, batch_size=LOT)


def check_current(kind: type[Model], changes: Collection[tuple[Model, Champs]], feuille: str) -> None:
    """Locks the known rows about to be written. Raises DonneesChangees when one was corrected meanwhile."""
    rows = kind._default_manager.select_for_update(of=("self",), no_key=True)
    actuels = {row.pk: row for row in rows.filter(pk__in=[objet.pk for objet, _ in changes]).order_by("pk")}
    depasses = [objet for objet, avant in changes if not _stands(actuels.get(objet.pk), objet, avant)]
    if depasses:
        message = f"{depasses[0]} a été corrigé pendant l’import. Rien n’est enregistré\u202f: recommencez."
        raise DonneesChangees(Anomalie(feuille=feuille, message=message))


def _stands(actuel: Any, objet: Any, avant: Champs) -> bool:
    """Nothing that the comparison relied on has moved: what is replaced, and what is protected."""
    if actuel is None or actuel.champs_modifies != objet.champs_modifies:
        return False
    return all(_stored(actuel, champ) == _key(valeur) for champ, valeur in avant.items())


def _stored(objet: Any, champ: str) -> object:
    return getattr(objet, objet._meta.get_field(champ).attname)


def _key(valeur: object) -> object:
    return valeur.pk if isinstance(valeur, Model) else valeur


def is_same(actuel: object, voulu: object) -> bool:
    """Two references are one row when their keys are; an unsaved row equals only itself."""
    if isinstance(actuel, Model) and isinstance(voulu, Model):
        return actuel is voulu or (actuel.pk is not None and actuel.pk == voulu.pk)
    return actuel == voulu


def show_valeur(valeur: object) -> str:
    """A value as a conflict tells it."""
    return "(vide)" if valeur in (None, "", []) else str(valeur)


def show_champ(kind: type[Model], champ: str, valeur: object) -> str:
    """A value of this field in the words of the file: labels, French dates, Oui and Non."""
    if valeur in (None, "", []):
        return ""
    if isinstance(valeur, bool):
        return "Oui" if valeur else "Non"
    if isinstance(valeur, date):
        return valeur.strftime("%d/%m/%Y")
    if isinstance(valeur, (list, tuple)):
        return "|".join(str(un) for un in valeur)
    if isinstance(valeur, Model):
        return str(valeur)
    choix = dict(getattr(kind._meta.get_field(champ), "flatchoices", ()))
    return str(choix.get(valeur, valeur))
