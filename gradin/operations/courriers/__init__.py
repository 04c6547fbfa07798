"""The outbox: mails are written in the transaction of what they tell, sent by travaux.outbox."""

from gradin.operations.courriers.enqueue import (
    enqueue,
    enqueue_annulation,
    enqueue_choix,
    mark_wrong,
    relancer,
)
from gradin.operations.courriers.redaction import Courrier, SansDestinataire, redige

__all__ = [
    "Courrier",
    "SansDestinataire",
    "enqueue",
    "enqueue_annulation",
    "enqueue_choix",
    "mark_wrong",
    "redige",
    "relancer",
]
