"""What runs in the workshop's child process: settle beside its parent, then one work at a time.

Nothing of Django is imported before `settle`: its settings are not read yet.
"""

import os
import signal
import threading
from importlib import import_module
from multiprocessing import parent_process
from typing import Any


def settle(pid: Any) -> None:
    """The choices come first; a child whose parent was killed ends. `pid` tells its parent which it is."""
    pid.value = os.getpid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(10)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    import django

    django.setup()


def work(module: str, nom: str, args: tuple[Any, ...], nommes: dict[str, Any]) -> Any:
    """The work by its name; its connection is closed, since the next one may be hours away."""
    from django.db import connections

    try:
        return getattr(import_module(module), nom)(*args, **nommes)
    finally:
        connections.close_all()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(0)
