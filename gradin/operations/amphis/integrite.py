"""Whether a running amphi is still what its journal says, and what is done when it is not."""

import logging
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db import transaction

from gradin.data.amphis.models import Amphi, EtatAmphi
from gradin.domain.amphi.commands import Pauser
from gradin.domain.amphi.facts import Label
from gradin.operations.amphis import sql
from gradin.operations.amphis.handling import handle
from gradin.operations.amphis.reparation import repair_rows
from gradin.operations.amphis.sql import AmphiVerrouille
from gradin.queries.etats import forget
from gradin.queries.journal import last_sound, tete
from gradin.queries.lectures import ecarts

logger = logging.getLogger(__name__)


class Verdict(StrEnum):
    SAIN = "sain"
    REPARE = "repare"
    CONTREDIT = "contredit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Constat:
    """`rompu_apres`: last sound line of a journal that was touched. `ecarts`: which read rows say otherwise.

    Never what they say: it may be a type de choix, and this text goes to the log.
    """

    verdict: Verdict
    rompu_apres: int | None = None
    ecarts: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.rompu_apres is not None:
            return f"le journal ne se vérifie plus après la ligne {self.rompu_apres}"
        nommes = ", ".join(self.ecarts[:NOMMES]) + ("…" if len(self.ecarts) > NOMMES else "")
        return f"lignes lues qui contredisent le journal ({len(self.ecarts)}) : {nommes}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bilan:
    """`contredits`: running amphis that deny their journal. `repares`: how many rounds mended rows."""

    contredits: int = 0
    repares: int = 0


SAIN = Constat(verdict=Verdict.SAIN)
NOMMES = 5


def look(amphi_id: int) -> Constat | None:
    """Reads without any lock; None when the amphi moved meanwhile, which makes any difference doubtful."""
    avant = tete(amphi_id)
    constat = _examine(amphi_id)
    return constat if constat.verdict is Verdict.SAIN or tete(amphi_id) == avant else None


def rectify(amphi_id: int, maintenant: int) -> Constat:
    """Looks again under the lock; repairs the read rows, or pauses the amphi when the journal cannot tell."""
    constat = _rectify_rows(amphi_id)
    if constat.verdict is Verdict.REPARE:
        logger.critical("amphi %s: read rows repaired from the journal: %s", amphi_id, constat)
    elif constat.verdict is Verdict.CONTREDIT:
        logger.critical("amphi %s is not what its journal says: %s", amphi_id, constat)
        _pause(amphi_id, constat, maintenant)
    return constat


def _examine(amphi_id: int) -> Constat:
    """Read rows are compared with a sound journal only: another one tells nothing."""
    try:
        n, h = last_sound(amphi_id)
    except ValueError:
        # Somebody wrote what is no JSON: nothing can be read, nor repaired.
        return Constat(verdict=Verdict.CONTREDIT, ecarts=("journal illisible",))
    if (n, h) != tete(amphi_id):
        return Constat(verdict=Verdict.CONTREDIT, rompu_apres=n)
    differences = tuple(ecart.quoi for ecart in ecarts(amphi_id))
    return Constat(verdict=Verdict.CONTREDIT, ecarts=differences) if differences else SAIN


def _rectify_rows(amphi_id: int) -> Constat:
    with transaction.atomic():
        amphi = sql.lock_row(amphi_id)
        constat = SAIN if amphi is None else _examine(amphi_id)
        if amphi is None or not constat.ecarts:
            return constat
        return replace(constat, verdict=Verdict.REPARE) if _repaired(amphi) else constat


def _repaired(amphi: AmphiVerrouille) -> bool:
    """All of it or nothing."""
    try:
        with transaction.atomic():
            repair_rows(amphi)
            if ecarts(amphi.pk):
                raise LookupError("the journal does not give these rows back")
    except Exception:
        logger.exception("amphi %s: its read rows could not be repaired", amphi.pk)
        forget(amphi.pk)
        return False
    return True


def _pause(amphi_id: int, constat: Constat, maintenant: int) -> None:
    """In doubt the clock stops with everybody's time kept; the agents read why in the régie."""
    if not Amphi.objects.filter(pk=amphi_id, etat=EtatAmphi.EN_COURS).exists():
        return
    texte = f"Contrôle automatique : {constat}. Appelez l’exploitant avant de reprendre."
    try:
        handle(amphi_id, Pauser(label=Label.TECHNIQUE, texte=texte), auteur=None, maintenant=maintenant)
    except Exception:
        logger.critical("amphi %s could not be paused", amphi_id, exc_info=True)
