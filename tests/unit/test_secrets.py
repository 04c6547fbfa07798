"""No secret is in the repository: keys, tokens, what looks drawn at random beside a telling name (S09)."""

import math
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[2]
FORMES = {
    "private key": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{20}"),
    "cloud key": re.compile(r"A(?:KIA|SIA)[0-9A-Z]{16}\b|AIza[\w-]{35}"),
    "token of a forge": re.compile(
        r"gh[pousr]_[A-Za-z0-9]{30}|github_pat_\w{30}|glpat-[\w-]{20}|pypi-AgE[\w-]{30}"
    ),
    "token of a service": re.compile(r"xox[abprs]-[\w-]{10}|[sr]k_live_\w{10}|npm_[A-Za-z0-9]{36}"),
    "signed token": re.compile(r"eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10}"),
}
# A value; then, just before it, the name that it is given; in an address, a password.
VALEUR = re.compile(r"[:=]\s{0,2}[\"']?([A-Za-z0-9+/=_~.-]{20,200})")
NOM = re.compile(
    r"(?:key|secret|passw|token|mot_?de_?passe|jeton|cle)[\w-]{0,30}[\"']?\s{0,2}$", re.IGNORECASE
)
AVANT = 60
ADRESSE = re.compile(r"://[\w.-]{1,60}:([\w+=~.-]{8,100})@")
# Signs of entropy a character: words and paths stay under it.
ENTROPIE = 3.9
# Known to everybody, and worth nothing: what tests look for in pages and logs.
ADMIS = {"canari~0123456789abcdefghijklmnop"}


def entropy(texte: str) -> float:
    return -sum(n / len(texte) * math.log2(n / len(texte)) for n in Counter(texte).values())


def is_drawn(valeur: str) -> bool:
    mele = re.search(r"\d", valeur) and re.search(r"[A-Za-z]", valeur)
    return bool(mele) and valeur not in ADMIS and entropy(valeur) > ENTROPIE


def find_secrets(texte: str) -> Iterator[str]:
    for nom, forme in FORMES.items():
        yield from (f"{nom}: {trouve[0][:60]}" for trouve in forme.finditer(texte))
    for trouve in VALEUR.finditer(texte):
        if is_drawn(trouve[1]) and NOM.search(texte[max(0, trouve.start() - AVANT) : trouve.start()]):
            yield f"drawn at random: {trouve[1][:60]}"
    yield from (f"password: {trouve[0]}" for trouve in ADRESSE.finditer(texte) if is_drawn(trouve[1]))


def tracked() -> list[Path]:
    dit = subprocess.run(["git", "ls-files", "-z"], cwd=RACINE, capture_output=True, text=True, check=True)
    return [RACINE / nom for nom in dit.stdout.split("\0") if nom]


def test_nothing_that_is_tracked_holds_a_secret() -> None:
    trouves = []
    for fichier in tracked():
        if not fichier.is_file():
            continue
        octets = fichier.read_bytes()
        if b"\0" in octets[:8_000]:
            continue
        relatif = str(fichier.relative_to(RACINE))
        trouves += [f"{relatif}: {un}" for un in find_secrets(octets.decode("utf-8", "replace"))]
    assert trouves == []


@pytest.mark.parametrize(
    "parties",
    [
        ("-----BEGIN EC PRIVATE", " KEY-----\nMHcCAQEEIBkg0u3JmYt1sK0q"),
        ("AKI", "AIOSFODNN7EXAMPLE"),
        ("gh", "p_16C7e42F292c6912E7710c838347Ae178B4a"),
        ("eyJhbGciOiJIUzI1NiJ9", ".eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N"),
        ("GRADIN_SECRET_KEY=", "k9-Lm2_pQ7rS4tU8vW1xY3zA5bC6dE0fG-hJ2kN4mP6"),
        ('"smtp_password": "', 'vT8qLw2ZxR5nKc7yHb3d"'),
        ("postgresql://gradin:", "vT8qLw2ZxR5nKc7yHb3d@base.example.fr/gradin"),
    ],
)
def test_a_secret_would_be_seen(parties: tuple[str, str]) -> None:
    """Each in two pieces here, or this file would be one of those found."""
    assert len(list(find_secrets("".join(parties)))) == 1


def test_words_paths_and_hashes_of_packages_are_no_secret() -> None:
    texte = "cle = tests.factories.amphis.make_amphi\nPASSWORD_HASHERS = [\n--hash=sha256:" + "0a1b2c" * 10
    assert list(find_secrets(texte)) == []
