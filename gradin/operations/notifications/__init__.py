"""Notifications of the browser: who agreed on which device, and what is put in the queue."""

from gradin.operations.notifications.abonnements import (
    AbonnementRefuse,
    forget,
    subscribe,
    unsubscribe,
)
from gradin.operations.notifications.annonces import Annonce, announce
from gradin.operations.notifications.cles import ensure_key

__all__ = ["AbonnementRefuse", "Annonce", "announce", "ensure_key", "forget", "subscribe", "unsubscribe"]
