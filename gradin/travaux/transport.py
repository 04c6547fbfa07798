"""Where mails leave from: an SMTP server, or files in the embedded mode."""

import hashlib
import smtplib
import ssl
from contextlib import AbstractContextManager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import unquote, urlsplit

# One operation with the server. A run of the outbox stays well under its lease.
DELAI_S = 5.0


class Panne(Exception):
    """No server to talk to: nothing is wrong with the mail itself, all of them wait."""


class Rejet(Exception):
    """The server refused this mail for ever: trying again would only annoy it."""


class Report(Exception):
    """The server refused this mail for now."""


class Transport(AbstractContextManager["Transport"], Protocol):
    def send(self, message: EmailMessage) -> None:
        """Returns when the mail is somebody else's charge; raises Panne, Rejet or Report."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AdresseSmtp:
    chiffrement: str
    host: str
    port: int
    user: str
    password: str


def parse_smtp_url(url: str) -> AdresseSmtp:
    """smtp://user:pass@host:port in clear, smtps:// TLS at once, starttls:// TLS after EHLO."""
    parts = urlsplit(url)
    ports = {"smtp": 25, "smtps": 465, "starttls": 587}
    if parts.scheme not in ports or not parts.hostname:
        raise ValueError("GRADIN_SMTP_URL: smtp://, smtps:// or starttls://[user:password@]host[:port]")
    return AdresseSmtp(
        chiffrement=parts.scheme,
        host=parts.hostname,
        port=parts.port or ports[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


class SmtpTransport:
    """One connection for the mails of one run."""

    def __init__(self, adresse: AdresseSmtp) -> None:
        self.adresse = adresse
        self.server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.server is not None:
            try:
                self.server.quit()
            except (OSError, smtplib.SMTPException):
                self.server.close()

    def send(self, message: EmailMessage) -> None:
        server = self._connected()
        try:
            server.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            code, reason = next(iter(refused.recipients.values()))
            _raise_for(code, reason)
        except smtplib.SMTPDataError as error:
            _raise_for(error.smtp_code, error.smtp_error)
        except (smtplib.SMTPNotSupportedError, UnicodeError, ValueError) as error:
            raise Rejet(str(error)) from error
        except smtplib.SMTPServerDisconnected as error:
            raise Panne(str(error)) from error
        except smtplib.SMTPException as error:
            raise Report(str(error)) from error
        except OSError as error:
            raise Panne(str(error)) from error

    def _connected(self) -> smtplib.SMTP:
        if self.server is None:
            try:
                self.server = _connect(self.adresse)
            except (OSError, smtplib.SMTPException) as error:
                raise Panne(str(error)) from error
        return self.server


class FichierTransport:
    """The embedded mode without a server: one .eml file per mail, the same key the same file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def send(self, message: EmailMessage) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            path = self.folder / f"{_file_name(message)}.eml"
            draft = path.with_suffix(".tmp")
            draft.write_bytes(message.as_bytes())
            draft.replace(path)
        except OSError as error:
            raise Panne(str(error)) from error


def open_transport(url: str, data: Path) -> Transport:
    return SmtpTransport(parse_smtp_url(url)) if url else FichierTransport(data / "courriers")


def _connect(adresse: AdresseSmtp) -> smtplib.SMTP:
    if adresse.chiffrement == "smtps":
        context = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(adresse.host, adresse.port, timeout=DELAI_S, context=context)
    else:
        server = smtplib.SMTP(adresse.host, adresse.port, timeout=DELAI_S)
    if adresse.chiffrement == "starttls":
        server.starttls(context=ssl.create_default_context())
    if adresse.user:
        server.login(adresse.user, adresse.password)
    return server


def _raise_for(code: int, reason: bytes | str) -> None:
    text = reason.decode(errors="replace") if isinstance(reason, bytes) else reason
    if code == 421:
        raise Panne(f"{code} {text}")
    raise (Rejet if code >= 500 else Report)(f"{code} {text}")


def _file_name(message: EmailMessage) -> str:
    cle = str(message["Message-ID"]).strip("<>").rpartition("@")[0]
    return cle if cle else hashlib.sha256(message.as_bytes()).hexdigest()
