"""The calendar of a semester on paper, by month."""

from dataclasses import dataclass
from datetime import date

from gradin.documents.imprimerie import IMPRIMERIE, compose

TITRE = "Calendrier des choix"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoisImprime:
    """`lignes`: day, hour, kind, title and place, as words."""

    nom: str
    lignes: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendrierImprime:
    emetteur: str
    semestre: str
    date: date
    date_dite: str
    mois: tuple[MoisImprime, ...]


def print_calendrier(calendrier: CalendrierImprime) -> bytes:
    """A tagged PDF (PDF/UA-1, PDF/A-2a), made in the child process."""
    return IMPRIMERIE.run(compose_calendrier, calendrier)


def compose_calendrier(calendrier: CalendrierImprime) -> bytes:
    return compose("calendrier", donnees_of(calendrier))


def donnees_of(calendrier: CalendrierImprime) -> dict[str, object]:
    return {
        "titre": TITRE,
        "sous_titre": f"Semestre de {calendrier.semestre}",
        "emetteur": calendrier.emetteur,
        "date": [calendrier.date.year, calendrier.date.month, calendrier.date.day],
        "mention": f"Tel que connu le {calendrier.date_dite}. Les dates peuvent changer\u00a0: "
        "la page du calendrier fait foi.",
        "entetes": ["Jour", "Heure", "Nature", "Objet"],
        "mois": [{"nom": un.nom, "lignes": [list(ligne) for ligne in un.lignes]} for un in calendrier.mois],
        "vide": "Aucune date n’est annoncée.",
        "pied": f"{TITRE}, {calendrier.semestre}",
    }
