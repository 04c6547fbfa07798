"""Links of mails: a secret drawn by the caller, signed in the address, kept as a hash."""

from django.core import signing

from gradin.operations.comptes.jetons import empreinte_of
from gradin.operations.courriers.adresse import site_url

SEL = "gradin.lien"


def write_lien(chemin: str, secret: str) -> str:
    """The absolute address that a mail gives."""
    return site_url(f"{chemin}{signing.Signer(salt=SEL).sign(secret)}/")


def read_lien(signe: str) -> str | None:
    """The hash under which the row is found; None for what this installation never signed."""
    try:
        return empreinte_of(signing.Signer(salt=SEL).unsign(signe))
    except signing.BadSignature:
        return None
