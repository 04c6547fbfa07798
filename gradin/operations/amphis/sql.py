"""The statements on the path of a choice, as SQL.

Measured: the ORM spent three quarters of a choice building these same statements. Elsewhere the ORM stays.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from gradin.domain.amphi.journal import LigneJournal

LOT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class AmphiVerrouille:
    """What a command needs of the amphi's row, which it has locked."""

    pk: int
    semestre_id: int
    subdivision_id: int
    seq: int
    empreinte: str


def lock_row(amphi_id: int) -> AmphiVerrouille | None:
    """On SQLite BEGIN IMMEDIATE is the lock."""
    lock = " FOR NO KEY UPDATE" if connection.features.has_select_for_no_key_update else ""
    row = _one(
        "SELECT id, semestre_id, subdivision_id, seq, empreinte FROM amphis_amphi WHERE id = %s" + lock,
        [amphi_id],
    )
    if row is None:
        return None
    pk, semestre, subdivision, seq, empreinte = row
    return AmphiVerrouille(
        pk=pk, semestre_id=semestre, subdivision_id=subdivision, seq=seq, empreinte=empreinte
    )


def read_numero(amphi_id: int, interne: int) -> int | None:
    """Of this interne in the amphi's list; 0 when it is not numbered yet, None when he is not on it."""
    row = _one(
        "SELECT p.numero FROM internes_inscription i JOIN amphis_place p ON p.inscription_id = i.id"
        " WHERE i.interne_id = %s AND p.amphi_id = %s",
        [interne, amphi_id],
    )
    return None if row is None else row[0] or 0


def last_beat() -> int:
    row = _one("SELECT MAX(vu_le) FROM amphis_battement", [])
    return (row and row[0]) or 0


def read_ailleurs(amphi: AmphiVerrouille) -> frozenset[int]:
    """Numbers of those who have an affectation of this semestre in another amphi, or outside any.

    CROSS JOIN keeps SQLite on the amphi's own places: the cost does not grow with the other amphis. Who has
    chosen here is left out: the unique index lets him have nothing elsewhere.
    """
    rows = _all(
        "SELECT p.numero FROM amphis_place p"
        " CROSS JOIN internes_inscription i CROSS JOIN amphis_affectation f"
        " WHERE p.amphi_id = %s AND p.numero IS NOT NULL AND p.statut <> 'a_choisi'"
        " AND i.id = p.inscription_id AND f.interne_id = i.interne_id AND f.semestre_id = %s"
        " AND NOT f.annulee AND (f.amphi_id IS NULL OR f.amphi_id <> %s)",
        [amphi.pk, amphi.semestre_id, amphi.pk],
    )
    return frozenset(row[0] for row in rows)


def read_others_running(amphi_id: int, numeros: Sequence[int]) -> tuple[int, ...]:
    """The other running amphis on whose list these internes are."""
    rows = _all(
        "SELECT DISTINCT a.id FROM amphis_place here"
        " JOIN internes_inscription i ON i.id = here.inscription_id"
        " JOIN internes_inscription j ON j.interne_id = i.interne_id"
        " JOIN amphis_place p ON p.inscription_id = j.id AND p.amphi_id <> here.amphi_id"
        " JOIN amphis_amphi a ON a.id = p.amphi_id AND a.etat = 'en_cours'"
        f" WHERE here.amphi_id = %s AND here.numero IN ({_marks(numeros)})",
        [amphi_id, *numeros],
    )
    return tuple(row[0] for row in rows)


def insert_lignes(amphi_id: int, lignes: Sequence[LigneJournal]) -> None:
    """The lines, then the openings of those that have a private part."""
    for debut in range(0, len(lignes), LOT):
        lot = lignes[debut : debut + LOT]
        values = [(amphi_id, one.n, one.a, one.fait, _json(one.p), one.c, one.h) for one in lot]
        rows = _insert("amphis_fait", "amphi_id, n, a, fait, p, c, h", values, "RETURNING n, id")
        ids = dict(rows)
        opened = [(ids[one.n], one.sel, _json(one.prive)) for one in lot if one.sel is not None]
        _insert("amphis_faitprive", "fait_id, sel, prive", opened)


def number_places(numbered: Sequence[tuple[int, int]]) -> None:
    """(number, id of the place): an amphi of 1,100 holds the lock for the others while it is numbered."""
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE amphis_place SET numero = %s WHERE id = %s", numbered)


def update_statuts(amphi_id: int, statut: str, numeros: Sequence[int]) -> None:
    _run(
        f"UPDATE amphis_place SET statut = %s WHERE amphi_id = %s AND numero IN ({_marks(numeros)})",
        [statut, amphi_id, *numeros],
    )


def update_postes(amphi: AmphiVerrouille, etat: str, numeros: Sequence[str]) -> None:
    _run(
        "UPDATE postes_poste SET etat = %s"
        f" WHERE semestre_id = %s AND subdivision_id = %s AND numero IN ({_marks(numeros)})",
        [etat, amphi.semestre_id, amphi.subdivision_id, *numeros],
    )


def insert_affectation(
    amphi: AmphiVerrouille, *, interne: int, poste: str, type_choix: str, n: int, a: int
) -> None:
    """Raises IntegrityError when one of the two partial unique indexes refuses."""
    inserted = _run(
        "INSERT INTO amphis_affectation"
        " (interne_id, semestre_id, poste_id, amphi_id, type_choix, n, chosen_at, annulee)"
        " SELECT i.interne_id, %s, q.id, %s, %s, %s, %s, FALSE FROM amphis_place p"
        " JOIN internes_inscription i ON i.id = p.inscription_id"
        " JOIN postes_poste q ON q.semestre_id = %s AND q.subdivision_id = %s AND q.numero = %s"
        " WHERE p.amphi_id = %s AND p.numero = %s",
        [
            amphi.semestre_id,
            amphi.pk,
            type_choix,
            n,
            a,
            amphi.semestre_id,
            amphi.subdivision_id,
            poste,
            amphi.pk,
            interne,
        ],
    )
    if inserted != 1:
        raise LookupError(f"no row for interne {interne} or poste {poste} of amphi {amphi.pk}")


def update_amphi(amphi_id: int, *, seq: int, empreinte: str, etat: str, echeance: int | None) -> None:
    _run(
        "UPDATE amphis_amphi SET seq = %s, empreinte = %s, etat = %s, echeance = %s WHERE id = %s",
        [seq, empreinte, etat, echeance, amphi_id],
    )


def notify(canal: str, texte: str) -> None:
    """Told to the other processes when the transaction commits; SQLite has no other process."""
    if connection.vendor == "postgresql":
        _run("SELECT pg_notify(%s, %s)", [canal, texte])


def read_cle(compte: int, cle: str) -> tuple[str, Mapping[str, Any]] | None:
    """(hash of what was asked, answer) of this key."""
    row = _one(
        "SELECT empreinte, corps FROM amphis_cleidempotence WHERE compte_id = %s AND cle = %s", [compte, cle]
    )
    return None if row is None else (row[0], _loads(row[1]))


def insert_cle(
    *, compte: int, cle: str, empreinte: str, statut: int, corps: Mapping[str, Any], maintenant: int
) -> None:
    created = connection.ops.adapt_datetimefield_value(datetime.fromtimestamp(maintenant / 1000, UTC))
    columns = "compte_id, cle, empreinte, statut, corps, created_at"
    _insert("amphis_cleidempotence", columns, [(compte, cle, empreinte, statut, _json(corps), created)])


def _insert(table: str, columns: str, values: Sequence[tuple[Any, ...]], suite: str = "") -> Any:
    if not values:
        return ()
    row = f"({_marks(values[0])})"
    sql = f"INSERT INTO {table} ({columns}) VALUES {', '.join([row] * len(values))} {suite}"
    parameters = [value for row_ in values for value in row_]
    return _all(sql, parameters) if suite else _run(sql, parameters)


def _marks(values: Iterable[object]) -> str:
    return ", ".join("%s" for _ in values)


def _json(value: object) -> Any:
    return connection.ops.adapt_json_value(value, None)


def _loads(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _run(sql: str, parameters: Sequence[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)


def _one(sql: str, parameters: Sequence[Any]) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row


def _all(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
