"""What the demonstration shows: which amphi stands in which state, and when."""

from dataclasses import dataclass

from gradin.queries.relais import SUITE

JOUR = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One amphi. `debut`: minutes from now. `tours`: played beforehand, None for all, then closed."""

    groupe: str
    phase: str
    debut: int
    publiee: bool = True
    etat: str = "ouvert"
    tours: int | None = 0


EN_DIRECT = Scene(groupe="3", phase="approfondissement", debut=-3, tours=9)
# The earlier of a chain first: the later one may not start before it is closed.
JOUEES = (
    Scene(groupe="8", phase="socle", debut=-2 * JOUR, tours=None),
    Scene(groupe="3", phase="socle", debut=-JOUR, tours=None),
    Scene(groupe="3", phase="ancien-regime", debut=-40, tours=None),
    EN_DIRECT,
)
A_VENIR = (
    Scene(groupe="8", phase="approfondissement", debut=90),
    Scene(groupe="4", phase="socle", debut=JOUR),
    Scene(groupe="4", phase="approfondissement", debut=JOUR + 60),
    Scene(groupe="6", phase="approfondissement", debut=2 * JOUR),
    Scene(groupe="7", phase="approfondissement", debut=3 * JOUR),
    Scene(groupe="5", phase="approfondissement", debut=5 * JOUR),
    Scene(groupe="2", phase="ancien-regime", debut=9 * JOUR, etat="valide", publiee=False),
    Scene(groupe="2", phase="approfondissement", debut=9 * JOUR + 60, etat="valide", publiee=False),
    Scene(groupe="2", phase="socle", debut=10 * JOUR, etat="valide", publiee=False),
    Scene(groupe="1", phase="socle", debut=11 * JOUR, etat="valide", publiee=False),
    Scene(groupe="1", phase="approfondissement", debut=12 * JOUR, etat="valide", publiee=False),
    Scene(groupe="12", phase="socle", debut=15 * JOUR, etat="brouillon", publiee=False),
    Scene(groupe="12", phase="approfondissement", debut=15 * JOUR, etat="brouillon", publiee=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """`jouees`: played when the curtain opens; `a_venir`: prepared, and left to be played."""

    jouees: tuple[Scene, ...]
    a_venir: tuple[Scene, ...]

    @property
    def scenes(self) -> tuple[Scene, ...]:
        return (*self.jouees, *self.a_venir)


DEMONSTRATION = Programme(jouees=JOUEES, a_venir=A_VENIR)
# Ten that share no poste, so that they can all run at once: 560 internes of the file.
REPETITION = Programme(
    jouees=(),
    a_venir=tuple(
        Scene(groupe=groupe, phase=phase, debut=JOUR)
        for groupe, phase in (
            ("1", "socle"),
            ("2", "socle"),
            ("3", "socle"),
            ("4", "socle"),
            ("4", "approfondissement"),
            ("5", "approfondissement"),
            ("6", "approfondissement"),
            ("7", "approfondissement"),
            ("8", "approfondissement"),
            ("P01", "approfondissement"),
        )
    ),
)
# Played by the robots one after the other once the live one is over: one session each.
RELAIS = SUITE[1:]
MINUTES_RELAIS = 10
AUTRES = 13 * JOUR
# Short sessions, so that the robots' pace and the hours shown agree.
INTERNES_PAR_SESSION = 50
MINUTES_PAR_SESSION = 5
MINUTES_JOUEES = 35
PARAMETRES = {"noms_publics": "direct", "demarrage_auto": True}
