"""Puts mails in the outbox: one INSERT each, the same key twice is one mail."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from django.db.models import Q

from gradin.data.courriers.models import Envoi
from gradin.documents.courriel import Courrier

# A key is also a Message-ID and a file name.
CLE = re.compile(r"[a-z0-9][a-z0-9._-]{0,119}")
# Worded by the worker, so worded again when they are sent again.
REDIGES = (
    Q(cle__startswith="choix-")
    | Q(cle__startswith="annulation-")
    | Q(cle__startswith="report-")
    | Q(cle__startswith="rattrapage-")
    | Q(cle__startswith="liste-")
)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def enqueue_choix(amphi: int, n: int, maintenant: int) -> None:
    """The mail of the choice at line `n` of the amphi's journal.

    Called inside the transaction of the choice, so it only names the choice: recipient and text
    are written by the worker, and nothing wrong with a mail can refuse a choice.
    """
    _insert(Envoi(cle=f"choix-{amphi}-{n}"), maintenant)


def enqueue_annulation(amphi: int, n: int, maintenant: int) -> None:
    """Tells its interne that the choice at line `n` is annulled; inside the act's transaction."""
    _insert(Envoi(cle=f"annulation-{amphi}-{n}"), maintenant)


Avis: TypeAlias = tuple[int, int, int, bool]


def enqueue_report(avis: Iterable[Avis], maintenant: int) -> None:
    """The mails of a postponement; like a choice's, they are worded late."""
    _insert_avis("report", avis, maintenant)


def enqueue_rattrapage(avis: Iterable[Avis], maintenant: int) -> None:
    _insert_avis("rattrapage", avis, maintenant)


def _insert_avis(nature: str, avis: Iterable[Avis], maintenant: int) -> None:
    """(amphi, act, interne, whether somebody chooses for him: then he is written to as well)."""
    cles: list[str] = []
    for amphi, acte, interne, mandataire in avis:
        cle = f"{nature}-{amphi}-{acte}-{interne}"
        cles += [cle, f"{cle}-m"] if mandataire else [cle]
    at = instant(maintenant)
    envois = [Envoi(cle=cle, created_at=at, due_at=at) for cle in cles]
    Envoi.objects.bulk_create(envois, batch_size=500, ignore_conflicts=True)


def enqueue_liste(amphi: int, version: int, internes: Iterable[int], maintenant: int) -> None:
    """A call list published, told to these internes; worded late, from the frozen version itself."""
    at = instant(maintenant)
    envois = [
        Envoi(cle=f"liste-{amphi}-{version}-{interne}", created_at=at, due_at=at) for interne in internes
    ]
    Envoi.objects.bulk_create(envois, batch_size=500, ignore_conflicts=True)


def enqueue(cle: str, destinataire: str, courrier: Courrier, maintenant: int) -> None:
    """Any other mail, its words already written. `cle` says what it tells, once for ever."""
    _insert(prepare(cle, destinataire, courrier, instant(maintenant)), maintenant)


def prepare(cle: str, destinataire: str, courrier: Courrier, at: datetime) -> Envoi:
    """One of many that are written together."""
    return Envoi(
        cle=cle,
        destinataire=destinataire,
        sujet=courrier.sujet,
        texte=courrier.texte,
        html=courrier.html,
        created_at=at,
        due_at=at,
    )


def relancer(envoi: int, maintenant: int) -> bool:
    """Gives a mail that nobody read (dead, or marked wrong) its tries again; False for any other.

    The mail of a choice or of a postponement is written again: to the address that its interne has now.
    """
    lost = Envoi.objects.filter(Q(dead_at__isnull=False) | Q(wrong_at__isnull=False), pk=envoi)
    lost.filter(REDIGES).update(destinataire="", sujet="", texte="", html="")
    fresh = {"dead_at": None, "sent_at": None, "wrong_at": None, "wrong_by": "", "refused": False}
    return lost.update(**fresh, tries=0, due_at=instant(maintenant), last_error="") == 1


def mark_wrong(envoi: int, auteur: str, maintenant: int) -> bool:
    """An agent knows that a mail that left is read by nobody; False when it has not left."""
    left = Envoi.objects.filter(pk=envoi, sent_at__isnull=False, wrong_at=None)
    return left.update(wrong_at=instant(maintenant), wrong_by=auteur) == 1


def instant(ms: int) -> datetime:
    return EPOCH + timedelta(milliseconds=ms)


def _insert(envoi: Envoi, maintenant: int) -> None:
    if not CLE.fullmatch(envoi.cle):
        raise ValueError(f"not a mail key: {envoi.cle!r}")
    envoi.created_at = envoi.due_at = instant(maintenant)
    Envoi.objects.bulk_create([envoi], ignore_conflicts=True)
