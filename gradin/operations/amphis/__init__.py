"""Writes to an amphi. Everything goes through `handle`; the rest prepares its commands."""

from gradin.operations.amphis.agents import TYPES_ACTES, run_commande_agent
from gradin.operations.amphis.choix import confirm_choix
from gradin.operations.amphis.demarrage import demarrer_amphi
from gradin.operations.amphis.ecoute import (
    clear_presence,
    register_listener,
    register_presence,
    unregister_listener,
)
from gradin.operations.amphis.handling import handle
from gradin.operations.amphis.reponse import Reponse
from gradin.operations.amphis.reprise import beat, beat_now, constater_au_demarrage

__all__ = [
    "TYPES_ACTES",
    "Reponse",
    "beat",
    "beat_now",
    "clear_presence",
    "confirm_choix",
    "constater_au_demarrage",
    "demarrer_amphi",
    "handle",
    "register_listener",
    "register_presence",
    "run_commande_agent",
    "unregister_listener",
]
