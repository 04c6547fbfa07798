"""What an accepted demand changes, semester by semester, and how it is said to its interne."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import assert_never

from gradin.domain.demandes.natures import DEMARCHES, Decompte, Nature, decompte_of
from gradin.domain.nombres import count_mots
from gradin.domain.rang.anciennete import Semestres, compute_anciennete
from gradin.domain.rang.parametres import ParametresRang
from gradin.domain.rang.semestre import Saison, Semestre, parse_semestre


@dataclass(frozen=True, slots=True, kw_only=True)
class Effet:
    """One semester of a demand. `absent`: he does not choose for it, keeps his rank on the list."""

    semestre: str
    absent: bool
    decompte: Decompte


def effets_of(nature: Nature, forme: str, debut: str, duree: int) -> tuple[Effet, ...]:
    """One for each semester from `debut` on (code), in order."""
    decompte = decompte_of(nature, forme)
    absent = DEMARCHES[nature].absent
    return tuple(
        Effet(semestre=semestre.code, absent=absent, decompte=decompte)
        for semestre in following(parse_semestre(debut), duree)
    )


def following(debut: Semestre, nombre: int) -> tuple[Semestre, ...]:
    """`nombre` semesters in a row, `debut` the first."""
    suite = [debut]
    while len(suite) < nombre:
        suite.append(next_semestre(suite[-1]))
    return tuple(suite[:nombre])


def next_semestre(semestre: Semestre) -> Semestre:
    if semestre.saison is Saison.ETE:
        return Semestre(annee=semestre.annee, saison=Saison.HIVER)
    return Semestre(annee=semestre.annee + 1, saison=Saison.ETE)


def last_day(debut: str, delai: int) -> date:
    """The last day to file for a semestre that starts then; `delai` in days before it."""
    return parse_semestre(debut).debut - timedelta(days=delai)


def research_before(effets: tuple[Effet, ...], semestre: str) -> int:
    """How many semesters of research these effects have brought when one chooses for `semestre`."""
    return sum(un.decompte is Decompte.RECHERCHE and un.semestre < semestre for un in effets)


def anciennete_after(semestres: Semestres, effets: tuple[Effet, ...], parametres: ParametresRang) -> int:
    """The seniority once all these semesters are over, a validated one being presumed so."""
    return compute_anciennete(
        Semestres(
            valides=semestres.valides + sum(un.decompte is Decompte.VALIDE for un in effets),
            surnombre_non_validant=semestres.surnombre_non_validant,
            recherche=semestres.recherche + sum(un.decompte is Decompte.RECHERCHE for un in effets),
        ),
        parametres,
    )


def explain(effets: tuple[Effet, ...], plafond: int) -> tuple[str, ...]:
    """Plain words: the choice first, then the seniority."""
    if not effets:
        return ()
    return (_say_choix(effets), say_decompte(effets[0].decompte, len(effets), plafond))


def _say_choix(effets: tuple[Effet, ...]) -> str:
    periode = " et ".join(parse_semestre(un.semestre).libelle for un in effets)
    if not effets[0].absent:
        return f"Le choix pour {periode} se fait comme d’habitude."
    return (
        f"Pas de choix de stage pour {periode}\u00a0: le rang reste dans la liste d’appel, sans tour, "
        "et ceux des autres ne changent pas."
    )


def say_decompte(decompte: Decompte, nombre: int, plafond: int) -> str:
    mots = count_mots(nombre, "semestre")
    match decompte:
        case Decompte.VALIDE:
            return f"Ancienneté\u00a0: {mots} de plus une fois le stage validé, comme un stage du DES."
        case Decompte.RECHERCHE:
            return f"Ancienneté\u00a0: {mots} de recherche, comptés dans la limite de {plafond} en tout."
        case Decompte.RIEN:
            return "Ancienneté\u00a0: ce temps ne compte pas. Celle d’avant est gardée."
        case Decompte.INCHANGE:
            return "Ancienneté\u00a0: rien ne change."
        case _:
            assert_never(decompte)
