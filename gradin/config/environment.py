"""What the environment says, read once and checked: nothing else reads os.environ."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SERVICES_IDENTITE = {"proconnect": "GRADIN_OIDC_PROCONNECT", "pro-sante-connect": "GRADIN_OIDC_PSC"}
REGLAGES_IDENTITE = ("emetteur", "client", "secret")


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """The variables of the contract, with the defaults of the embedded mode."""

    data: Path
    database_url: str
    secret_key: str
    hosts: tuple[str, ...]
    smtp_url: str
    expediteur: str
    url: str
    metrics_token: str
    contact_securite: str
    journal_json: bool
    oidc: Mapping[str, Mapping[str, Any]] = field(repr=False)
    sceau_p12: str
    sceau_motdepasse: str = field(repr=False)
    sceau_motdepasse_fichier: str
    sceau_attestations: bool
    https: bool
    demonstration: bool


def read_environment() -> Environment:
    data = Path(os.environ.get("GRADIN_DATA", ROOT / "var")).resolve()
    hosts = os.environ.get("GRADIN_HOSTS", "127.0.0.1,localhost,[::1]")
    return Environment(
        data=data,
        database_url=os.environ.get("GRADIN_DATABASE_URL", f"sqlite:///{data / 'gradin.sqlite3'}"),
        secret_key=os.environ.get("GRADIN_SECRET_KEY") or _own_key(data),
        hosts=tuple(host.strip() for host in hosts.split(",") if host.strip()),
        smtp_url=os.environ.get("GRADIN_SMTP_URL", ""),
        expediteur=os.environ.get("GRADIN_EXPEDITEUR", "Gradin <ne-pas-repondre@gradin.localhost>"),
        url=os.environ.get("GRADIN_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"),
        contact_securite=os.environ.get("GRADIN_CONTACT_SECURITE", ""),
        journal_json=os.environ.get("GRADIN_LOGS", "") == "json",
        metrics_token=os.environ.get("GRADIN_METRICS_TOKEN", ""),
        oidc=_oidc(),
        sceau_p12=os.environ.get("GRADIN_SCEAU_P12", ""),
        sceau_motdepasse=os.environ.get("GRADIN_SCEAU_MOTDEPASSE", ""),
        sceau_motdepasse_fichier=os.environ.get("GRADIN_SCEAU_MOTDEPASSE_FICHIER", ""),
        sceau_attestations=os.environ.get("GRADIN_SCEAU_ATTESTATIONS", "") == "1",
        https=os.environ.get("GRADIN_HTTPS", "") == "1",
        demonstration=_is_demonstration(data),
    )


def _is_demonstration(data: Path) -> bool:
    """As GRADIN_DEMO says; else when the demonstration was loaded into an empty database here."""
    said = os.environ.get("GRADIN_DEMO", "")
    return said == "1" if said else (data / "demonstration").exists()


def _oidc() -> Mapping[str, Mapping[str, Any]]:
    """Service → its settings, for those of which one at least is given; what lacks is empty."""
    lus = {}
    for cle, prefixe in SERVICES_IDENTITE.items():
        reglages = {mot: os.environ.get(f"{prefixe}_{mot.upper()}", "") for mot in REGLAGES_IDENTITE}
        if any(reglages.values()):
            lus[cle] = {**reglages, "courriel_sur": os.environ.get(f"{prefixe}_COURRIEL_SUR", "") == "1"}
    return lus


def _own_key(data: Path) -> str:
    """The installation's own key, drawn once and readable by its user alone."""
    path = data / "secret.key"
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    data.mkdir(parents=True, exist_ok=True)
    key = secrets.token_urlsafe(48)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(key)
    return key
