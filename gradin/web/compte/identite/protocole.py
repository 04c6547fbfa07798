"""OpenID Connect, code flow with PKCE and nonce: where to send somebody, and who came back.

What the service says is believed only if its signature, issuer, audience, dates and nonce are right.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from ssl import SSLContext
from typing import Any
from urllib.parse import urlencode

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from gradin.web.compte.identite.fournisseurs import Fournisseur

ATTENTE_S = 5.0
DERIVE_S = 60
SIGNATURES = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384"]
# Asks for the first level of assurance: ProConnect and Pro Santé Connect both want it said.
NIVEAU = "eidas1"
ADRESSES = frozenset(("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"))


class IdentiteRefusee(Exception):
    """The service did not prove who came. The text is for the log: nothing of a token in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aller:
    """What the session keeps until the return, used once."""

    fournisseur: str
    etat: str
    nonce: str
    verificateur: str
    retour: str
    suite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identite:
    """Who came. Empty: not given, or not vouched for."""

    courriel: str
    rpps: str


def prepare(fournisseur: Fournisseur, retour: str, suite: str) -> tuple[str, dict[str, str]]:
    """(address to send the person to, what the session keeps)."""
    aller = Aller(
        fournisseur=fournisseur.cle,
        etat=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verificateur=secrets.token_urlsafe(48),
        retour=retour,
        suite=suite,
    )
    defi = hashlib.sha256(aller.verificateur.encode()).digest()
    demande = {
        "response_type": "code",
        "client_id": fournisseur.client,
        "redirect_uri": retour,
        "scope": fournisseur.portees,
        "acr_values": NIVEAU,
        "state": aller.etat,
        "nonce": aller.nonce,
        "code_challenge": base64.urlsafe_b64encode(defi).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    with _client() as client:
        annuaire = _discover(client, fournisseur)
    return f"{annuaire['authorization_endpoint']}?{urlencode(demande)}", asdict(aller)


def identify(fournisseur: Fournisseur, aller: Aller, code: str) -> Identite:
    """Exchanges the code. Raises IdentiteRefusee."""
    with _client() as client:
        annuaire = _discover(client, fournisseur)
        jetons = _exchange(client, annuaire, fournisseur, aller, code)
        cles = KeySet.import_key_set(_json(client.get(annuaire["jwks_uri"])))
        dit = verify_jeton(jetons["id_token"], cles, fournisseur, aller.nonce)
        profil = _profile(client, annuaire, jetons["access_token"], cles, fournisseur)
    if profil.get("sub") != dit["sub"]:
        raise IdentiteRefusee("the profile is of somebody else than the token")
    return identite_of(fournisseur, {**dit, **profil})


def identite_of(fournisseur: Fournisseur, dits: Mapping[str, Any]) -> Identite:
    """An e-mail that nobody has proved is none."""
    prouve = fournisseur.courriel_sur or dits.get("email_verified") is True
    national = str(dits.get("SubjectNameID", ""))
    # National number of a person of the health directory: « 8 », then the RPPS.
    rpps = national[1:] if len(national) == 12 and national.isdigit() and national[0] == "8" else ""
    return Identite(courriel=str(dits.get("email", "")).strip() if prouve else "", rpps=rpps)


def _client() -> httpx.Client:
    return httpx.Client(timeout=ATTENTE_S, follow_redirects=False, verify=_authorities())


@cache
def _authorities() -> SSLContext:
    """Reading them takes longer than a sign-in."""
    return httpx.create_ssl_context()


def _json(reponse: httpx.Response) -> Any:
    try:
        reponse.raise_for_status()
        return reponse.json()
    except (httpx.HTTPError, ValueError) as error:
        raise IdentiteRefusee(f"{reponse.url.path}: {reponse.status_code}") from error


def _discover(client: httpx.Client, fournisseur: Fournisseur) -> Mapping[str, str]:
    """Read each time: keys and addresses change without notice, and few people come this way at once."""
    adresse = fournisseur.emetteur.rstrip("/") + "/.well-known/openid-configuration"
    annuaire: Mapping[str, str] = _json(client.get(adresse))
    if annuaire.get("issuer") != fournisseur.emetteur:
        raise IdentiteRefusee("the directory is of another issuer")
    if not annuaire.keys() >= ADRESSES:
        raise IdentiteRefusee("the directory lacks an address")
    return annuaire


def _exchange(
    client: httpx.Client, annuaire: Mapping[str, str], fournisseur: Fournisseur, aller: Aller, code: str
) -> Mapping[str, str]:
    demande = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": aller.retour,
        "client_id": fournisseur.client,
        "client_secret": fournisseur.secret,
        "code_verifier": aller.verificateur,
    }
    jetons: Mapping[str, str] = _json(client.post(annuaire["token_endpoint"], data=demande))
    if not {"id_token", "access_token"} <= jetons.keys():
        raise IdentiteRefusee("no token in the answer")
    return jetons


def verify_jeton(jeton: str, cles: KeySet, fournisseur: Fournisseur, nonce: str) -> Mapping[str, Any]:
    regles = jwt.JWTClaimsRegistry(
        leeway=DERIVE_S,
        iss={"essential": True, "value": fournisseur.emetteur},
        aud={"essential": True, "value": fournisseur.client},
        exp={"essential": True},
        sub={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    return _open(jeton, cles, regles)


def _profile(
    client: httpx.Client,
    annuaire: Mapping[str, str],
    acces: str,
    cles: KeySet,
    fournisseur: Fournisseur,
) -> Mapping[str, Any]:
    """ProConnect signs it; others give plain JSON."""
    reponse = client.get(annuaire["userinfo_endpoint"], headers={"Authorization": f"Bearer {acces}"})
    if not reponse.headers.get("content-type", "").startswith("application/jwt"):
        profil: Mapping[str, Any] = _json(reponse)
        return profil
    regles = jwt.JWTClaimsRegistry(
        leeway=DERIVE_S,
        iss={"value": fournisseur.emetteur},
        aud={"value": fournisseur.client},
        sub={"essential": True},
    )
    return _open(reponse.text, cles, regles)


def _open(jeton: str, cles: KeySet, regles: jwt.JWTClaimsRegistry) -> Mapping[str, Any]:
    try:
        dits = jwt.decode(jeton, cles, algorithms=SIGNATURES).claims
        regles.validate(dits)
    except (JoseError, ValueError) as error:
        raise IdentiteRefusee(f"a token is refused: {type(error).__name__}") from error
    return dits
