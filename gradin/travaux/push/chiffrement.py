"""A message that only one device reads (RFC 8291, over the `aes128gcm` of RFC 8188): one record, one use."""

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

COURBE = ec.SECP256R1()
TAILLE = 4_096
# What push services must take (RFC 8030 §7.2), less header and seal.
MAXIMUM = 3_993
DERNIER = b"\x02"


def encrypt(
    clair: bytes, appareil: bytes, auth: bytes, *, ephemere: ec.EllipticCurvePrivateKey, sel: bytes
) -> bytes:
    """`appareil`: its point, 65 bytes; `auth`, `sel`: 16 bytes. `ephemere`, `sel`: for this message alone."""
    if len(clair) > MAXIMUM:
        raise ValueError(f"{len(clair)} bytes, {MAXIMUM} at most")
    notre = ephemere.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    partage = ephemere.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(COURBE, appareil))
    matiere = _derive(partage, auth, b"WebPush: info\0" + appareil + notre, 32)
    cle = _derive(matiere, sel, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derive(matiere, sel, b"Content-Encoding: nonce\0", 12)
    entete = sel + TAILLE.to_bytes(4, "big") + bytes([len(notre)]) + notre
    return entete + AESGCM(cle).encrypt(nonce, clair + DERNIER, None)


def _derive(secret: bytes, sel: bytes, info: bytes, longueur: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=longueur, salt=sel, info=info).derive(secret)
