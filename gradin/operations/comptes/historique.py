"""A change of what the roster holds of a person: written, protected from imports, kept in the history."""

from collections.abc import Mapping
from datetime import datetime

from gradin.data.internes.models import Interne
from gradin.data.profils.models import Changement


def change_interne(
    interne: Interne, champs: Mapping[str, object], *, auteur: str, maintenant: datetime
) -> tuple[str, ...]:
    """Writes what differs; gives back the names of what changed. `interne` is locked by the caller."""
    changes = {nom: valeur for nom, valeur in champs.items() if getattr(interne, nom) != valeur}
    for nom, valeur in changes.items():
        record(interne, nom, avant=getattr(interne, nom), apres=valeur, auteur=auteur, maintenant=maintenant)
        setattr(interne, nom, valeur)
    if changes:
        interne.champs_modifies = sorted({*interne.champs_modifies, *changes})
        interne.save(update_fields=[*changes, "champs_modifies"])
    return tuple(changes)


def record(
    interne: Interne, champ: str, *, avant: object, apres: object, auteur: str, maintenant: datetime
) -> None:
    """A line of the history; secrets are recorded without their value."""
    Changement.objects.create(
        interne=interne,
        champ=champ,
        avant="" if avant is None else str(avant),
        apres="" if apres is None else str(apres),
        auteur=auteur,
        at=maintenant,
    )


def lock_interne(pk: int) -> Interne:
    """FOR UPDATE on PostgreSQL; on SQLite the transaction itself is the lock."""
    rows = Interne.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("ufr", "compte").get(pk=pk)
