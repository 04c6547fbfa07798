"""Choices made on paper while the platform was away, entered again by the ordinary acts, in their order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from gradin.domain.amphi import commands as c
from gradin.domain.amphi.appel import next_session
from gradin.domain.amphi.engine import play
from gradin.domain.amphi.state import Etat, EtatAmphi, Statut
from gradin.domain.kernel import Motif, Refus


class Issue(StrEnum):
    """How a tour ended on paper."""

    CHOIX = "choix"
    PASSE = "passe"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class LignePapier:
    """One line of the sheet. `heure`: as written on it; `poste` is empty unless he chose."""

    interne: int
    issue: Issue
    poste: str = ""
    heure: str = ""
    motif: str = ""

    @property
    def raison(self) -> str:
        """What the journal keeps."""
        mots = ("Continuation sur papier", self.heure, self.motif)
        return ", ".join(mot for mot in mots if mot)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one line would do: nothing said when the rules accept it; None when an earlier one is refused."""

    ligne: LignePapier
    refus: str | None


def rehearse(etat: Etat, lignes: Sequence[LignePapier], contexte: c.Contexte) -> tuple[Verdict, ...]:
    """The whole sheet played on the state, writing nothing: stops judging at the first refusal."""
    verdicts: list[Verdict] = []
    arret = False
    for rang, ligne in enumerate(lignes):
        if arret:
            verdicts.append(Verdict(ligne=ligne, refus=None))
            continue
        try:
            etat = _enter(etat, ligne, _after(lignes, rang), contexte)
            verdicts.append(Verdict(ligne=ligne, refus=""))
        except Refus as refus:
            arret = True
            verdicts.append(Verdict(ligne=ligne, refus=refus.message))
    return tuple(verdicts)


def _enter(etat: Etat, ligne: LignePapier, suivante: LignePapier | None, contexte: c.Contexte) -> Etat:
    def run(commande: c.ActeAgent) -> Etat:
        nonlocal etat
        etat = play(etat, commande, contexte)[1]
        return etat

    enter_line(lambda: etat, ligne, suivante, run)
    return etat


def _after(lignes: Sequence[LignePapier], rang: int) -> LignePapier | None:
    return lignes[rang + 1] if rang + 1 < len(lignes) else None


def enter_line(
    read: Callable[[], Etat],
    ligne: LignePapier,
    suivante: LignePapier | None,
    run: Callable[[c.ActeAgent], object],
) -> None:
    """Runs what leads to his tour (resume, session, who comes back next), then the act itself."""
    if read().etat is EtatAmphi.PAUSE:
        run(c.Reprendre(motif=ligne.raison))
    if read().tour is None and next_session(read()) is not None:
        run(c.DemarrerSession())
    _check_his_tour(read(), ligne)
    if suivante is not None and _comes_back(read(), suivante.interne):
        run(c.Replacer(interne=suivante.interne, motif=suivante.raison))
    run(act_of(read(), ligne))


def act_of(etat: Etat, ligne: LignePapier) -> c.ActeAgent:
    assert etat.tour is not None
    tour = etat.tour.tour
    match ligne.issue:
        case Issue.CHOIX:
            return c.ChoisirPour(tour=tour, poste=ligne.poste, motif=ligne.raison)
        case Issue.PASSE:
            return c.Passer(tour=tour, motif=ligne.raison)
        case Issue.ABSENT:
            return c.MarquerAbsent(tour=tour, motif=ligne.raison)


def _check_his_tour(etat: Etat, ligne: LignePapier) -> None:
    """The order on paper is the order of the tours; who came back is announced one line before."""
    if etat.tour is None:
        raise Refus(Motif.ETAT_INCOMPATIBLE, "Personne n’a de tour à venir : retirez cette ligne.")
    if etat.tour.interne != ligne.interne:
        attendu = etat.lignes[etat.tour.interne].rang
        raise Refus(
            Motif.PAS_VOTRE_TOUR,
            f"C’est le tour du rang {attendu} : ajoutez sa ligne avant celle-ci (un poste, « passé » ou "
            "« absent »).",
        )


def _comes_back(etat: Etat, interne: int) -> bool:
    return etat.statuts[interne] is Statut.PASSE and interne not in etat.retours


def everybody_present(etat: Etat, contexte: c.Contexte) -> c.Contexte:
    """On paper nobody is judged by his connection."""
    return replace(contexte, presents=frozenset(etat.lignes))
