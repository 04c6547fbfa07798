"""Who sends (RFC 8292): a token signed by the installation's key, for one push service and half a day."""

from urllib.parse import urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

from gradin.operations.notifications.abonnements import from_text
from gradin.operations.notifications.cles import to_text

DUREE_S = 12 * 3_600


def authorization(adresse: str, *, privee: str, publique: str, contact: str, maintenant: int) -> str:
    """The header's value. `maintenant` in ms UTC; `contact`: mailto: or https:."""
    parts = urlsplit(adresse)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": maintenant // 1000 + DUREE_S,
        "sub": contact,
    }
    jeton = jwt.encode({"typ": "JWT", "alg": "ES256"}, claims, _key(privee, publique))
    return f"vapid t={jeton}, k={publique}"


def _key(privee: str, publique: str) -> ECKey:
    point = from_text(publique)
    return ECKey.import_key(
        {"kty": "EC", "crv": "P-256", "x": to_text(point[1:33]), "y": to_text(point[33:]), "d": privee}
    )
