"""The database of the demonstration: loaded when empty, made anew when its amphis are over."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from gradin.cli.demo.chargement import Chargement
from gradin.queries.demonstration import is_empty, relais_en_cours
from gradin.queries.relais import AmphiDuRelais

GRAINE = 2027
DUREE = timedelta(hours=12)


class AutreBase(Exception):
    """This database holds something else than the demonstration."""


def ready_base(maintenant: int) -> Iterator[str]:
    """Says what it does. Never touches a database that it did not load itself."""
    call_command("migrate", verbosity=0)
    relais = relais_en_cours()
    if relais and _is_ours() and is_over(relais, maintenant):
        yield f"La démonstration précédente est finie : gardée dans {_set_aside()}, une autre se prépare."
        call_command("migrate", verbosity=0)
    if is_empty():
        mark()
        yield from Chargement(graine=GRAINE, internes=None, maintenant=maintenant).run()
    elif not relais and not _is_ours():
        raise AutreBase(
            "Cette base contient autre chose que la démonstration. Donnez un autre dossier : GRADIN_DATA=…"
        )
    elif relais:
        yield "La démonstration reprend où elle en était."


def is_over(relais: Sequence[AmphiDuRelais], maintenant: int) -> bool:
    """Too old, or every amphi that the robots play is closed."""
    limite = datetime.fromtimestamp(maintenant / 1000, UTC) - DUREE
    debut = relais[0].debut
    vieux = debut is not None and debut < limite
    return vieux or not any(amphi.a_jouer for amphi in relais)


def _marque() -> Path:
    return settings.GRADIN_DATA / "demonstration"


def mark() -> None:
    """From now on this folder is a demonstration: the banner shows, and the base may be made anew."""
    _marque().parent.mkdir(parents=True, exist_ok=True)
    _marque().write_text("Base de démonstration : « make run » peut l’effacer.\n", encoding="utf-8")


def is_marked() -> bool:
    return _marque().exists()


def _is_ours() -> bool:
    return is_marked() and connection.vendor == "sqlite"


def _set_aside() -> Path:
    """The last one only is kept, under another name: what somebody typed there is not lost."""
    base = Path(str(connection.settings_dict["NAME"]))
    gardee = base.with_stem(f"{base.stem}-precedente")
    connection.close()
    for suffixe in ("", "-wal", "-shm"):
        source, cible = (Path(f"{un}{suffixe}") for un in (base, gardee))
        cible.unlink(missing_ok=True)
        if source.exists():
            source.rename(cible)
    return gardee
