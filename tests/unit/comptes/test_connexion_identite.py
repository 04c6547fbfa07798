"""A token of a service of identity: believed only when all of it is right."""

import time
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey

from gradin.web.compte.identite.fournisseurs import Fournisseur
from gradin.web.compte.identite.protocole import Identite, IdentiteRefusee, identite_of, verify_jeton

SERVICE = Fournisseur(
    cle="proconnect",
    nom="ProConnect",
    portees="openid email",
    emetteur="https://idp.example",
    client="gradin",
    secret="x" * 40,
)
CLE = ECKey.generate_key("P-256", parameters={"kid": "une"})
CLES = KeySet([CLE])
NONCE = "n" * 32


def jeton(cle: Any = CLE, alg: str = "ES256", **change: Any) -> str:
    heure = int(time.time())
    dits = {"iss": SERVICE.emetteur, "aud": "gradin", "sub": "42", "nonce": NONCE, "exp": heure + 60}
    justes = {mot: valeur for mot, valeur in {**dits, **change}.items() if valeur is not None}
    return jwt.encode({"alg": alg, "kid": "une"}, justes, cle, algorithms=[alg])


def test_a_right_one_is_believed() -> None:
    assert verify_jeton(jeton(), CLES, SERVICE, NONCE)["sub"] == "42"
    assert verify_jeton(jeton(aud=["gradin", "autre"]), CLES, SERVICE, NONCE)["sub"] == "42"


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://mal.example"},
        {"aud": "autre"},
        {"nonce": "autre"},
        {"nonce": None},
        {"exp": 1},
        {"exp": None},
        {"sub": None},
        {"iat": int(time.time()) + 3_600},
    ],
    ids=str,
)
def test_one_wrong_word_refuses_it(change: dict[str, Any]) -> None:
    with pytest.raises(IdentiteRefusee):
        verify_jeton(jeton(**change), CLES, SERVICE, NONCE)


def test_only_a_key_of_the_service_signs() -> None:
    other = ECKey.generate_key("P-256", parameters={"kid": "une"})
    secret = OctKey.import_key(SERVICE.secret, parameters={"kid": "une"})
    tete, corps, _ = jeton().split(".")
    for faux in (jeton(other), jeton(secret, "HS256"), f"{tete}.{corps}.", "x"):
        with pytest.raises(IdentiteRefusee):
            verify_jeton(faux, CLES, SERVICE, NONCE)
    assert SERVICE.secret not in repr(SERVICE)


@pytest.mark.parametrize(
    ("dits", "courriel", "rpps"),
    [
        ({"email": "a@b.fr", "email_verified": True}, "a@b.fr", ""),
        ({"email": "a@b.fr", "email_verified": "true"}, "", ""),
        ({"email": "a@b.fr"}, "", ""),
        ({"SubjectNameID": "810001234567"}, "", "10001234567"),
        ({"SubjectNameID": "010001234567"}, "", ""),
        ({"SubjectNameID": "8100"}, "", ""),
        ({}, "", ""),
    ],
)
def test_what_nobody_proved_is_not_there(dits: dict[str, Any], courriel: str, rpps: str) -> None:
    assert identite_of(SERVICE, dits) == Identite(courriel=courriel, rpps=rpps)
