"""Facts to JSON and back, driven by the dataclasses' own types."""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

Json = Any


def to_json(value: object) -> Json:
    """Numbers, texts, lists, dictionaries; a fraction is the text "4/3"; a float is refused."""
    match value:
        case None | bool() | int():
            return value
        case StrEnum():
            return value.value
        case str():
            return value
        case Fraction():
            return f"{value.numerator}/{value.denominator}"
        case tuple():
            return [to_json(item) for item in value]
        case frozenset():
            return sorted(to_json(item) for item in value)
        case Mapping():
            return {str(key): to_json(item) for key, item in value.items()}
        case _ if is_dataclass(value):
            return {champ.name: to_json(getattr(value, champ.name)) for champ in fields(value)}
        case _:
            raise TypeError(f"no JSON for {type(value).__name__}")


def from_json(hint: Any, data: Json) -> Any:
    """The value of type `hint` that `to_json` wrote."""
    return _reader(hint)(data)


@cache
def _reader(hint: Any) -> Callable[[Json], Any]:
    origin = get_origin(hint)
    if origin is tuple:
        return _tuple_reader(get_args(hint))
    if origin in (Union, types.UnionType):
        return _optional_reader(get_args(hint))
    if hint is Fraction:
        return Fraction
    if is_dataclass(hint):
        return _dataclass_reader(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return lambda data: data


def _tuple_reader(args: tuple[Any, ...]) -> Callable[[Json], Any]:
    if len(args) == 2 and args[1] is Ellipsis:
        item = _reader(args[0])
        return lambda data: tuple(item(one) for one in data)
    readers = tuple(_reader(arg) for arg in args)
    return lambda data: tuple(read(one) for read, one in zip(readers, data, strict=True))


def _optional_reader(args: tuple[Any, ...]) -> Callable[[Json], Any]:
    (wanted,) = (arg for arg in args if arg is not type(None))
    inner = _reader(wanted)
    return lambda data: None if data is None else inner(data)


def _dataclass_reader(cls: Any) -> Callable[[Json], Any]:
    """Unknown keys are ignored and missing ones take their default: older formats stay readable."""
    readers = {name: _reader(hint) for name, hint in get_type_hints(cls).items()}

    def read(data: Json) -> Any:
        return cls(**{name: read_one(data[name]) for name, read_one in readers.items() if name in data})

    return read
