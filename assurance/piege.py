"""A server with a trap, for the experiments alone: it dies at a named point, or has lost its lock.

GRADIN_PIEGE: a file; once it holds the name of a point, the process kills itself there and empties the file.
GRADIN_CROCHETS: hooks of `tests/factories/ouvrier.py`, applied at the start.
"""

import os
import signal
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

AMPHIS = "gradin.operations.amphis"
# name → (module, function, dies before or after it)
POINTS: dict[str, tuple[str, str, str]] = {
    "before the lock": (f"{AMPHIS}.sql", "lock_row", "avant"),
    "under the lock": (f"{AMPHIS}.sql", "lock_row", "apres"),
    "decided": (f"{AMPHIS}.seance", "decide", "apres"),
    "lines written": (f"{AMPHIS}.sql", "insert_lignes", "apres"),
    "read rows written": (f"{AMPHIS}.ecriture", "write_rows", "apres"),
    "mail queued": (f"{AMPHIS}.ecriture", "_write_mails", "apres"),
    "head written": (f"{AMPHIS}.ecriture", "_write_amphi", "apres"),
    "key kept": (f"{AMPHIS}.seance", "keep_answer", "apres"),
    "commit returned": (f"{AMPHIS}.handling", "_committed", "avant"),
    "hub told": (f"{AMPHIS}.handling", "_committed", "apres"),
    "answer ready": (f"{AMPHIS}.choix", "handle", "apres"),
    "answer encoded": ("gradin.api.ecritures", "confirm_choix", "apres"),
}


def main() -> None:
    import django

    django.setup()
    for crochet in os.environ.get("GRADIN_CROCHETS", "").split():
        getattr(import_module("tests.factories.ouvrier"), crochet)()
    fichier = os.environ.get("GRADIN_PIEGE")
    if fichier:
        for nom, (module, fonction, quand) in POINTS.items():
            set_trap(Path(fichier), nom, import_module(module), fonction, quand)
    from gradin.cli.main import main as gradin

    gradin()


def set_trap(fichier: Path, nom: str, module: Any, fonction: str, quand: str) -> None:
    dedans: Callable[..., Any] = getattr(module, fonction)

    def trapped(*args: Any, **kwargs: Any) -> Any:
        if quand == "avant":
            die_if_asked(fichier, nom)
        rendu = dedans(*args, **kwargs)
        if quand == "apres":
            die_if_asked(fichier, nom)
        return rendu

    setattr(module, fonction, trapped)


def die_if_asked(fichier: Path, nom: str) -> None:
    if fichier.exists() and fichier.read_text(encoding="utf-8") == nom:
        fichier.write_text("", encoding="utf-8")
        os.kill(os.getpid(), signal.SIGKILL)
