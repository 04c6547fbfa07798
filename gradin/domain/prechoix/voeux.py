"""« Mes vœux »: numéros of postes, best first; each gesture gives the list that follows."""

from collections.abc import Callable, Iterable

Voeux = tuple[str, ...]
Geste = Callable[[Voeux], Voeux]


def add_voeux(numeros: Iterable[str]) -> Geste:
    """At the end, in their order; those already there stay where they are."""
    ajoutes = tuple(numeros)
    return lambda voeux: tuple(dict.fromkeys((*voeux, *ajoutes)))


def remove_voeu(numero: str) -> Geste:
    return lambda voeux: tuple(voeu for voeu in voeux if voeu != numero)


def place_voeu(numero: str, rang: int) -> Geste:
    """At this rank, 1 for the first; beyond the ends, at the end. Not wished for: nothing changes."""

    def geste(voeux: Voeux) -> Voeux:
        if numero not in voeux:
            return voeux
        autres = [voeu for voeu in voeux if voeu != numero]
        autres.insert(max(0, rang - 1), numero)
        return tuple(autres)

    return geste


def move_voeu(numero: str, pas: int) -> Geste:
    """`pas`: -1 up, 1 down."""

    def geste(voeux: Voeux) -> Voeux:
        if numero not in voeux:
            return voeux
        return place_voeu(numero, max(1, voeux.index(numero) + 1 + pas))(voeux)

    return geste
