"""What a command gives back: its lines of the journal, or the reason why it was refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gradin.domain.amphi.journal import LigneJournal
from gradin.domain.kernel import Motif, Refus

REFUSEE = 409
CREEE = 201
DEJA = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Reponse:
    """`seq`: head of the journal after it. `faits`: the lines written, what was due included.

    `statut`: 201 done, 200 already done (same key again, or a state that already was), 409 refused.
    `corps`: JSON for the caller; of a refusal `{motif, message, …}`.
    """

    seq: int
    faits: tuple[LigneJournal, ...] = ()
    statut: int
    corps: Mapping[str, Any]
    deja: bool = False

    @property
    def refusee(self) -> bool:
        return self.statut >= 400


def refusal(seq: int, refus: Refus, faits: tuple[LigneJournal, ...] = ()) -> Reponse:
    corps = {"motif": str(refus.motif), "message": refus.message, **refus.details}
    return Reponse(seq=seq, faits=faits, statut=REFUSEE, corps=corps)


def cle_reutilisee(seq: int) -> Reponse:
    """The same key was given to another command: nothing is done, the first stands."""
    return refusal(seq, Refus(Motif.CLE_DEJA_UTILISEE))
