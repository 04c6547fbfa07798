"""The settings of one amphi (rules.md: whatever is a parameter), and their JSON."""

from dataclasses import dataclass
from enum import StrEnum

from gradin.domain.eligibilite.situation import PolitiqueSurnombre, Reglement, Severite


class Mode(StrEnum):
    EN_LIGNE = "en_ligne"
    EN_SALLE = "en_salle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parametres:
    """Durations in milliseconds. Public as a whole: they stand in the first fact."""

    duree_tour_ms: int = 90_000
    grace_ms: int = 2_000
    delai_absence_ms: int = 15_000
    reprise_auto_ms: int = 30_000
    reste_minimal_ms: int = 30_000
    indulgence_ms: int = 30_000
    mode: Mode = Mode.EN_LIGNE
    par_voeux: bool = False
    liste_armee: bool = False
    demarrage_auto: bool = False
    surnombre: PolitiqueSurnombre = PolitiqueSurnombre.IDF
    surnombres_max_par_service: int | None = None
    deja_valide: Severite = Severite.AVERTIT
    maquette: Severite = Severite.AVERTIT

    @property
    def reglement(self) -> Reglement:
        """What the rules of eligibility need of it."""
        return Reglement(
            politique=self.surnombre,
            surnombres_max=self.surnombres_max_par_service,
            deja_valide=self.deja_valide,
            maquette=self.maquette,
        )
