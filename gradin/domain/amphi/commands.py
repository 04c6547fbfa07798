"""What may be asked of an amphi: one frozen dataclass per command, and the context it is decided in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from gradin.domain.amphi.depart import LigneListe, PosteOffert, SessionPrevue
from gradin.domain.amphi.facts import Label, Voie
from gradin.domain.amphi.parametres import Parametres
from gradin.domain.eligibilite.situation import TypeChoix

SYSTEME = "systeme"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contexte:
    """What lies outside the amphi, read by `handle`. `maintenant`: ms UTC, read when the request arrived.

    `presents`: internes whose chooser is connected. `ailleurs`: affectés in another amphi. `armee`: armed
    list, in order, of the one whose tour is open (empty when he did not opt in). `amont_ouvert`: an earlier
    amphi of the chain is not clos. `aval_ouvert`: a later one has started and is not clos.
    """

    maintenant: int
    presents: frozenset[int] = frozenset()
    ailleurs: frozenset[int] = frozenset()
    armee: tuple[str, ...] = ()
    amont_ouvert: bool = False
    aval_ouvert: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Commande:
    """`auteur`: opaque name of who acts, kept in the private part. `vu`: the last line his page had seen."""

    auteur: str = SYSTEME
    vu: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Echoir(Commande):
    """Ends what is due, by time or because somebody was affecté elsewhere. Idempotent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstaterPanne(Commande):
    """Nobody could commit from `de` (last beat or last fact) until now."""

    de: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmChoix(Commande):
    """« Oui je confirme », by the interne or (voie mandataire) by the one who holds his procuration."""

    interne: int
    poste: str
    tour: int
    voie: Voie = Voie.INTERNE


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnecterRetour(Commande):
    """His chooser has just connected: comes back if he passed absent, is no longer judged if it is his tour.

    Never refused: gives no fact when there is nothing to do.
    """

    interne: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DemanderRetour(Commande):
    """A passé asks to be placed back, once."""

    interne: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuitterCouple(Commande):
    interne: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FixerProcuration(Commande):
    """The mandant sent it (not accepted yet) or the mandataire accepted it. `mandataire`: opaque name."""

    interne: int
    mandataire: str
    acceptee: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnulerProcuration(Commande):
    interne: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActeAgent(Commande):
    """An act of the ARS. `second`: the agent who approved, where the rules ask for two."""

    motif: str = ""
    second: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Demarrer(ActeAgent):
    """Without sessions, one session of everybody starts now. `tenus`: postes held before this amphi."""

    amphi: str
    parametres: Parametres = field(default_factory=Parametres)
    liste: tuple[LigneListe, ...]
    offre: tuple[PosteOffert, ...]
    tenus: tuple[str, ...] = ()
    couples: tuple[tuple[int, int], ...] = ()
    sessions: tuple[SessionPrevue, ...] = ()
    empreinte_liste: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemarrerSession(ActeAgent):
    """The next one, or the one named (already begun: nothing to do)."""

    session: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pauser(ActeAgent):
    label: Label = Label.PAUSE
    texte: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprendre(ActeAgent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Passer(ActeAgent):
    tour: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MarquerAbsent(ActeAgent):
    """The one whose tour it is does not answer."""

    tour: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MarquerPresent(ActeAgent):
    """En cours: no longer judged. Passé: placed back. Hors choix: à venir again."""

    interne: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Prolonger(ActeAgent):
    tour: int
    ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacer(ActeAgent):
    interne: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(ActeAgent):
    texte: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoisirPour(ActeAgent):
    """On behalf of the one whose tour is open; `depasser`: beyond the surnombres of the service."""

    tour: int
    poste: str
    depasser: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AjouterPoste(ActeAgent):
    poste: PosteOffert


@dataclass(frozen=True, slots=True, kw_only=True)
class RetirerPoste(ActeAgent):
    poste: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeverReserve(ActeAgent):
    poste: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangerTypeChoix(ActeAgent):
    interne: int
    type_choix: TypeChoix


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangerMultiplicateur(ActeAgent):
    interne: int
    multiplicateur: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class MarquerHorsChoix(ActeAgent):
    interne: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coupler(ActeAgent):
    internes: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoupler(ActeAgent):
    interne: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrigerChoix(ActeAgent):
    """Two agents. `poste`: what he has instead, None when the choice is only annulled."""

    interne: int
    poste: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrigerListe(ActeAgent):
    """Two agents. `liste`: the lines changed or added, whole."""

    liste: tuple[LigneListe, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rattraper(ActeAgent):
    """A last session, in call order, for the passés."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clore(ActeAgent):
    """Two agents when somebody is still à venir."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoisirParVoeux(ActeAgent):
    """Gives the postes down the call list of an amphi `par_voeux`: each the first of his list open to him."""

    voeux: Mapping[int, tuple[str, ...]]


# The names of `POST /amphis/{id}/commandes` known to the engine; the others act before the start.
COMMANDES: Mapping[str, type[ActeAgent]] = {
    "corriger_liste": CorrigerListe,
    "demarrer": Demarrer,
    "demarrer_session": DemarrerSession,
    "pause": Pauser,
    "reprendre": Reprendre,
    "passer": Passer,
    "replacer": Replacer,
    "absent": MarquerAbsent,
    "present": MarquerPresent,
    "prolonger": Prolonger,
    "message": Message,
    "choisir_pour": ChoisirPour,
    "retirer_poste": RetirerPoste,
    "ajouter_poste": AjouterPoste,
    "lever_reserve": LeverReserve,
    "type_choix": ChangerTypeChoix,
    "multiplicateur": ChangerMultiplicateur,
    "hors_choix": MarquerHorsChoix,
    "coupler": Coupler,
    "decoupler": Decoupler,
    "corriger_choix": CorrigerChoix,
    "rattrapage": Rattraper,
    "choisir_par_voeux": ChoisirParVoeux,
    "clore": Clore,
}
