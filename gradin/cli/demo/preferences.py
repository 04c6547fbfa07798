"""What a robot likes: his own DES first, the big hospitals, a taste of his own. Pure, seeded."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any

MEME_DES = 4.0
CHU = 1.6
CHU_MOTS = ("HCL", "CHU")


def rank_postes(
    graine: int, compte: int, des: str, offre: Mapping[str, Mapping[str, Any]], libres: Collection[str]
) -> Sequence[str]:
    """The postes he may take, best first: the same for the same seed, whatever the order given."""
    return sorted(
        libres, key=lambda poste: (-_score(graine, compte, des, offre.get(poste, {}), poste), poste)
    )


def _score(graine: int, compte: int, des: str, poste: Mapping[str, Any], numero: str) -> float:
    score = 1.0 + _taste(graine, "tous", str(poste.get("service", numero)))
    score += 1.5 * _taste(graine, str(compte), numero)
    if poste.get("des") == des:
        score *= MEME_DES
    if any(mot in str(poste.get("etablissement", "")) for mot in CHU_MOTS):
        score *= CHU
    return score


def _taste(graine: int, qui: str, quoi: str) -> float:
    """Between 0 and 1, without any state."""
    octets = hashlib.sha256(f"{graine}/{qui}/{quoi}".encode()).digest()
    return int.from_bytes(octets[:4], "big") / 2**32
