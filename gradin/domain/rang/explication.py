"""The computation of one rank, step by step, in plain words for its owner (rules.md §3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from gradin.domain.nombres import count_mots
from gradin.domain.rang.actualise import show_rang, write_fraction
from gradin.domain.rang.anciennete import Semestres
from gradin.domain.rang.liste import Departage, LigneListe
from gradin.domain.rang.parametres import Couverture, MethodeReclassement, ParametresRang
from gradin.domain.rang.semestre import Semestre

DEPARTAGES = {
    Departage.PROMOTION: "la promotion la plus ancienne passe avant",
    Departage.RANG_LOCAL: "le plus petit rang local passe avant",
    Departage.NAISSANCE: "la date de naissance la plus ancienne passe avant",
    Departage.SORT: "le tirage au sort décide (empreinte SHA-256 de la graine publiée suivie de l’INE)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Etape:
    """One step of the computation, ready to be shown."""

    intitule: str
    calcul: str
    resultat: str


def explain_rang(
    ligne: LigneListe,
    *,
    semestre: Semestre,
    parametres: ParametresRang,
    semestres: Semestres,
    plus_anciens: int,
) -> tuple[Etape, ...]:
    """Every step of one interne's rank; `plus_anciens` counts the lines of higher seniority.

    `semestres` are his own components: nobody else may read this explanation.
    """
    steps = (
        explain_anciennete(ligne, semestres, parametres),
        explain_promotion(ligne, semestre),
        explain_effectif(ligne, parametres),
        explain_actualise(ligne, parametres),
        explain_appel(ligne, plus_anciens),
    )
    if ligne.departage is None:
        return steps
    return (*steps, explain_departage(ligne.departage, parametres.graine))


def explain_anciennete(ligne: LigneListe, semestres: Semestres, parametres: ParametresRang) -> Etape:
    """What was added up, and what the cap did."""
    match parametres.couverture:
        case Couverture.RECHERCHE:
            plafond = f"la recherche compte pour {parametres.plafond} semestres au plus"
        case Couverture.RECHERCHE_ET_SURNOMBRE:
            plafond = f"recherche et surnombres comptent pour {parametres.plafond} semestres au plus"
        case _:
            assert_never(parametres.couverture)
    return Etape(
        intitule="Ancienneté",
        calcul=(
            f"{count_mots(semestres.valides, 'semestre validé', 'semestres validés')} (en cours compris)"
            f" + {semestres.surnombre_non_validant} en surnombre non validant"
            f" + {semestres.recherche} de recherche\u202f; {plafond}"
        ),
        resultat=count_mots(ligne.anciennete, "semestre"),
    )


def explain_promotion(ligne: LigneListe, semestre: Semestre) -> Etape:
    """Why this promotion and not the one after."""
    reguliere = semestre.regular_anciennete(ligne.promotion_theorique)
    return Etape(
        intitule="Promotion théorique",
        calcul=(
            f"La promotion la plus récente dont l’ancienneté régulière, pour le choix de {semestre.libelle}, "
            f"atteint {count_mots(ligne.anciennete, 'semestre')}\u00a0: "
            f"celle de {ligne.promotion_theorique} en a {reguliere}"
        ),
        resultat=str(ligne.promotion_theorique),
    )


def explain_effectif(ligne: LigneListe, parametres: ParametresRang) -> Etape:
    """Counted over the list, or imposed by the ARS."""
    impose = ligne.promotion_theorique in dict(parametres.effectifs_imposes)
    return Etape(
        intitule="Effectif de la promotion théorique",
        calcul=(
            "Effectif officiel fixé par l’ARS"
            if impose
            else "Internes de cette liste d’appel qui ont la promotion théorique "
            f"{ligne.promotion_theorique}, absents compris"
        ),
        resultat=str(ligne.effectif_theorique),
    )


def explain_actualise(ligne: LigneListe, parametres: ParametresRang) -> Etape:
    """The fraction, exact, and the truncated figure that is shown."""
    if ligne.rang_actualise is None:
        return Etape(
            intitule="Rang actualisé",
            calcul="Votre rang local manque\u00a0: signalez-le à l’ARS, l’amphi l’attend pour commencer",
            resultat="inconnu",
        )
    exact = write_fraction(ligne.rang_actualise)
    affiche = show_rang(ligne.rang_actualise).replace(".", ",")
    return Etape(
        intitule="Rang actualisé",
        calcul=f"{write_calcul(ligne, parametres.methode)} = {exact}, tronqué à deux décimales",
        resultat=affiche,
    )


def write_calcul(ligne: LigneListe, methode: MethodeReclassement) -> str:
    """The operation that the method of rescaling asks for."""
    effectif = f"{ligne.effectif_local}{' (compté, faute d’être connu)' if ligne.effectif_compte else ''}"
    quotient = f"rang local {ligne.rang_local} ÷ effectif local {effectif}"
    match methode:
        case MethodeReclassement.POURCENTAGE:
            return quotient
        case MethodeReclassement.DECALES if ligne.promotion == ligne.promotion_theorique:
            return f"promotion théorique inchangée\u00a0: rang local {ligne.rang_local}"
        case MethodeReclassement.TOUS | MethodeReclassement.DECALES:
            return f"{quotient} × effectif de la promotion théorique {ligne.effectif_theorique}"
        case _:
            assert_never(methode)


def explain_appel(ligne: LigneListe, plus_anciens: int) -> Etape:
    """How many come before, and for which of the two reasons."""
    return Etape(
        intitule="Rang d’appel",
        calcul=(
            f"Ancienneté supérieure à la vôtre\u00a0: {count_mots(plus_anciens, 'interne')}\u202f; "
            f"à ancienneté égale, rang actualisé avant le vôtre\u00a0: "
            f"{count_mots(ligne.rang - 1 - plus_anciens, 'interne')}"
        ),
        resultat=str(ligne.rang),
    )


def explain_departage(departage: Departage, graine: str) -> Etape:
    """What parted equals; the figures of the others stay theirs."""
    suffixe = f"\u202f; graine\u00a0: {graine}" if departage is Departage.SORT else ""
    return Etape(
        intitule="Départage des ex æquo",
        calcul=f"À ancienneté et rang actualisé égaux, {DEPARTAGES[departage]}{suffixe}",
        resultat=departage.value.replace("_", " "),
    )
