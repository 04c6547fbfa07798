"""The figures of each candidate that decide his place, before he has one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from gradin.domain.rang.actualise import compute_rang_actualise
from gradin.domain.rang.anciennete import compute_anciennete
from gradin.domain.rang.liste import Candidat
from gradin.domain.rang.parametres import ParametresRang, Portee
from gradin.domain.rang.promotion import find_promotion_theorique
from gradin.domain.rang.semestre import Semestre


@dataclass(frozen=True, slots=True, kw_only=True)
class Mesure:
    """A candidate with everything that orders him."""

    candidat: Candidat
    anciennete: int
    effectif_local: int
    promotion_theorique: int
    effectif_theorique: int
    rang_actualise: Fraction | None


def measure_candidats(
    semestre: Semestre,
    candidats: tuple[Candidat, ...],
    parametres: ParametresRang,
) -> tuple[Mesure, ...]:
    """Compute the figures of every candidate of one list.

    An effectif local that is missing and was not counted over the roster is counted over the list.
    """
    comptes = Counter(candidat.promotion for candidat in candidats)
    anciennetes = tuple(choose_anciennete(candidat, parametres) for candidat in candidats)
    theoriques = tuple(find_promotion_theorique(semestre, anciennete) for anciennete in anciennetes)
    effectifs = Counter(theoriques)
    imposes = dict(parametres.effectifs_imposes)
    return tuple(
        measure(
            candidat,
            anciennete=anciennete,
            effectif_local=candidat.effectif_local or candidat.effectif_compte or comptes[candidat.promotion],
            promotion_theorique=theorique,
            effectif_theorique=imposes.get(theorique, effectifs[theorique]),
            parametres=parametres,
        )
        for candidat, anciennete, theorique in zip(candidats, anciennetes, theoriques, strict=True)
    )


def choose_anciennete(candidat: Candidat, parametres: ParametresRang) -> int:
    """Seniority over the internat, or over the phase when the region counts so and it is known."""
    if parametres.portee is Portee.PHASE and candidat.semestres_phase is not None:
        return compute_anciennete(candidat.semestres_phase, parametres)
    return compute_anciennete(candidat.semestres, parametres)


def measure(
    candidat: Candidat,
    *,
    anciennete: int,
    effectif_local: int,
    promotion_theorique: int,
    effectif_theorique: int,
    parametres: ParametresRang,
) -> Mesure:
    """Put the figures of one candidate together."""
    rang = None
    if candidat.rang_local is not None:
        rang = compute_rang_actualise(
            rang_local=candidat.rang_local,
            effectif_local=effectif_local,
            effectif_theorique=effectif_theorique,
            decale=promotion_theorique != candidat.promotion,
            methode=parametres.methode,
        )
    return Mesure(
        candidat=candidat,
        anciennete=anciennete,
        effectif_local=effectif_local,
        promotion_theorique=promotion_theorique,
        effectif_theorique=effectif_theorique,
        rang_actualise=rang,
    )
