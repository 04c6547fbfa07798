"""The facts of an amphi, one class each: public fields, then `prive` (docs/reference/faits.md)."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from gradin.domain.amphi.depart import LigneListe, PosteOffert, SessionPrevue
from gradin.domain.amphi.parametres import Parametres
from gradin.domain.eligibilite.situation import TypeChoix
from gradin.domain.kernel import Fait, Motif

FORMAT = 1


class CausePasse(StrEnum):
    ABSENT = "absent"
    TEMPS_ECOULE = "temps_ecoule"
    AGENT = "agent"


class Voie(StrEnum):
    """Who expressed the choice."""

    INTERNE = "interne"
    MANDATAIRE = "mandataire"
    LISTE_ARMEE = "liste_armee"
    ARS = "ars"
    VOEUX = "voeux"


class Retour(StrEnum):
    """How somebody came back: by connecting, on request, by an agent, by a couple undone."""

    CONNEXION = "connexion"
    DEMANDE = "demande"
    AGENT = "agent"
    COUPLE = "couple"


class Label(StrEnum):
    """The neutral public reasons of a pause."""

    PAUSE = "pause"
    TECHNIQUE = "technique"
    REPAS = "repas"
    INCIDENT = "incident"
    FIN_DE_JOURNEE = "fin_de_journee"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acte:
    """Who did it and why: the private part of an act."""

    auteur: str
    motif: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActeADeux(Acte):
    second: str | None = None


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
class PausePrivee:
    """`reste_ms`: until the tour closes, grace included. `etat`: hash of the state that was paused."""

    auteur: str
    texte: str = ""
    reste_ms: int | None = None
    reste_absence_ms: int | None = None
    etat: str = ""


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
class TourPrive:
    """`duree_ms`: his own. `present`: connected at the opening. `mandataire`: somebody chooses for him."""

    duree_ms: int
    present: bool
    mandataire: bool = False


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
class PassePrive(Acte):
    cause: CausePasse


@dataclass(frozen=True, slots=True, kw_only=True)
class TourPasse(Fait):
    """`tour` is 0 in an amphi `par_voeux`."""

    tour: int
    interne: int
    prive: PassePrive


@dataclass(frozen=True, slots=True, kw_only=True)
class RetourPrive(Acte):
    retour: Retour


@dataclass(frozen=True, slots=True, kw_only=True)
class RetourPlace(Fait):
    interne: int
    prive: RetourPrive


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoixPrive(Acte):
    type_choix: TypeChoix
    voie: Voie
    vu: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoixConfirme(Fait):
    """`tour` is 0 in an amphi `par_voeux`; in a correction it is the tour of the choice annulled just before."""

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
class CloturePrivee(ActeADeux):
    """`etat`: hash of the state that was closed."""

    etat: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmphiClos(Fait):
    """`internes`: those still à venir, named by two agents."""

    internes: tuple[int, ...]
    prive: CloturePrivee


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePrive:
    auteur: str
    texte: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDiffuse(Fait):
    prive: MessagePrive


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeChoixChange(Acte):
    interne: int
    type_choix: TypeChoix


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiplicateurChange(Acte):
    interne: int
    multiplicateur: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class MandataireChange(Acte):
    """`mandataire`: opaque name of the one who may choose, None once the procuration is annulled."""

    interne: int
    mandataire: str | None
    acceptee: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceConstatee(Acte):
    """Seen in time at the opening of his tour: he keeps it whatever his connection does afterwards."""

    interne: int
    tour: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegleDepassee(Acte):
    """The ARS goes beyond a rule (surnombres of a service) in the choice that follows."""

    interne: int
    poste: str
    regle: Motif


ActePrive = TypeChoixChange | MultiplicateurChange | MandataireChange | PresenceConstatee | RegleDepassee


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
