"""What a store holds, so that two can be compared: rows, their content, the state of every amphi."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models

from gradin.data.amphis.models import Amphi
from gradin.domain.amphi.lecture import empreinte
from gradin.queries.etats import fold_whole, forget
from gradin.queries.lectures import ecarts

PAR_LOT = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: how many rows, and the hash of their content in the order of the key."""

    lignes: int
    contenu: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tete:
    """Where an amphi stands: last line, its hash, the hash of the state that the journal gives."""

    seq: int
    empreinte: str
    etat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Releve:
    tables: Mapping[str, Table]
    amphis: Mapping[int, Tete]

    @property
    def lignes(self) -> int:
        return sum(table.lignes for table in self.tables.values())

    def differences(self, autre: "Releve") -> tuple[str, ...]:
        """Names of what the other does not hold the same; empty when they are equal."""
        tables = (nom for nom, table in self.tables.items() if autre.tables.get(nom) != table)
        amphis = (f"amphi {pk}" for pk, tete in self.amphis.items() if autre.amphis.get(pk) != tete)
        return (*sorted(tables), *amphis)


def every_model() -> tuple[type[models.Model], ...]:
    """Every table of ours, in the order of the applications: what is pointed at comes first."""
    return tuple(
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    )


def take_releve() -> Releve:
    tables = {model._meta.db_table: _table(model) for model in every_model()}
    return Releve(tables=tables, amphis=read_tetes())


def read_tetes() -> dict[int, Tete]:
    """Of every started amphi, its journal folded from the first line: nothing is taken from memory."""
    tetes = {}
    for pk in Amphi.objects.filter(seq__gt=0).order_by("pk").values_list("pk", flat=True):
        vue = fold_whole(pk)
        tetes[pk] = Tete(seq=vue.seq, empreinte=vue.empreinte, etat=empreinte(vue.etat))
    return tetes


def read_ecarts() -> tuple[str, ...]:
    """Read rows that do not say what the journal says, in any amphi."""
    found = []
    for pk in Amphi.objects.filter(seq__gt=0).order_by("pk").values_list("pk", flat=True):
        forget(pk)
        found += [f"amphi {pk}, {ecart}" for ecart in ecarts(pk)]
        forget(pk)
    return tuple(found)


def read_batches(model: type[models.Model]) -> Iterator[list[models.Model]]:
    """All rows in the order of the key, each batch read by a query of its own."""
    rows = model._base_manager.order_by("pk")
    lot = list(rows[:PAR_LOT])
    while lot:
        yield lot
        lot = list(rows.filter(pk__gt=lot[-1].pk)[:PAR_LOT])


def _table(model: type[models.Model]) -> Table:
    colonnes = [field.attname for field in model._meta.concrete_fields]
    contenu, lignes = hashlib.sha256(), 0
    for row in model._base_manager.order_by("pk").values_list(*colonnes).iterator(chunk_size=PAR_LOT):
        contenu.update(json.dumps(row, sort_keys=True, default=_plain).encode())
        lignes += 1
    return Table(lignes=lignes, contenu=contenu.hexdigest())


def _plain(valeur: Any) -> str:
    """What JSON has not, the same from both stores."""
    if isinstance(valeur, datetime | date):
        return valeur.isoformat()
    return bytes(valeur).hex() if isinstance(valeur, bytes | memoryview) else str(valeur)
