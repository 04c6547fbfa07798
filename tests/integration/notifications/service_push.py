"""A push service and a device on this machine: receives as the maker's does, reads as a browser."""

import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def b64(octets: bytes) -> str:
    return urlsafe_b64encode(octets).rstrip(b"=").decode()


@dataclass(kw_only=True)
class ServicePush:
    """`statuts`: what it answers at each path, 201 by default; `recus`: (path, headers, body), in order."""

    origine: str = ""
    statuts: dict[str, int] = field(default_factory=dict)
    recus: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def bodies(self, chemin: str) -> list[bytes]:
        return [corps for vers, _, corps in self.recus if vers == chemin]


@contextmanager
def serving() -> Iterator[ServicePush]:
    service = ServicePush()

    class Guichet(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            corps = self.rfile.read(int(self.headers["Content-Length"]))
            service.recus.append((self.path, {k.lower(): v for k, v in self.headers.items()}, corps))
            self.send_response(service.statuts.get(self.path, 201))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            return None

    serveur = ThreadingHTTPServer(("127.0.0.1", 0), Guichet)
    service.origine = f"http://127.0.0.1:{serveur.server_address[1]}"
    threading.Thread(target=serveur.serve_forever, daemon=True).start()
    try:
        yield service
    finally:
        serveur.shutdown()
        serveur.server_close()


class Appareil:
    """A browser's subscription, whose private key never leaves it."""

    def __init__(self, service: ServicePush, nom: str) -> None:
        self._service, self.chemin = service, f"/envoi/{nom}"
        self._cle = ec.generate_private_key(ec.SECP256R1())
        self._point = self._cle.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self._auth = nom.encode().ljust(16, b".")[:16]

    @property
    def abonnement(self) -> dict[str, Any]:
        """As `JSON.stringify(PushSubscription)` writes it."""
        cles = {"p256dh": b64(self._point), "auth": b64(self._auth)}
        return {"endpoint": self._service.origine + self.chemin, "expirationTime": None, "keys": cles}

    def titles(self) -> list[str]:
        return [dit["titre"] for dit in self.read()]

    def read(self) -> list[dict[str, Any]]:
        return [json.loads(self._open(corps)) for corps in self._service.bodies(self.chemin)]

    def _open(self, corps: bytes) -> bytes:
        sel, longueur = corps[:16], corps[20]
        leur, scelle = corps[21 : 21 + longueur], corps[21 + longueur :]
        partage = self._cle.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), leur)
        )
        matiere = _derive(partage, self._auth, b"WebPush: info\0" + self._point + leur, 32)
        cle = _derive(matiere, sel, b"Content-Encoding: aes128gcm\0", 16)
        clair = AESGCM(cle).decrypt(_derive(matiere, sel, b"Content-Encoding: nonce\0", 12), scelle, None)
        assert clair.endswith(b"\x02"), "the last record"
        return clair[:-1]


def _derive(secret: bytes, sel: bytes, info: bytes, longueur: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=longueur, salt=sel, info=info).derive(secret)
