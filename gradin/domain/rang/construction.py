"""Build the call list of one amphi from the internes that the ARS put in it."""

from __future__ import annotations

from collections.abc import Iterable

from gradin.domain.rang.liste import Candidat, Departage, LigneListe, ListeAppel
from gradin.domain.rang.mesure import Mesure, measure_candidats
from gradin.domain.rang.ordre import find_departages, group_a_confirmer, order_mesures
from gradin.domain.rang.parametres import ParametresRang
from gradin.domain.rang.semestre import Semestre


def build_liste(
    semestre: Semestre,
    candidats: Iterable[Candidat],
    parametres: ParametresRang,
) -> ListeAppel:
    """Compute the call list; the order of `candidats` has no effect on it."""
    mesures = measure_candidats(semestre, tuple(candidats), parametres)
    ordre = order_mesures(mesures, parametres.graine)
    departages = find_departages(tuple(cle for _, cle in ordre))
    return ListeAppel(
        semestre=semestre,
        parametres=parametres,
        lignes=tuple(
            write_ligne(rang, mesure, departage)
            for rang, ((mesure, _), departage) in enumerate(zip(ordre, departages, strict=True), start=1)
        ),
        a_confirmer=group_a_confirmer(ordre),
    )


def write_ligne(rang: int, mesure: Mesure, departage: Departage | None) -> LigneListe:
    """Give a measured candidate his place."""
    candidat = mesure.candidat
    return LigneListe(
        rang=rang,
        ine=candidat.ine,
        anciennete=mesure.anciennete,
        promotion=candidat.promotion,
        rang_local=candidat.rang_local,
        effectif_local=mesure.effectif_local,
        effectif_compte=candidat.effectif_local is None,
        promotion_theorique=mesure.promotion_theorique,
        effectif_theorique=mesure.effectif_theorique,
        rang_actualise=mesure.rang_actualise,
        departage=departage,
    )
