"""Internes of a semestre as the computation of ranks reads them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from gradin.data.internes.models import Inscription
from gradin.domain.rang.anciennete import Semestres
from gradin.domain.rang.liste import Candidat


def count_effectifs(semestre: int, subdivision: int) -> Counter[tuple[int, int]]:
    """Size of each (groupe, promotion) over the whole roster, all phases."""
    roster = Inscription.objects.filter(semestre=semestre, subdivision=subdivision)
    return Counter(roster.values_list("groupe_id", "promotion"))


def list_candidats(
    inscriptions: Iterable[Inscription], effectifs: Counter[tuple[int, int]]
) -> tuple[Candidat, ...]:
    """Inscriptions come with their interne."""
    return tuple(
        Candidat(
            ine=inscription.interne.ine,
            promotion=inscription.promotion,
            rang_local=inscription.rang_local,
            effectif_local=inscription.effectif_local,
            effectif_compte=effectifs[inscription.groupe_id, inscription.promotion] or None,
            ne_le=inscription.interne.ne_le,
            semestres=read_semestres(inscription),
        )
        for inscription in inscriptions
    )


def read_semestres(inscription: Inscription) -> Semestres:
    return Semestres(
        valides=inscription.semestres_valides,
        surnombre_non_validant=inscription.surnombres_non_validants,
        recherche=inscription.semestres_recherche,
    )
