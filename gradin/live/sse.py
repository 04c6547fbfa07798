"""The wire: one event is encoded once, and framed once for every reader of its audience."""

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

ENTETES = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
)
# Longer facts (a whole list) would fill 10,000 readers' buffers: they are told to fetch the snapshot.
LONGUEUR_MAXIMALE = 8 * 1024


def compact(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def encode_fait(
    n: int,
    a: str,
    fait: str,
    p: Mapping[str, Any],
    prive: Mapping[str, Any],
    devenu: Mapping[str, Any] = MappingProxyType({}),
) -> bytes:
    """A numbered event; `prive` is left out when the audience may read nothing of it.

    `devenu`: what the state says after it, beside the journal's own fields.
    """
    tete: dict[str, Any] = {"n": n, "a": a, "fait": fait, **devenu}
    data = compact({**tete, "p": p, "prive": prive} if prive else {**tete, "p": p})
    if len(data) > LONGUEUR_MAXIMALE:
        data = compact({**tete, "p": {}, "abrege": True})
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (n, fait.encode(), data)


def encode_signal(nom: str, data: Mapping[str, Any]) -> bytes:
    """An event without number: it never moves Last-Event-ID."""
    return b"event: %s\ndata: %s\n\n" % (nom.encode(), compact(data))


def data_of(bloc: bytes) -> bytes:
    """The JSON inside an encoded event."""
    return bloc[bloc.index(b"data: ") + 6 : -2]


def frame(blocs: Iterable[bytes]) -> bytes:
    """One HTTP chunk: what is written to the transport as it stands."""
    corps = b"".join(blocs)
    return b"%x\r\n%b\r\n" % (len(corps), corps)


def unframe(morceau: bytes) -> bytes:
    return morceau[morceau.index(b"\r\n") + 2 : -2]
