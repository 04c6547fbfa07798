"""Whether static files must be collected again: after an update their hashed names have changed."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders

MANIFESTE = "staticfiles.json"


def is_stale() -> bool:
    manifeste = Path(settings.STATIC_ROOT) / MANIFESTE
    if not manifeste.exists():
        return True
    collected = manifeste.stat().st_mtime
    return any(Path(source).stat().st_mtime > collected for source in _sources())


def _sources() -> list[str]:
    return [storage.path(path) for finder in get_finders() for path, storage in finder.list([])]
