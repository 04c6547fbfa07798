"""Short answers given without Django: JSON for programs, text for people, both in French."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

Headers = Iterable[tuple[bytes, bytes]]
NO_STORE = (b"cache-control", b"no-store")


async def answer(send: Any, status: int, corps: bytes, genre: bytes, headers: Headers = ()) -> None:
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [
                (b"content-type", genre),
                (b"content-length", b"%d" % len(corps)),
                (b"x-content-type-options", b"nosniff"),
                NO_STORE,
                *headers,
            ],
        }
    )
    await send({"type": "http.response.body", "body": corps})


async def answer_json(send: Any, status: int, corps: Mapping[str, Any], headers: Headers = ()) -> None:
    encode = json.dumps(corps, ensure_ascii=False, separators=(",", ":")).encode()
    await answer(send, status, encode, b"application/json; charset=utf-8", headers)


async def refuse(scope: Any, send: Any, status: int, motif: str, message: str, headers: Headers = ()) -> None:
    """An error in the shape the caller expects: the API's, or a sentence."""
    if scope["path"].startswith("/api/"):
        await answer_json(send, status, {"motif": motif, "message": message}, headers)
        return
    await answer(send, status, f"{message}\n".encode(), b"text/plain; charset=utf-8", headers)
