"""The private parts of facts: who, why, and what only the ARS and the one concerned may read."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from gradin.domain.eligibilite.situation import TypeChoix
from gradin.domain.kernel import Motif


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
class PausePrivee:
    """`reste_ms`: until the tour closes, grace included. `etat`: hash of the state that was paused."""

    auteur: str
    texte: str = ""
    reste_ms: int | None = None
    reste_absence_ms: int | None = None
    etat: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TourPrive:
    """`duree_ms`: his own. `present`: connected at the opening. `mandataire`: somebody chooses for him."""

    duree_ms: int
    present: bool
    mandataire: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PassePrive(Acte):
    cause: CausePasse


@dataclass(frozen=True, slots=True, kw_only=True)
class RetourPrive(Acte):
    retour: Retour


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoixPrive(Acte):
    type_choix: TypeChoix
    voie: Voie
    vu: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloturePrivee(ActeADeux):
    """`etat`: hash of the state that was closed."""

    etat: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePrive:
    auteur: str
    texte: str


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
