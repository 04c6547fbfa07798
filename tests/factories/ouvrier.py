"""A process of its own that plays commands: what races and crashes are made of.

Started by `Ouvrier`; reads one JSON command a line, answers one JSON line. The hooks that widen a window,
take the lock away or kill the process live here and nowhere in the package.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.db import connection

ELARGISSEMENT = 0.02


class Ouvrier:
    """`hooks`: names of functions below, applied in the process before it plays anything."""

    def __init__(self, *hooks: str) -> None:
        environment = {**os.environ, "GRADIN_DATABASE_URL": database_url()}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.factories.ouvrier", *hooks],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        self._read()

    def ask(self, **demande: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(demande) + "\n")
        self.process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """`{statut, corps}`, or `{erreur}` for an exception, `{mort: true}` when it was killed."""
        return self._read()

    def play(self, **demande: Any) -> dict[str, Any]:
        self.ask(**demande)
        return self.answer()

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()

    def _read(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        read: dict[str, Any] = json.loads(line) if line else {"mort": True}
        return read


def database_url() -> str:
    """The store of this test, as another process opens it."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    parameters = connection.get_connection_params()
    named = {name: parameters[name] for name in ("host", "port") if name in parameters}
    return f"postgresql://{parameters['user']}@/{settings['NAME']}?{urlencode(named)}"


def without_lock() -> None:
    """The command reads the amphi's row as anybody would."""
    from gradin.operations.amphis import sql

    feature = type(connection.features)
    feature.has_select_for_no_key_update = False
    assert not connection.features.has_select_for_no_key_update
    assert sql.lock_row(0) is None


def without_row_locks() -> None:
    """As `without_lock`, and the rows that operations lock before a command too."""
    feature = type(connection.features)
    feature.has_select_for_update = False
    without_lock()


def wide_window() -> None:
    """Everybody has read before anybody writes."""
    from gradin.operations.amphis import seance

    decide = seance.decide

    def slowly(*args: Any) -> Any:
        faits = decide(*args)
        time.sleep(ELARGISSEMENT)
        return faits

    seance.decide = slowly


def killed_before_commit() -> None:
    """Dies once the lines of the journal are written, in the open transaction."""
    from gradin.operations.amphis import sql

    _die_after(sql, "insert_lignes")


def killed_at_the_last_statement() -> None:
    """Dies with everything written and nothing committed."""
    from gradin.operations.amphis import sql

    _die_after(sql, "insert_cle")


def killed_as_the_commit_returns() -> None:
    """Dies before anything that was only to follow the commit."""
    connection.run_and_clear_commit_hooks = lambda: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign]


def killed_after_commit() -> None:
    """Dies once the commit has returned, before anybody is told or answered."""
    from gradin.operations.amphis import handling

    def die(*args: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    handling._committed = die


def _die_after(module: Any, nom: str) -> None:
    inner: Callable[..., Any] = getattr(module, nom)

    def then_die(*args: Any, **kwargs: Any) -> None:
        inner(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(module, nom, then_die)


HOOKS: dict[str, Callable[[], None]] = {
    one.__name__: one
    for one in (
        without_lock,
        without_row_locks,
        wide_window,
        killed_before_commit,
        killed_at_the_last_statement,
        killed_as_the_commit_returns,
        killed_after_commit,
    )
}


def main() -> None:
    import django

    django.setup()
    for name in sys.argv[1:]:
        HOOKS[name]()
    _say({"pret": True})
    for line in sys.stdin:
        _say(_played(json.loads(line)))


def _played(demande: dict[str, Any]) -> dict[str, Any]:
    from gradin.domain.amphi import commands
    from gradin.domain.amphi.codec import from_json
    from gradin.operations.amphis import handle

    if "operation" in demande:
        return _cancelled(demande)
    classe = getattr(commands, demande.pop("commande"))
    options = {nom: demande.pop(nom, None) for nom in ("auteur", "cle")}
    amphi, maintenant = demande.pop("amphi"), demande.pop("maintenant")
    try:
        reponse = handle(amphi, from_json(classe, demande), maintenant=maintenant, **options)
    except Exception as error:
        return {"erreur": repr(error)}
    return {"statut": reponse.statut, "corps": dict(reponse.corps), "seq": reponse.seq}


def _cancelled(demande: dict[str, Any]) -> dict[str, Any]:
    """`cancel_procuration`: {fait}, or {refus} with its words."""
    from gradin.operations.demandes.procuration import cancel_procuration
    from gradin.operations.demandes.refus import DemandeRefusee

    try:
        cancel_procuration(demande["inscription"], auteur=demande["auteur"], maintenant=demande["maintenant"])
    except DemandeRefusee as refus:
        return {"refus": refus.message}
    except Exception as error:
        return {"erreur": repr(error)}
    return {"fait": True}


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gradin.config.settings_test")
    main()
