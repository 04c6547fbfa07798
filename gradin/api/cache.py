"""Snapshots encoded and compressed once per (amphi, seq, audience), whoever asks and however many."""

import gzip
import json
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

CAPACITE = 256
Cle = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Encode:
    clair: bytes
    gzip: bytes


def encode(corps: Any) -> Encode:
    """JSON of any value; a text is sent as it is."""
    texte = corps if isinstance(corps, str) else json.dumps(corps, ensure_ascii=False, separators=(",", ":"))
    clair = texte.encode()
    return Encode(clair, gzip.compress(clair, 5, mtime=0))


class Memoire:
    """The last bodies made. Two requests at once for a new one: the second waits for the first."""

    def __init__(self, capacite: int = CAPACITE) -> None:
        self._capacite = capacite
        self._corps: OrderedDict[Cle, Encode] = OrderedDict()
        self._verrou = threading.Lock()

    def clear(self) -> None:
        with self._verrou:
            self._corps.clear()

    def get(self, cle: Cle, make: Callable[[], Any]) -> Encode:
        with self._verrou:
            if cle not in self._corps:
                self._corps[cle] = encode(make())
                while len(self._corps) > self._capacite:
                    self._corps.popitem(last=False)
            self._corps.move_to_end(cle)
            return self._corps[cle]


def answer_encoded(
    request: HttpRequest, corps: Encode, etag: str, *, stable: bool = True, genre: str = "application/json"
) -> HttpResponse:
    """Revalidated each time. Not `stable`: something in it moves without its ETag, so it is always sent."""
    if stable and _already_has(request, etag):
        reponse: HttpResponse = HttpResponseNotModified()
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        reponse = HttpResponse(corps.gzip, content_type=f"{genre}; charset=utf-8")
        reponse["Content-Encoding"] = "gzip"
    else:
        reponse = HttpResponse(corps.clair, content_type=f"{genre}; charset=utf-8")
    reponse["ETag"] = f'"{etag}"'
    reponse["Cache-Control"] = "private, no-cache"
    patch_vary_headers(reponse, ["Cookie", "Authorization", "Accept-Encoding"])
    return reponse


def _already_has(request: HttpRequest, etag: str) -> bool:
    connus = request.headers.get("If-None-Match", "")
    return etag in {connu.strip().removeprefix("W/").strip('"') for connu in connus.split(",")}
