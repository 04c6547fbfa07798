"""The two secrets of an invitation: the link that its mail carries, the code that the mandant gives himself.

Neither is stored: both follow from the platform's key and the row, so that a copy of the base opens nothing.
"""

import hmac

from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac

from gradin.data.demandes.models import Procuration

SEL = "gradin.procuration"
CHIFFRES = 6


def jeton_of(procuration: Procuration) -> str:
    """What stands in the link of the last invitation; the links before it open nothing any more."""
    return Signer(salt=SEL).sign(f"{procuration.cle}.{procuration.envois}").replace(":", "~")


def procuration_of(jeton: str) -> tuple[str, int] | None:
    """(cle, number of the invitation), or None for a link that is not ours."""
    try:
        cle, _, envois = Signer(salt=SEL).unsign(jeton.replace("~", ":")).partition(".")
    except BadSignature:
        return None
    return (cle, int(envois)) if envois.isdecimal() else None


def code_of(procuration: Procuration) -> str:
    """Six digits, others at each invitation."""
    digest = salted_hmac(f"{SEL}.code", f"{procuration.cle}.{procuration.envois}", algorithm="sha256")
    return f"{int(digest.hexdigest(), 16) % 10**CHIFFRES:0{CHIFFRES}d}"


def is_code(procuration: Procuration, code: str) -> bool:
    return hmac.compare_digest(code_of(procuration).encode(), code.strip().replace(" ", "").encode())
