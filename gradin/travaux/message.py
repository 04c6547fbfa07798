"""One mail as the wire wants it: both forms, encoded headers, nothing that a name could inject."""

import unicodedata
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from gradin.data.courriers.models import Envoi


class Illisible(Exception):
    """The address is none: nobody will ever read this mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A PDF that goes with the mail; `nom` is ours, ASCII."""

    nom: str
    contenu: bytes


def message_of(envoi: Envoi, expediteur: str, pieces: tuple[Piece, ...] = ()) -> EmailMessage:
    sender = _address(expediteur)
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = _address(envoi.destinataire)
    message["Subject"] = _one_line(envoi.sujet)
    message["Date"] = format_datetime(envoi.created_at)
    message["Message-ID"] = f"<{envoi.cle}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(envoi.texte)
    if envoi.html:
        message.add_alternative(envoi.html, subtype="html")
    for piece in pieces:
        message.add_attachment(piece.contenu, maintype="application", subtype="pdf", filename=piece.nom)
    return message


def _address(text: str) -> Address:
    """Refused, not repaired: a changed address would be somebody else's."""
    name, spec = parseaddr(text) if "<" in text else ("", text)
    try:
        validate_email(spec)
    except ValidationError as error:
        raise Illisible(f"adresse impossible : {spec!r}") from error
    return Address(display_name=_one_line(name), addr_spec=spec)


def _one_line(text: str) -> str:
    """Control characters, line breaks of any alphabet included, become spaces."""
    kept = (" " if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") else c for c in text)
    return " ".join("".join(kept).split(" ")).strip()
