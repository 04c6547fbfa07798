"""The public form of a journal, line by line."""

from collections.abc import Iterator
from typing import Any

from gradin.data.amphis.models import Fait
from gradin.domain.amphi.empreintes import iso


def public_lines(amphi: int) -> Iterator[dict[str, Any]]:
    """In order, the chain included, no opening of a private part."""
    rows = Fait.objects.filter(amphi=amphi).order_by("n").values_list("n", "a", "fait", "p", "c", "h")
    for n, a, fait, p, c, h in rows.iterator(chunk_size=500):
        yield {"n": n, "a": iso(a), "fait": fait, "p": p, "c": c, "h": h}
