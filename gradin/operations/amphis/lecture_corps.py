"""From the JSON of an act of the ARS to the engine's command: every value checked, unknown keys ignored."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from enum import StrEnum
from fractions import Fraction
from functools import partial
from typing import Any, get_type_hints

from gradin.domain.amphi.commands import COMMANDES, ActeAgent
from gradin.domain.kernel import Motif, Refus

TEXTE_MAXIMAL = 2_000
# 4/3, 1,5 or 2: an exponent would ask for a number of millions of digits.
FRACTION = re.compile(r"[0-9]{1,4}(?:[.,/][0-9]{1,4})?")
# Set by the platform, never by the caller.
GIVEN = frozenset({"auteur", "second"})
Reader = Callable[[Any], Any]


def read_commande(nom: str, corps: Mapping[str, Any], given: Mapping[str, Any] | None = None) -> ActeAgent:
    """The command named `nom`. `given`: fields read elsewhere (from the database). Raises Refus."""
    classe = COMMANDES[nom]
    hints = get_type_hints(classe)
    values = dict(given or {})
    for champ in fields(classe):
        if champ.name in GIVEN or champ.name in values:
            continue
        value = corps.get(champ.name)
        if value is not None:
            values[champ.name] = read_value(champ.name, hints[champ.name], value)
        elif champ.default is MISSING and champ.default_factory is MISSING:
            raise invalid(champ.name, "manque")
    return classe(**values)


def invalid(champ: str, pourquoi: str) -> Refus:
    return Refus(
        Motif.VALEUR_INVALIDE, f"« {champ} » {pourquoi}. Corrigez-le, puis recommencez.", champ=champ
    )


def read_value(champ: str, hint: Any, value: Any) -> Any:
    """`value` as this type; raises Refus, which names the field."""
    reader = _reader(hint)
    try:
        return reader(value)
    except (ValueError, TypeError, ZeroDivisionError):
        raise invalid(champ, "n’est pas possible") from None


def _reader(hint: Any) -> Reader:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    for known, reader in READERS.items():
        if hint == known:
            return reader
    raise TypeError(f"no reader for {hint}")


def _entier(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise ValueError
    return value


def _texte(value: Any) -> str:
    """Whole text, without the characters that one store refuses and no screen shows."""
    if not isinstance(value, str) or len(value) > TEXTE_MAXIMAL:
        raise ValueError
    shown = (one for one in value if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", "".join(shown)).strip()


def _fraction(value: Any) -> Fraction:
    if not isinstance(value, str) or not FRACTION.fullmatch(value):
        raise ValueError
    return Fraction(value.replace(",", "."))


def _vrai_ou_faux(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _deux(value: Any) -> tuple[int, int]:
    one, other = value
    return _entier(one), _entier(other)


def _or_none(reader: Reader, value: Any) -> Any:
    return None if value is None else reader(value)


READERS: Mapping[Any, Reader] = {
    int: _entier,
    str: _texte,
    bool: _vrai_ou_faux,
    Fraction: _fraction,
    int | None: partial(_or_none, _entier),
    str | None: partial(_or_none, _texte),
    tuple[int, int]: _deux,
}
