"""The seniority that a parcours gives for the choice of a semester, line by line (rules.md §2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gradin.domain.parcours.modele import (
    RECHERCHE,
    STAGES,
    VALIDANTES,
    EtatSemestre,
    SemestreVecu,
    Situation,
    Source,
)
from gradin.domain.rang.anciennete import Semestres


class Comptage(StrEnum):
    """As what one semester counts; the value is said to its owner."""

    VALIDE = "validé"
    PRESUME = "en cours, compté par présomption"
    SAUVE = "non validé, compté au titre de l’article R632-32"
    SURNOMBRE = "surnombre non validant"
    RECHERCHE = "recherche"
    ATTENTE = "à valider par la faculté"
    NON = "ne compte pas"


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneComptee:
    vecu: SemestreVecu
    comptage: Comptage


@dataclass(frozen=True, slots=True, kw_only=True)
class AncienneteCalculee:
    """`attente`: past semesters that would count once the faculty has validated them."""

    lignes: tuple[LigneComptee, ...]
    semestres: Semestres

    @property
    def attente(self) -> int:
        return sum(ligne.comptage is Comptage.ATTENTE for ligne in self.lignes)


def compute_parcours(vecus: Iterable[SemestreVecu], pour: str) -> AncienneteCalculee:
    """`pour`: the semester one chooses; the one before it is running, what follows does not count."""
    courant = previous_semestre(pour)
    passes = sorted((un for un in vecus if un.semestre < pour), key=lambda un: un.semestre)
    lignes = tuple(LigneComptee(vecu=un, comptage=count_semestre(un, courant)) for un in passes)
    comptes = [ligne.comptage for ligne in lignes]
    return AncienneteCalculee(
        lignes=lignes,
        semestres=Semestres(
            valides=sum(un in (Comptage.VALIDE, Comptage.PRESUME, Comptage.SAUVE) for un in comptes),
            surnombre_non_validant=comptes.count(Comptage.SURNOMBRE),
            recherche=comptes.count(Comptage.RECHERCHE),
            convenances=sum(un.situation is Situation.DISPONIBILITE_CONVENANCES for un in passes),
        ),
    )


def count_semestre(vecu: SemestreVecu, courant: str) -> Comptage:
    """As what it counts. What the interne alone says waits for the faculty, the running one included."""
    if vecu.source is Source.INTERNE and vecu.etat is EtatSemestre.PRESUME:
        return Comptage.ATTENTE if vecu.situation in STAGES | RECHERCHE else Comptage.NON
    if vecu.situation in RECHERCHE:
        return Comptage.NON if vecu.etat is EtatSemestre.NON_VALIDE else Comptage.RECHERCHE
    if vecu.etat is EtatSemestre.NON_VALIDE:
        return Comptage.SAUVE if vecu.sauve else Comptage.NON
    if vecu.situation is Situation.SURNOMBRE_NON_VALIDANT:
        return Comptage.SURNOMBRE
    if vecu.situation not in VALIDANTES:
        return Comptage.NON
    if vecu.etat is EtatSemestre.VALIDE:
        return Comptage.VALIDE
    return Comptage.PRESUME if vecu.semestre == courant else Comptage.ATTENTE


def previous_semestre(code: str) -> str:
    annee, mois = int(code[:4]), code[5:]
    return f"{annee - 1}-11" if mois == "05" else f"{annee}-05"


def next_semestre(code: str) -> str:
    annee, mois = int(code[:4]), code[5:]
    return f"{annee}-11" if mois == "05" else f"{annee + 1}-05"


def semestre_at(jour: date) -> str:
    """The one that runs that day: they start on 2 May and on 2 November."""
    if jour >= date(jour.year, 11, 2):
        return f"{jour.year}-11"
    return f"{jour.year}-05" if jour >= date(jour.year, 5, 2) else f"{jour.year - 1}-11"


def semestres_since(promotion: int, avant: str) -> tuple[str, ...]:
    """Those of the internship of a promotion, which starts in November, until the one before `avant`."""
    codes, code = [], f"{promotion}-11"
    while code < avant:
        codes.append(code)
        code = next_semestre(code)
    return tuple(codes)
