"""Canonical bytes and the hashes over them (journal format 1)."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

GENESE = "0" * 64


def canonical(value: object) -> bytes:
    """JSON, keys sorted, no spaces, UTF-8 unescaped, NFC. A float is refused with ValueError."""
    _refuse_floats(value)
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return unicodedata.normalize("NFC", text).encode()


def commitment(sel: str, prive: Mapping[str, Any]) -> str:
    """SHA-256(sel + newline + canonical(prive)), in hex."""
    return hashlib.sha256(sel.encode() + b"\n" + canonical(prive)).hexdigest()


def line_hash(previous_h: str, *, a: str, c: str | None, fait: str, n: int, p: Mapping[str, Any]) -> str:
    """SHA-256(hash of the line before + newline + canonical of this one); `a` is the ISO text."""
    corps = canonical({"a": a, "c": c, "fait": fait, "n": n, "p": p})
    return hashlib.sha256(previous_h.encode() + b"\n" + corps).hexdigest()


def iso(ms: int) -> str:
    """Milliseconds UTC as "2027-04-05T07:00:12.345Z"."""
    seconds, rest = divmod(ms, 1000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest:03d}Z"


def from_iso(text: str) -> int:
    """The milliseconds that `iso` wrote."""
    instant = datetime.fromisoformat(text)
    return int(instant.replace(microsecond=0).timestamp()) * 1000 + instant.microsecond // 1000


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise ValueError("no floats in the journal: fractions as texts, durations in ms")
    if isinstance(value, Mapping):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _refuse_floats(item)
