"""What is to be said, put in the queue: one row for each device of those concerned, once for each event."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from gradin.data.notifications.models import Abonnement, Notification


@dataclass(frozen=True, slots=True, kw_only=True)
class Annonce:
    """`cle` names the event, once for ever; `lien` is a path of ours; `jusque` in ms UTC."""

    cle: str
    titre: str
    texte: str
    lien: str
    jusque: int
    urgente: bool = False


def announce(annonces: Sequence[tuple[Annonce, Iterable[int]]], maintenant: int) -> None:
    """Each with the accounts it is for; those without a device are told by other ways."""
    vises = {compte for _, comptes in annonces for compte in comptes}
    appareils: dict[int, list[int]] = {}
    for pk, compte in Abonnement.objects.filter(compte__in=vises).values_list("pk", "compte"):
        appareils.setdefault(compte, []).append(pk)
    rows = [
        _row(annonce, appareil, maintenant)
        for annonce, comptes in annonces
        for compte in comptes
        for appareil in appareils.get(compte, ())
    ]
    Notification.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def _row(annonce: Annonce, appareil: int, maintenant: int) -> Notification:
    at = _instant(maintenant)
    return Notification(
        abonnement_id=appareil,
        cle=annonce.cle,
        titre=annonce.titre,
        texte=annonce.texte[:300],
        lien=annonce.lien,
        urgente=annonce.urgente,
        created_at=at,
        due_at=at,
        expire_at=_instant(annonce.jusque),
    )


def _instant(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
