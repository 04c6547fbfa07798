"""The minutes of a commission as a PDF: members, agenda, decisions."""

from dataclasses import dataclass
from datetime import date

from gradin.documents.imprimerie import IMPRIMERIE, compose
from gradin.documents.sceau import Sceau, sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class CompteRendu:
    """`points`: title, text, sense, decision. `ouverts`, `refuses`: service, what it is, decision.

    `arrete`: nothing of it changes any more.
    """

    emetteur: str
    titre: str
    sous_titre: str
    resume: tuple[tuple[str, str], ...]
    membres: tuple[tuple[str, str, str], ...]
    points: tuple[tuple[str, str, str, str], ...]
    agrements: tuple[tuple[str, str, str], ...]
    ouverts: tuple[tuple[str, str, str], ...]
    refuses: tuple[tuple[str, str, str], ...]
    observations: str
    arrete: bool
    date: date


def print_compte_rendu(rendu: CompteRendu, sceau: Sceau | None = None) -> bytes:
    """A tagged PDF (PDF/UA-1, PDF/A-2a), made and sealed in the child process."""
    return IMPRIMERIE.run(compose_compte_rendu, rendu, sceau)


def compose_compte_rendu(rendu: CompteRendu, sceau: Sceau | None = None) -> bytes:
    return sealed(compose("commission", donnees_of(rendu)), sceau)


def donnees_of(rendu: CompteRendu) -> dict[str, object]:
    etat = "Procès-verbal arrêté" if rendu.arrete else "Projet de procès-verbal"
    return {
        "titre": f"{etat}\u00a0: {rendu.titre}",
        "sous_titre": rendu.sous_titre,
        "emetteur": rendu.emetteur,
        "date": [rendu.date.year, rendu.date.month, rendu.date.day],
        "resume": [[nom, valeur] for nom, valeur in rendu.resume],
        "membres": [[*membre] for membre in rendu.membres],
        "points": [
            {"titre": titre, "texte": texte, "sens": sens or "Sans décision", "decision": decision}
            for titre, texte, sens, decision in rendu.points
        ],
        "agrements": [[*une] for une in rendu.agrements],
        "ouverts": [[*un] for un in rendu.ouverts],
        "refuses": [[*un] for un in rendu.refuses],
        "observations": rendu.observations,
        "signatures": ["Pour l’agence régionale de santé", "Pour la commission"],
        "pied": f"{etat}, {rendu.titre}",
    }
