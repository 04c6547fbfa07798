"""The seal of the region over a finished page: PAdES, baseline B, with the certificate on this machine."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

CHAMP = "Sceau"


class SceauIllisible(Exception):
    """The certificate that the region gave cannot seal. Says why and what to do, in French."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sceau:
    """A PKCS#12 archive and its password, as the child process is handed them; neither is ever shown."""

    p12: bytes = field(repr=False)
    mot_de_passe: bytes = field(repr=False)


def read_sceau(chemin: str, mot_de_passe: str, fichier: str = "") -> Sceau:
    """`fichier` holds the password when it is not given itself. Raises SceauIllisible."""
    try:
        secret = Path(fichier).read_text(encoding="utf-8").strip() if fichier else mot_de_passe
        return Sceau(p12=Path(chemin).read_bytes(), mot_de_passe=secret.encode())
    except (OSError, UnicodeDecodeError) as error:
        raise SceauIllisible(f"un fichier ne peut pas être lu ({error}).") from error


def expiry_of(sceau: Sceau) -> datetime:
    """The last instant of the certificate. Raises SceauIllisible when it cannot seal at all."""
    try:
        archive = load_pkcs12(sceau.p12, sceau.mot_de_passe or None)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise SceauIllisible(
            "le mot de passe est faux, ou le fichier n’est pas du PKCS#12 (.p12)."
        ) from error
    if archive.key is None or archive.cert is None:
        raise SceauIllisible("le fichier ne contient pas un certificat avec sa clé privée.")
    return archive.cert.certificate.not_valid_after_utc.astimezone(UTC)


def sealed(pdf: bytes, sceau: Sceau | None) -> bytes:
    """In the child. The same page when the region has no certificate."""
    return pdf if sceau is None else _seal(pdf, sceau)


def _seal(pdf: bytes, sceau: Sceau) -> bytes:
    """Certifies that nothing may follow. The field is out of the page: PDF/UA wants one on it tagged."""
    # Half a second and thirty megabytes that only a child of a region with a certificate pays.
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    metadonnees = signers.PdfSignatureMetadata(
        field_name=CHAMP,
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    champ = fields.SigFieldSpec(
        sig_field_name=CHAMP,
        readable_field_name="Sceau de l’agence régionale de santé",
        invis_sig_settings=fields.InvisSigSettings(box_out_of_bounds=True),
    )
    sortie = BytesIO()
    signataire = signers.PdfSigner(metadonnees, signer=_signer(sceau), new_field_spec=champ)
    signataire.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=sortie)
    return sortie.getvalue()


@cache
def _signer(sceau: Sceau) -> Any:
    """Opening the archive costs more than sealing a page."""
    from pyhanko.sign.signers import SimpleSigner

    return SimpleSigner.load_pkcs12_data(sceau.p12, other_certs=(), passphrase=sceau.mot_de_passe or None)
