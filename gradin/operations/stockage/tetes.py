"""The heads that this installation has published, kept outside the database.

A database restored from last night would go on from last night: two journals for one amphi, and receipts
that no longer hold. What was published is written down here within a second, and a service whose database is
behind it does not start (config/checks.py).
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from gradin.data.amphis.models import Amphi, Fait


def publish_tetes() -> None:
    """Never goes backwards; with several processes each adds what it has seen."""
    chemin: Path | None = settings.GRADIN_TETES
    if chemin is None:
        return
    publiees = read_publiees(chemin)
    vues = {pk: (seq, h) for pk, seq, h in _started() if seq > publiees.get(pk, (0, ""))[0]}
    if vues:
        _write(chemin, publiees | vues)


def _started() -> Iterator[tuple[int, int, str]]:
    yield from Amphi.objects.filter(seq__gt=0).values_list("pk", "seq", "empreinte")


def read_publiees(chemin: Path | None) -> dict[int, tuple[int, str]]:
    """Amphi → its last line and hash; empty when nothing was ever published."""
    if chemin is None or not chemin.exists():
        return {}
    lues = json.loads(chemin.read_text("utf-8"))
    return {int(pk): (seq, h) for pk, (seq, h) in lues.items()}


def find_reculs(chemin: Path | None) -> tuple[str, ...]:
    """Published lines that this database does not hold, one sentence each."""
    return tuple(
        f"amphi {pk} : la ligne {seq} a été publiée, la base ne l’a pas"
        for pk, (seq, h) in read_publiees(chemin).items()
        if not Fait.objects.filter(amphi=pk, n=seq, h=h).exists()
    )


def accept_reculs(chemin: Path, quand: int) -> Path:
    """The operator's own decision: what was published is set aside, never deleted."""
    gardees = chemin.with_name(f"{chemin.stem}.{quand}{chemin.suffix}")
    chemin.rename(gardees)
    return gardees


def _write(chemin: Path, tetes: dict[int, tuple[int, str]]) -> None:
    """Whole or not at all, whatever happens to the machine."""
    brouillon = chemin.with_name(f"{chemin.name}.{os.getpid()}")
    with brouillon.open("w", encoding="utf-8") as fichier:
        json.dump(tetes, fichier)
        fichier.flush()
        os.fsync(fichier.fileno())
    brouillon.replace(chemin)
