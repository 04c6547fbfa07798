"""A device is written down when its owner agrees, and struck off when he, or its push service, says so."""

import base64
import binascii
from datetime import datetime
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.db import transaction

from gradin.data.notifications.models import Abonnement

MAXIMUM = 8
LONGUEUR = 1_000


class AbonnementRefuse(ValueError):
    """Said in French, with what to do."""


@transaction.atomic
def subscribe(
    compte: int, *, adresse: str, p256dh: str, auth: str, appareil: str, maintenant: datetime
) -> None:
    """The same device again, or under another account, is one row: it belongs to who agreed last."""
    check_adresse(adresse)
    check_keys(p256dh, auth)
    Abonnement.objects.filter(adresse=adresse).exclude(compte=compte).delete()
    Abonnement.objects.update_or_create(
        adresse=adresse,
        defaults={"p256dh": p256dh, "auth": auth, "appareil": appareil[:80], "seen_at": maintenant},
        create_defaults={
            "compte_id": compte,
            "p256dh": p256dh,
            "auth": auth,
            "appareil": appareil[:80],
            "seen_at": maintenant,
            "created_at": maintenant,
        },
    )
    anciens = Abonnement.objects.filter(compte=compte).values_list("pk", flat=True)[MAXIMUM:]
    Abonnement.objects.filter(pk__in=list(anciens)).delete()


def unsubscribe(compte: int, pk: int) -> bool:
    """One of one's own devices; False for any other."""
    supprimes, _ = Abonnement.objects.filter(compte=compte, pk=pk).delete()
    return supprimes > 0


def forget(compte: int, adresse: str) -> None:
    """The device itself takes its agreement back; nothing to do when it is another's, or gone already."""
    Abonnement.objects.filter(compte=compte, adresse=adresse).delete()


def check_adresse(adresse: str) -> None:
    """Only the push services that browsers really use: the server goes nowhere else for a stranger's sake."""
    if len(adresse) > LONGUEUR or not is_allowed(adresse):
        raise AbonnementRefuse(
            "Le service de notification de ce navigateur n’est pas reconnu. Écrivez à l’ARS en disant lequel."
        )


def is_allowed(adresse: str) -> bool:
    """By scheme, host and port, as GRADIN_PUSH_SERVICES lists them; `*.` stands for any name below."""
    try:
        parts = urlsplit(adresse)
        port = parts.port
    except ValueError:
        return False
    if parts.username is not None or parts.password is not None or not parts.hostname:
        return False
    return any(
        _matches(parts.scheme, parts.hostname, port, service) for service in settings.GRADIN_PUSH_SERVICES
    )


def _matches(scheme: str, host: str, port: int | None, service: str) -> bool:
    permis = urlsplit(service)
    if (scheme, port) != (permis.scheme, permis.port):
        return False
    attendu = permis.hostname or ""
    return host.endswith(attendu[1:]) if attendu.startswith("*.") else host == attendu


def check_keys(p256dh: str, auth: str) -> None:
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_text(p256dh))
        secret = from_text(auth)
    except (ValueError, binascii.Error) as erreur:
        raise AbonnementRefuse("Ce navigateur n’a pas donné de clé lisible. Réessayez.") from erreur
    if len(secret) != 16:
        raise AbonnementRefuse("Ce navigateur n’a pas donné de clé lisible. Réessayez.")


def from_text(texte: str) -> bytes:
    return base64.b64decode(texte + "=" * (-len(texte) % 4), altchars=b"-_", validate=True)
