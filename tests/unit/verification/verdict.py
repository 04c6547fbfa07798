"""What the verifier says of a journal, as (line, reason), None when it holds."""

from collections.abc import Iterable

from gradin.domain.kernel import Fait
from tests.unit.verification.simulation import as_bytes, journal
from verification.verify_journal import Erreur, verify

Verdict = tuple[int, str] | None


def verdict(lignes: Iterable[bytes], niveau: str | None = None) -> Verdict:
    try:
        verify(iter(lignes), niveau)
    except Erreur as erreur:
        return erreur.n, str(erreur)
    return None


def verdict_of(faits: Iterable[Fait], *, complet: bool = True) -> Verdict:
    """The facts are numbered, committed to and chained anew: only the rules can object."""
    return verdict(as_bytes(journal(faits), complet=complet))
