"""The outbox: mails are written in the transaction of what they tell, sent by travaux.outbox."""

from gradin.documents.courriel import Courrier, Lien, Tableau
from gradin.operations.courriers.enqueue import (
    enqueue,
    enqueue_annulation,
    enqueue_choix,
    mark_wrong,
    relancer,
)
from gradin.operations.courriers.modeles import Lettre, compose
from gradin.operations.courriers.redaction import SansDestinataire, redige

__all__ = [
    "Courrier",
    "Lettre",
    "Lien",
    "SansDestinataire",
    "Tableau",
    "compose",
    "enqueue",
    "enqueue_annulation",
    "enqueue_choix",
    "mark_wrong",
    "redige",
    "relancer",
]
