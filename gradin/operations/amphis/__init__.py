"""Writes to an amphi. Everything goes through `handle`; the rest prepares its commands."""

from gradin.operations.amphis.demarrage import demarrer_amphi
from gradin.operations.amphis.ecoute import (
    clear_presence,
    register_listener,
    register_presence,
    unregister_listener,
)
from gradin.operations.amphis.handle import handle
from gradin.operations.amphis.pannes import beat
from gradin.operations.amphis.reponse import Reponse
from gradin.operations.amphis.reprise import constater_au_demarrage

__all__ = [
    "Reponse",
    "beat",
    "clear_presence",
    "constater_au_demarrage",
    "demarrer_amphi",
    "handle",
    "register_listener",
    "register_presence",
    "unregister_listener",
]
