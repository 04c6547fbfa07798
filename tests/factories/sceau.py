"""A certificate of one's own, as a region would receive it: a .p12 file and its password."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID

MOT_DE_PASSE = "coffre de la région"
JOURS = timedelta(days=30)
USAGES = {
    "digital_signature": True,
    "content_commitment": True,
    "key_encipherment": False,
    "data_encipherment": False,
    "key_agreement": False,
    "key_cert_sign": False,
    "crl_sign": False,
    "encipher_only": False,
    "decipher_only": False,
}


def make_certificat(chemin: Path, valide: timedelta = JOURS) -> x509.Certificate:
    """Writes the archive at `chemin`; the certificate signs itself."""
    cle = ec.generate_private_key(ec.SECP256R1())
    nom = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Agence régionale de santé (essai)")])
    maintenant = datetime.now(UTC)
    certificat = (
        x509.CertificateBuilder()
        .subject_name(nom)
        .issuer_name(nom)
        .public_key(cle.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(maintenant - 2 * JOURS)
        .not_valid_after(maintenant + valide)
        .add_extension(x509.KeyUsage(**USAGES), critical=True)
        .sign(cle, hashes.SHA256())
    )
    chiffrement = BestAvailableEncryption(MOT_DE_PASSE.encode())
    chemin.write_bytes(serialize_key_and_certificates(b"sceau", cle, certificat, None, chiffrement))
    return certificat
