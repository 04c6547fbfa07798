"""I46: whatever is changed, removed, inserted or moved is found, at the line where it was done."""

import random
from collections.abc import Callable
from io import BytesIO

import pytest

from tests.unit.verification.simulation import Hasard, as_bytes, journal
from tests.unit.verification.verdict import verdict
from verification.verify_journal import check_head, verify

Lignes = list[bytes]
Alteration = Callable[[random.Random, Lignes, int], Lignes]
ESSAIS = 120


def _replace_byte(draw: random.Random, lignes: Lignes, k: int) -> Lignes:
    i = draw.randrange(len(lignes[k]))
    other = draw.choice([byte for byte in range(256) if byte != lignes[k][i]])
    return [*lignes[:k], lignes[k][:i] + bytes([other]) + lignes[k][i + 1 :], *lignes[k + 1 :]]


def _delete_byte(draw: random.Random, lignes: Lignes, k: int) -> Lignes:
    i = draw.randrange(len(lignes[k]))
    return [*lignes[:k], lignes[k][:i] + lignes[k][i + 1 :], *lignes[k + 1 :]]


def _insert_byte(draw: random.Random, lignes: Lignes, k: int) -> Lignes:
    """Spaces first: they change no value."""
    i = draw.randrange(len(lignes[k]))
    added = draw.choice([b" ", b"\n", b"\t", b"0", b'"', b"a", b"\xe9"])
    return [*lignes[:k], lignes[k][:i] + added + lignes[k][i:], *lignes[k + 1 :]]


def _delete_line(draw: random.Random, lignes: Lignes, k: int) -> Lignes:
    return [*lignes[:k], *lignes[k + 1 :]]


def _repeat_line(draw: random.Random, lignes: Lignes, k: int) -> Lignes:
    return [*lignes[:k], draw.choice(lignes[:k] + lignes[k + 1 :]), *lignes[k:]]


def _swap_lines(draw: random.Random, lignes: Lignes, k: int) -> Lignes:
    return [*lignes[:k], lignes[k + 1], lignes[k], *lignes[k + 2 :]]


@pytest.fixture(scope="module", params=[True, False], ids=["complet", "public"])
def lignes(request: pytest.FixtureRequest) -> Lignes:
    return as_bytes(journal(Hasard(11).play(60)), complet=request.param)


@pytest.mark.parametrize(
    "alter", [_replace_byte, _delete_byte, _insert_byte, _delete_line, _repeat_line, _swap_lines]
)
def test_an_altered_journal_is_refused_at_the_altered_line(lignes: Lignes, alter: Alteration) -> None:
    draw = random.Random(46)
    for _ in range(ESSAIS):
        k = draw.randrange(len(lignes) - 1)
        altered = BytesIO(b"".join(alter(draw, lignes, k))).readlines()
        found = verdict(altered)
        assert found is not None, f"ligne {k + 1}"
        assert found[0] == k + 1


def test_a_journal_cut_anywhere_lacks_the_published_head(lignes: Lignes) -> None:
    tete = verify(iter(lignes)).lignes[-1].h
    for kept in range(1, len(lignes)):
        with pytest.raises(Exception, match="tronqué") as refus:
            check_head(verify(iter(lignes[:kept])), tete)
        assert refus.value.n == kept  # type: ignore[attr-defined]


def test_a_published_head_is_found_after_the_journal_has_grown(lignes: Lignes) -> None:
    tete = verify(iter(lignes[:12])).lignes[-1].h
    assert check_head(verify(iter(lignes)), tete) == 12


@pytest.mark.parametrize("brut", [b"", b"\n", b"[]\n", b"{}\n", b"NaN\n", b"\xff\n", b"[" * 100_000 + b"\n"])
def test_anything_else_is_refused_at_line_one(brut: bytes) -> None:
    found = verdict([brut])
    assert found is not None
    assert found[0] == 1


def test_an_empty_file_is_refused() -> None:
    assert verdict([]) == (0, "le journal est vide")
