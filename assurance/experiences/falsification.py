"""Journals altered anywhere, read by the independent verifier."""

import json
import random
from collections.abc import Iterator
from typing import Any

from assurance.essai import Essai
from assurance.resultat import Resultat, held
from tests.unit.verification import test_alterations as t
from tests.unit.verification.simulation import Hasard, as_bytes, journal
from tests.unit.verification.verdict import verdict

INVARIANTS = "I46, I47, G20"
INJECTE = (
    "one octet changed, added or removed; a line removed, repeated, moved; each field given another value"
)
MINIMUM = 200
ALTERATIONS = (
    t._replace_byte,
    t._delete_byte,
    t._insert_byte,
    t._delete_line,
    t._repeat_line,
    t._swap_lines,
)


def run(essai: Essai) -> Iterator[Resultat]:
    hasard = random.Random(essai.graine)
    manques: list[str] = []
    champs = octets = 0
    while octets < MINIMUM or essai.goes_on():
        complet = hasard.random() < 0.5
        lignes = as_bytes(journal(Hasard(hasard.randrange(10**6)).play(60)), complet=complet)
        assert verdict(lignes) is None, "an untouched journal is refused"
        for k, alteree in fields_changed(lignes, hasard):
            champs += 1
            manques += [] if verdict(alteree) else [f"a field of line {k + 1}"]
        for _ in range(20):
            octets += 1
            alteration = hasard.choice(ALTERATIONS)
            # The last line has nothing after it: only a published head finds that it is missing.
            k = hasard.randrange(len(lignes) - 1)
            alteree = alteration(hasard, lignes, k)
            if alteree != lignes and not verdict(alteree):
                manques.append(f"{alteration.__name__} at line {k + 1}")
    yield Resultat(
        nom="Tampering with a journal",
        invariants=INVARIANTS,
        injecte=INJECTE,
        n=champs + octets,
        unite="alterations",
        verdict=held(manques),
        chiffres={"fields": str(champs), "octets and lines": str(octets), "not found": str(len(manques))},
        temoin="each journal passes before it is altered",
        remarque="; ".join(manques[:3]),
        **essai.commun,
    )


def fields_changed(lignes: list[bytes], hasard: random.Random) -> Iterator[tuple[int, list[bytes]]]:
    """Each field of one line in turn, given a value of its kind that it had not, well written."""
    k = hasard.randrange(len(lignes) - 1)
    objet = json.loads(lignes[k])
    for chemin in paths(objet):
        autre = json.loads(lignes[k])
        lieu: Any = autre
        for cle in chemin[:-1]:
            lieu = lieu[cle]
        lieu[chemin[-1]] = other(lieu[chemin[-1]])
        ecrite = json.dumps(autre, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        yield k, [*lignes[:k], ecrite, *lignes[k + 1 :]]


def paths(objet: Any, avant: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(objet, dict):
        for cle, valeur in objet.items():
            yield from paths(valeur, (*avant, cle))
    elif isinstance(objet, list):
        for i, valeur in enumerate(objet):
            yield from paths(valeur, (*avant, i))
    else:
        yield avant


def other(valeur: Any) -> Any:
    match valeur:
        case bool():
            return not valeur
        case int():
            return valeur + 1
        case str():
            return ("1" if valeur[:1] != "1" else "2") + valeur[1:]
        case _:
            return 1
