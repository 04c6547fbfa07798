"""The amphi's tables: what it is, its call list, its journal, what the journal gives to read."""

from gradin.data.amphis.models.amphi import Amphi, EtatAmphi, Offre, SessionChoix
from gradin.data.amphis.models.campagne import ActeCampagne, Campagne
from gradin.data.amphis.models.journal import (
    ActeAgent,
    Battement,
    CleIdempotence,
    Fait,
    FaitPrive,
    Presence,
    Proposition,
)
from gradin.data.amphis.models.lecture import Affectation, Favori
from gradin.data.amphis.models.liste import ListeAppel, Place, Statut

__all__ = [
    "ActeAgent",
    "ActeCampagne",
    "Affectation",
    "Amphi",
    "Battement",
    "Campagne",
    "CleIdempotence",
    "EtatAmphi",
    "Fait",
    "FaitPrive",
    "Favori",
    "ListeAppel",
    "Offre",
    "Place",
    "Presence",
    "Proposition",
    "SessionChoix",
    "Statut",
]
