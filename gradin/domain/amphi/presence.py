"""Who counts as connected: the one who may choose, and nobody else (rules.md §5)."""

from collections.abc import Collection


def connected(voix: Collection[int], procurations: Collection[int]) -> frozenset[int]:
    """Numbers of the internes whose chooser is there: under a procuration only the mandataire counts.

    `voix`: n is interne n himself, −n the mandataire of n. `procurations`: numbers that gave one.
    """
    eux = {n for n in voix if n > 0 and n not in procurations}
    return frozenset(eux | {-n for n in voix if n < 0 and -n in procurations})
