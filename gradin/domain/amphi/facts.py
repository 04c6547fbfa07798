"""The facts of an amphi, one class each: public fields, then `prive` (docs/reference/faits.md)."""

from dataclasses import dataclass

from gradin.domain.amphi.depart import LigneListe, PosteOffert, SessionPrevue
from gradin.domain.amphi.parametres import Parametres
from gradin.domain.amphi.prives import (
    Acte,
    ActeADeux,
    ActePrive,
    CausePasse,
    ChoixPrive,
    CloturePrivee,
    Label,
    MandataireChange,
    MessagePrive,
    MultiplicateurChange,
    PassePrive,
    PausePrivee,
    PresenceConstatee,
    RegleDepassee,
    Retour,
    RetourPrive,
    TourPrive,
    TypeChoixChange,
    Voie,
)
from gradin.domain.kernel import Fait

__all__ = [
    "Acte",
    "ActeADeux",
    "ActePrive",
    "CausePasse",
    "ChoixPrive",
    "CloturePrivee",
    "Label",
    "MandataireChange",
    "MessagePrive",
    "MultiplicateurChange",
    "PassePrive",
    "PausePrivee",
    "PresenceConstatee",
    "RegleDepassee",
    "Retour",
    "RetourPrive",
    "TourPrive",
    "TypeChoixChange",
    "Voie",
]
FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AmphiDemarre(Fait):
    """`sels`: one per line of the list, given when the fact is sealed into the journal."""

    amphi: str
    format: int = FORMAT
    parametres: Parametres
    empreinte_liste: str = ""
    liste: tuple[LigneListe, ...]
    hors_choix: tuple[int, ...] = ()
    offre: tuple[PosteOffert, ...]
    tenus: tuple[str, ...] = ()
    couples: tuple[tuple[int, int], ...] = ()
    sessions: tuple[SessionPrevue, ...]
    prive: Acte
    sels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeCorrigee(Fait):
    """The lines changed or added, whole; the others stay."""

    liste: tuple[LigneListe, ...]
    prive: ActeADeux
    sels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOuverte(Fait):
    session: int
    prive: Acte


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseDebutee(Fait):
    label: Label
    prive: PausePrivee


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseTerminee(Fait):
    prive: Acte


@dataclass(frozen=True, slots=True, kw_only=True)
class PanneConstatee(Fait):
    """The service could not commit between `de` and `a`; nobody pays for it."""

    de: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TourOuvert(Fait):
    tour: int
    interne: int
    duree_ms: int
    prive: TourPrive


@dataclass(frozen=True, slots=True, kw_only=True)
class TourProlonge(Fait):
    tour: int
    ms: int
    prive: Acte


@dataclass(frozen=True, slots=True, kw_only=True)
class TourPasse(Fait):
    """`tour` is 0 in an amphi `par_voeux`."""

    tour: int
    interne: int
    prive: PassePrive


@dataclass(frozen=True, slots=True, kw_only=True)
class RetourPlace(Fait):
    interne: int
    prive: RetourPrive


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoixConfirme(Fait):
    """`tour` is 0 in an amphi `par_voeux`; in a correction, the tour of the choice annulled just before."""

    tour: int
    interne: int
    poste: str
    prive: ChoixPrive


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoixAnnule(Fait):
    """`n`: the line of the choice annulled."""

    n: int
    prive: ActeADeux


@dataclass(frozen=True, slots=True, kw_only=True)
class PosteAjoute(Fait):
    poste: PosteOffert
    prive: Acte


@dataclass(frozen=True, slots=True, kw_only=True)
class PosteRetire(Fait):
    poste: str
    prive: Acte


@dataclass(frozen=True, slots=True, kw_only=True)
class ReserveLevee(Fait):
    poste: str
    prive: Acte


@dataclass(frozen=True, slots=True, kw_only=True)
class CoupleForme(Fait):
    internes: tuple[int, int]
    prive: Acte


@dataclass(frozen=True, slots=True, kw_only=True)
class CoupleDefait(Fait):
    internes: tuple[int, int]
    prive: Acte


@dataclass(frozen=True, slots=True, kw_only=True)
class HorsChoixConstate(Fait):
    interne: int
    prive: Acte


@dataclass(frozen=True, slots=True, kw_only=True)
class RattrapageOuvert(Fait):
    internes: tuple[int, ...]
    prive: Acte


@dataclass(frozen=True, slots=True, kw_only=True)
class AmphiClos(Fait):
    """`internes`: those still à venir, named by two agents."""

    internes: tuple[int, ...]
    prive: CloturePrivee


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDiffuse(Fait):
    prive: MessagePrive


@dataclass(frozen=True, slots=True, kw_only=True)
class ActeReserve(Fait):
    """Something happened that only the ARS (and the one concerned) may read."""

    prive: ActePrive


FAITS: tuple[type[Fait], ...] = (
    AmphiDemarre,
    ListeCorrigee,
    SessionOuverte,
    PauseDebutee,
    PauseTerminee,
    PanneConstatee,
    TourOuvert,
    TourProlonge,
    TourPasse,
    RetourPlace,
    ChoixConfirme,
    ChoixAnnule,
    PosteAjoute,
    PosteRetire,
    ReserveLevee,
    CoupleForme,
    CoupleDefait,
    HorsChoixConstate,
    RattrapageOuvert,
    AmphiClos,
    MessageDiffuse,
    ActeReserve,
)
