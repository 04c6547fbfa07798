"""Whatever a well-chained line holds, the verifier answers: it accepts or names the line, it never breaks."""

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.verification.simulation import Hasard, as_bytes, journal
from verification.verify_journal import GENESE, Erreur, hash_of, verify

VALEURS = (None, True, -1, 10**30, "", "x", [], {}, [1], ["a"], [[1]], [{}], {"a": 1}, "4/3")
Chemin = tuple[str | int, ...]


def _paths(value: Any, prefix: Chemin = ()) -> Iterator[Chemin]:
    """Where each value inside `value` stands."""
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield (*prefix, key)
        yield from _paths(value[key], (*prefix, key))


def _distort(draw: random.Random, objets: list[dict[str, Any]]) -> None:
    """One value, public or private, becomes anything, or is not there any more."""
    objet = draw.choice((objets[0], *objets))
    part = draw.choice([part for part in ("p", "prive") if objet.get(part)])
    *way, last = draw.choice(list(_paths(objet[part])))
    target = objet[part]
    for key in way:
        target = target[key]
    if isinstance(target, dict) and draw.random() < 0.2:
        del target[last]
    else:
        target[last] = draw.choice(VALEURS)


def _seal(objets: list[dict[str, Any]]) -> list[bytes]:
    h = GENESE
    for objet in objets:
        if objet["c"]:
            objet["c"] = hash_of(objet["sel"], objet["prive"])
        h = objet["h"] = hash_of(h, {key: objet[key] for key in ("a", "c", "fait", "n", "p")})
    return [json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for one in objets]


@pytest.mark.parametrize("graine", range(10))
def test_a_line_of_any_form_is_answered(graine: int) -> None:
    draw = random.Random(graine)
    bon = b"".join(as_bytes(journal(Hasard(graine).play(50)), complet=True))
    refuses = 0
    for _ in range(60):
        objets = [json.loads(line) for line in bon.splitlines()]
        objets = [one for one in objets if one["p"] or one.get("prive")]
        _distort(draw, objets)
        for niveau in (None, "public"):
            try:
                verify(iter(_seal(objets)), niveau)
            except Erreur as erreur:
                refuses += 1
                assert 1 <= erreur.n <= len(objets)
    assert refuses > 0
