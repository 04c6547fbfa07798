"""The installation's VAPID key (RFC 8292): drawn once, kept in the base with the rest of the installation."""

from base64 import urlsafe_b64encode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gradin.data.notifications.models import CleVapid


def ensure_key() -> CleVapid:
    """The same for all processes: two that draw at once keep the first."""
    tiree = ec.generate_private_key(ec.SECP256R1())
    nombre = tiree.private_numbers().private_value.to_bytes(32, "big")
    point = tiree.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    cle = CleVapid(pk=1, privee=to_text(nombre), publique=to_text(point))
    CleVapid.objects.bulk_create([cle], ignore_conflicts=True)
    return CleVapid.objects.get(pk=1)


def to_text(octets: bytes) -> str:
    return urlsafe_b64encode(octets).rstrip(b"=").decode()
