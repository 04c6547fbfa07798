"""The needs (CEBF): internes to choose for, per DES and phase, from what the roster says of each of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from gradin.data.internes.models import Inscription, Phase, TypeChoix
from gradin.data.referentiel.models import Specialite
from gradin.domain.ouverture import Volet, volet_of

# Docteurs juniors are matched (rules.md §8), they do not choose.
PHASES = (Phase.SOCLE, Phase.ANCIEN_REGIME, Phase.APPROFONDISSEMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Besoin:
    """One DES and volet. `internes`: who will choose, surnombres validants (`validants`) among them.

    Counted apart: `non_validants`, whose seat is one more, and `absents`, who do not choose this semestre.
    """

    des: int
    code_des: str
    intitule: str
    volet: Volet
    internes: int = 0
    validants: int = 0
    non_validants: int = 0
    absents: int = 0

    @property
    def tous(self) -> int:
        """Whoever is in it, choosing or not."""
        return self.internes + self.non_validants + self.absents


def count_besoins(inscriptions: QuerySet[Inscription]) -> tuple[Besoin, ...]:
    """Of these inscriptions (one semestre, one subdivision), by code of DES, phase socle first."""
    rows = inscriptions.filter(phase__in=PHASES).order_by()
    comptes: dict[tuple[int, Volet], dict[str, int]] = {}
    for des, phase, absent, genre, nombre in rows.values_list(
        "des", "phase", "absence_prevue", "type_choix"
    ).annotate(nombre=Count("pk")):
        compte = comptes.setdefault((des, volet_of(phase)), {})
        for nom in _counts_as(absent=absent, genre=genre):
            compte[nom] = compte.get(nom, 0) + nombre
    specialites = Specialite.objects.in_bulk({des for des, _ in comptes})
    lus = (
        Besoin(
            des=des,
            code_des=specialites[des].code_des,
            intitule=specialites[des].intitule,
            volet=volet,
            **compte,
        )
        for (des, volet), compte in comptes.items()
    )
    return tuple(sorted(lus, key=lambda besoin: (besoin.code_des, besoin.volet is not Volet.SOCLE)))


def _counts_as(*, absent: bool, genre: str) -> Iterable[str]:
    """In which figures somebody counts: an absence prévue comes before the type de choix."""
    if absent:
        return ("absents",)
    if genre == TypeChoix.SURNOMBRE_NON_VALIDANT:
        return ("non_validants",)
    return ("internes", "validants") if genre == TypeChoix.SURNOMBRE_VALIDANT else ("internes",)
