"""How far what is repeated goes: the smallest that can fail in `make test`, the whole in `make assurance`."""

import os

AMPLEUR = int(os.environ.get("GRADIN_AMPLEUR", "1"))


def times(nombre: int) -> int:
    """That many here, GRADIN_AMPLEUR times as many where it is asked for."""
    return nombre * AMPLEUR
