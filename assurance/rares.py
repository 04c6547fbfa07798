"""The rare states that a simulation must reach: each is recognised from one command and its facts."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from gradin.domain.amphi import commands as c
from gradin.domain.amphi import facts as f
from gradin.domain.amphi.lecture import compteurs
from gradin.domain.amphi.places import refusal
from gradin.domain.amphi.state import Etat, EtatAmphi, Statut
from gradin.domain.eligibilite.situation import TypeChoix
from gradin.domain.kernel import Fait, Motif, Refus

Regard = Callable[[Etat, Any, int, Sequence[Fait], Refus | None], bool]
DERNIER_MS, ENSEMBLE_MS, NUIT_MS = 100, 5, 8 * 3_600_000


def chosen(faits: Sequence[Fait]) -> f.ChoixConfirme | None:
    return next((fait for fait in faits if isinstance(fait, f.ChoixConfirme)), None)


def has(faits: Sequence[Fait], genre: type[Fait]) -> bool:
    return any(isinstance(fait, genre) for fait in faits)


def left(etat: Etat, maintenant: int) -> int | None:
    """Milliseconds before the end that is shown."""
    return None if etat.tour is None or etat.tour.suspendu is not None else etat.tour.fin - maintenant


def is_confirm_within(etat: Etat, commande: Any, t: int, faits: Sequence[Fait], de: int, a: int) -> bool:
    reste = left(etat, t)
    return (
        isinstance(commande, c.ConfirmChoix)
        and chosen(faits) is not None
        and reste is not None
        and de <= reste <= a
    )


def absents(etat: Etat) -> list[int]:
    return [i for i, cause in etat.causes.items() if cause is f.CausePasse.ABSENT]


def is_without_poste(etat: Etat) -> bool:
    return etat.tour is not None and all(refusal(etat, etat.tour.interne, poste) for poste in etat.postes)


def is_surnombre_on_taken(etat: Etat, faits: Sequence[Fait]) -> bool:
    choix = chosen(faits)
    return (
        choix is not None
        and choix.prive.type_choix is not TypeChoix.CLASSIQUE
        and choix.poste in etat.classiques
    )


def is_just_chosen(etat: Etat, maintenant: int) -> bool:
    """The last thing that happened is a choice, a moment ago."""
    return (
        maintenant - etat.dernier_a <= ENSEMBLE_MS
        and bool(etat.choix)
        and max(choix.tour for choix in etat.choix.values()) >= etat.dernier_tour - 1
    )


def are_reserved(etat: Etat) -> bool:
    libres = [
        p for p in etat.postes.values() if p.poste not in etat.classiques and p.poste not in etat.retires
    ]
    return bool(libres) and all(p.reserve for p in libres)


RARES: dict[str, Regard] = {
    "confirm in the last 100 ms": lambda e, k, t, n, r: is_confirm_within(e, k, t, n, 0, DERNIER_MS),
    "confirm in the grace": lambda e, k, t, n, r: is_confirm_within(e, k, t, n, -2_000, -1),
    "confirm after the grace refused": lambda e, k, t, n, r: (
        isinstance(k, c.ConfirmChoix) and r is not None and r.motif is Motif.TEMPS_ECOULE
    ),
    "confirm refused by a pause": lambda e, k, t, n, r: r is not None and r.motif is Motif.AMPHI_EN_PAUSE,
    "pause at most 5 ms before a confirm": lambda e, k, t, n, r: (
        isinstance(k, c.ConfirmChoix)
        and r is not None
        and r.motif is Motif.AMPHI_EN_PAUSE
        and e.tour is not None
        and e.tour.suspendu is not None
        and t - e.tour.suspendu <= ENSEMBLE_MS
    ),
    "pause at most 5 ms after a confirm": lambda e, k, t, n, r: (
        has(n, f.PauseDebutee) and isinstance(k, c.Pauser) and is_just_chosen(e, t)
    ),
    "confirm skipped at most 5 ms before": lambda e, k, t, n, r: (
        isinstance(k, c.ConfirmChoix)
        and r is not None
        and r.motif is Motif.DEJA_PASSE
        and t - e.dernier_a <= ENSEMBLE_MS
    ),
    "skip at most 5 ms after the confirm": lambda e, k, t, n, r: (
        isinstance(k, c.Passer) and r is not None and r.motif is Motif.DEJA_PASSE and is_just_chosen(e, t)
    ),
    "skip of a turn that is over": lambda e, k, t, n, r: r is not None and r.motif is Motif.DEJA_PASSE,
    "procuration ended, mandataire refused": lambda e, k, t, n, r: (
        r is not None and r.motif in (Motif.PROCURATION_INACTIVE, Motif.MANDATAIRE_SEUL)
    ),
    "late arrival": lambda e, k, t, n, r: isinstance(k, c.ConnecterRetour) and has(n, f.RetourPlace),
    "two late arrivals waiting": lambda e, k, t, n, r: len(e.retours) >= 2,
    "late arrival while paused": lambda e, k, t, n, r: e.etat is EtatAmphi.PAUSE and has(n, f.RetourPlace),
    "last interne absent": lambda e, k, t, n, r: (
        has(n, f.TourPasse) and not any(s is Statut.A_VENIR for s in e.statuts.values())
    ),
    "last free poste taken, somebody still to come": lambda e, k, t, n, r: (
        (un := chosen(n)) is not None
        and un.prive.type_choix is TypeChoix.CLASSIQUE
        and compteurs(e).restants == 1
        and any(s is Statut.A_VENIR for s in e.statuts.values())
    ),
    "only reserved postes left": lambda e, k, t, n, r: are_reserved(e),
    "interne without a lawful poste": lambda e, k, t, n, r: is_without_poste(e),
    "surnombre on a taken poste": lambda e, k, t, n, r: is_surnombre_on_taken(e, n),
    "surnombres of a service at their limit": lambda e, k, t, n, r: (
        r is not None and r.motif is Motif.SURNOMBRE_PLEIN
    ),
    "choice by the ARS": lambda e, k, t, n, r: isinstance(k, c.ChoisirPour) and chosen(n) is not None,
    "armed list": lambda e, k, t, n, r: (un := chosen(n)) is not None and un.prive.voie is f.Voie.LISTE_ARMEE,
    "outage in a turn": lambda e, k, t, n, r: e.tour is not None and has(n, f.PanneConstatee),
    "outage that ends in a pause": lambda e, k, t, n, r: has(n, f.PanneConstatee) and has(n, f.PauseDebutee),
    "process replaced while paused": lambda e, k, t, n, r: (
        e.etat is EtatAmphi.PAUSE and isinstance(k, c.ConstaterPanne)
    ),
    "suspended overnight": lambda e, k, t, n, r: (
        e.tour is not None and has(n, f.PauseTerminee) and t - e.dernier_a >= NUIT_MS
    ),
    "affecté elsewhere in his turn": lambda e, k, t, n, r: (
        e.tour is not None
        and any(isinstance(x, f.HorsChoixConstate) and x.interne == e.tour.interne for x in n)
    ),
    "couple undone by a pass": lambda e, k, t, n, r: bool(e.couples) and has(n, f.TourPasse),
    "correction of a choice": lambda e, k, t, n, r: has(n, f.ChoixAnnule),
    "ranks corrected while running": lambda e, k, t, n, r: has(n, f.ListeCorrigee),
    "catch-up session": lambda e, k, t, n, r: has(n, f.RattrapageOuvert),
    "close with somebody still to come": lambda e, k, t, n, r: any(
        isinstance(x, f.AmphiClos) and x.internes for x in n
    ),
    "time ran out before absence could be judged": lambda e, k, t, n, r: (
        e.tour is not None and e.tour.juge is not None and has(n, f.TourPasse) and t < e.tour.juge
    ),
}


def look(
    etat: Etat, commande: c.Commande, maintenant: int, faits: Sequence[Fait], refus: Refus | None
) -> Iterator[str]:
    """The names of the rare states that this step went through."""
    if etat.lignes:
        yield from (nom for nom, regard in RARES.items() if regard(etat, commande, maintenant, faits, refus))
