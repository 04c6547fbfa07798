"""The database of the demonstration: loaded when empty, made anew when its amphi is over."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from gradin.cli.demo.chargement import Chargement
from gradin.queries.demonstration import AmphiDemonstration, amphi_en_direct, is_empty

GRAINE = 2027
DUREE = timedelta(hours=12)


class AutreBase(Exception):
    """This database holds something else than the demonstration."""


def ready_base(maintenant: int) -> Iterator[str]:
    """Says what it does. Never deletes a database that it did not load itself."""
    call_command("migrate", verbosity=0)
    amphi = amphi_en_direct()
    if amphi is not None and is_over(amphi, maintenant) and _is_ours():
        yield "La démonstration précédente est finie : une autre se prépare."
        _delete()
        call_command("migrate", verbosity=0)
    if is_empty():
        mark()
        yield from Chargement(graine=GRAINE, internes=None, maintenant=maintenant).run()
    elif amphi is None and not _is_ours():
        raise AutreBase(
            "Cette base contient autre chose que la démonstration. Donnez un autre dossier : GRADIN_DATA=…"
        )


def is_over(amphi: AmphiDemonstration, maintenant: int) -> bool:
    """Closed, or too old, or the interne of the banner has had her tour."""
    limite = datetime.fromtimestamp(maintenant / 1000, UTC) - DUREE
    vieux = amphi.debut is not None and amphi.debut < limite
    return amphi.etat == "clos" or vieux or not amphi.attend


def _marque() -> Path:
    return settings.GRADIN_DATA / "demonstration"


def mark() -> None:
    """From now on this folder is a demonstration: the banner shows, and the base may be made anew."""
    _marque().parent.mkdir(parents=True, exist_ok=True)
    _marque().write_text("Base de démonstration : « make run » peut l’effacer.\n", encoding="utf-8")


def _is_ours() -> bool:
    return _marque().exists() and connection.vendor == "sqlite"


def _delete() -> None:
    nom = str(connection.settings_dict["NAME"])
    connection.close()
    for suffixe in ("", "-wal", "-shm"):
        Path(nom + suffixe).unlink(missing_ok=True)
