"""What an amphi starts with: its list, its offer, its sessions."""

from dataclasses import dataclass
from fractions import Fraction

from gradin.domain.eligibilite.situation import TypeChoix


@dataclass(frozen=True, slots=True, kw_only=True)
class LignePrivee:
    """What only its owner and the ARS may read of a line.

    `codes`: DESC, FST, options that open reserved postes. `figures`: how the rank was computed, as texts.
    `mandataire`: opaque name of the one who may choose for him once `procuration_acceptee`.
    """

    type_choix: TypeChoix = TypeChoix.CLASSIQUE
    multiplicateur: Fraction = Fraction(1)
    absence_prevue: bool = False
    codes: tuple[str, ...] = ()
    valides: tuple[str, ...] = ()
    hors_maquette: tuple[str, ...] = ()
    derogation: bool = False
    mandataire: str | None = None
    procuration_acceptee: bool = False
    figures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneListe:
    """One interne of the started list. `interne` is his number for ever, `rang` his place in the call."""

    interne: int
    rang: int
    des: str
    prive: LignePrivee = LignePrivee()


@dataclass(frozen=True, slots=True, kw_only=True)
class PosteOffert:
    """One poste. `poste`: the ARS's numéro. `reserve`: codes it is reserved for, empty when open to all."""

    poste: str
    service: str
    des: str
    reserve: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPrevue:
    """A slice of ranks, `rang_de` to `rang_a` included; `debut`, `fin` in ms UTC."""

    session: int
    debut: int
    fin: int
    rang_de: int
    rang_a: int
