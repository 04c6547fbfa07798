"""The windows of a matching round: when each side answers, when the result is told; an example."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

HORS_PLATEFORME = 3
REPETITION = 0
# « Planning commissions et choix », subdivision of Tours, November 2023: first and last day of each window.
EXEMPLE = date(2023, 11, 2)
MODELE = (
    (1, date(2023, 9, 4), date(2023, 9, 8), date(2023, 9, 9), date(2023, 9, 13), date(2023, 9, 14)),
    (2, date(2023, 9, 15), date(2023, 9, 18), date(2023, 9, 19), date(2023, 9, 21), date(2023, 9, 22)),
    (3, date(2023, 9, 25), date(2023, 9, 27), date(2023, 9, 27), date(2023, 9, 27), date(2023, 9, 27)),
)
OUVERTURE, CLOTURE, ANNONCE = time(9), time(23, 59), time(14)
SEMAINE = 7
VEILLE = timedelta(days=1)
# A run takes seconds; after that its process has been killed.
PATIENCE_MS = 600_000


class Etape(StrEnum):
    """Where a round stands."""

    A_VENIR = "a_venir"
    VOEUX = "voeux"
    ENTRE = "entre"
    CLASSEMENT = "classement"
    CALCUL = "calcul"
    ATTENTE = "attente"
    RESULTAT = "resultat"
    FINI = "fini"


class Avis(StrEnum):
    """A mail that follows the clock: a window has opened, or closes tomorrow and answers are lacking."""

    OUVERTURE_VOEUX = "ouverture_voeux"
    RAPPEL_VOEUX = "rappel_voeux"
    OUVERTURE_CLASSEMENT = "ouverture_classement"
    RAPPEL_CLASSEMENT = "rappel_classement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fenetres:
    """Instants in order. `refus_jusque`: until when a candidate may refuse what he got."""

    voeux_ouvre: datetime
    voeux_clot: datetime
    classement_ouvre: datetime
    classement_clot: datetime
    resultat_at: datetime
    refus_jusque: datetime


def is_running(lance_at: int | None, maintenant: int) -> bool:
    """Whether a run begun then still goes on; one that its process left behind holds nothing up."""
    return lance_at is not None and maintenant - lance_at < PATIENCE_MS


def find_desordre(fenetres: Fenetres) -> str:
    """The first two instants that come in the wrong order, in French; empty when all is well."""
    suite = (
        ("l’ouverture des vœux", fenetres.voeux_ouvre),
        ("la clôture des vœux", fenetres.voeux_clot),
        ("l’ouverture des classements", fenetres.classement_ouvre),
        ("la clôture des classements", fenetres.classement_clot),
        ("l’annonce du résultat", fenetres.resultat_at),
        ("la fin des refus", fenetres.refus_jusque),
    )
    for (avant, debut), (apres, fin) in pairwise(suite):
        if fin < debut:
            return f"{apres[0].upper()}{apres[1:]} vient avant {avant}."
    return ""


def etape_of(fenetres: Fenetres, calcule: bool, maintenant: datetime) -> Etape:
    """`calcule`: a result stands, which nobody reads before its hour."""
    if maintenant < fenetres.voeux_ouvre:
        return Etape.A_VENIR
    if maintenant < fenetres.voeux_clot:
        return Etape.VOEUX
    if maintenant < fenetres.classement_ouvre:
        return Etape.ENTRE
    if maintenant < fenetres.classement_clot:
        return Etape.CLASSEMENT
    if not calcule:
        return Etape.CALCUL
    if maintenant < fenetres.resultat_at:
        return Etape.ATTENTE
    return Etape.RESULTAT if maintenant < fenetres.refus_jusque else Etape.FINI


def list_avis(fenetres: Fenetres, maintenant: datetime) -> Iterator[Avis]:
    """What is to be said in the window that is open; a window of a day or less has no reminder."""
    fenetre = (
        (fenetres.voeux_ouvre, fenetres.voeux_clot, Avis.OUVERTURE_VOEUX, Avis.RAPPEL_VOEUX),
        (
            fenetres.classement_ouvre,
            fenetres.classement_clot,
            Avis.OUVERTURE_CLASSEMENT,
            Avis.RAPPEL_CLASSEMENT,
        ),
    )
    for ouvre, clot, ouverture, rappel in fenetre:
        if not ouvre <= maintenant < clot:
            continue
        yield ouverture
        if ouvre < clot - VEILLE <= maintenant:
            yield rappel


def propose_calendrier(debut: date, fuseau: str) -> Iterator[tuple[int, Fenetres]]:
    """The three rounds of November 2023, moved by whole weeks to a semestre that starts on `debut`.

    A refusal is possible until the next round opens.
    """
    ecart = timedelta(days=round((debut - EXEMPLE).days / SEMAINE) * SEMAINE)
    lieu = ZoneInfo(fuseau)

    def at(jour: date, heure: time) -> datetime:
        return datetime.combine(jour + ecart, heure, lieu).astimezone(UTC)

    for rang, (numero, *jours) in enumerate(MODELE):
        ouvre, clot, classe, classe_fin, resultat = jours
        suivant = MODELE[rang + 1][1] if rang + 1 < len(MODELE) else resultat + timedelta(days=1)
        hors = numero == HORS_PLATEFORME
        yield (
            numero,
            Fenetres(
                voeux_ouvre=at(ouvre, OUVERTURE),
                voeux_clot=at(clot, CLOTURE),
                classement_ouvre=at(classe, CLOTURE if hors else time(0)),
                classement_clot=at(classe_fin, CLOTURE),
                resultat_at=at(resultat, CLOTURE if hors else ANNONCE),
                refus_jusque=at(suivant, OUVERTURE),
            ),
        )
