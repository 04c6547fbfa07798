"""The procès-verbal of an amphi, for the ARS: list, choices, acts with their authors, head of the journal."""

from dataclasses import dataclass
from datetime import date

from gradin.documents.imprimerie import IMPRIMERIE, compose
from gradin.documents.sceau import Sceau, sealed

TITRE = "Procès-verbal du choix de stages"


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneListe:
    """One interne in call order. `n`: his line of the journal, empty like the rest when he holds no poste."""

    rang: str
    nom: str
    statut: str
    poste: str
    service: str
    heure: str
    n: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneActe:
    n: int
    instant: str
    acte: str
    motif: str
    auteur: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcesVerbal:
    """For the ARS alone: its acts may say a type de choix. `clos`: nothing follows."""

    emetteur: str
    intitule: str
    semestre: str
    resume: tuple[tuple[str, str], ...]
    seq: int
    tete: str
    clos: bool
    date: date
    liste: tuple[LigneListe, ...]
    actes: tuple[LigneActe, ...]


def print_proces_verbal(pv: ProcesVerbal, sceau: Sceau | None = None) -> bytes:
    """A tagged PDF (PDF/UA-1, PDF/A-2a), made and sealed in the child process."""
    return IMPRIMERIE.run(compose_proces_verbal, pv, sceau)


def compose_proces_verbal(pv: ProcesVerbal, sceau: Sceau | None = None) -> bytes:
    return sealed(compose("proces-verbal", donnees_of(pv)), sceau)


def donnees_of(pv: ProcesVerbal) -> dict[str, object]:
    etat = "clos" if pv.clos else f"provisoire, arrêté à la ligne n°\u00a0{pv.seq}"
    return {
        "titre": TITRE,
        "sous_titre": f"{pv.intitule}, semestre de {pv.semestre}",
        "emetteur": pv.emetteur,
        "date": [pv.date.year, pv.date.month, pv.date.day],
        "mention": f"Document de l’ARS, {etat}. Ses actes peuvent nommer un type de choix\u00a0: "
        "ne l’affichez pas.",
        "resume": [*pv.resume, ("Lignes du journal", str(pv.seq)), ("Empreinte de tête", pv.tete)],
        "preuve": "L’empreinte de tête scelle toutes les lignes du journal public\u00a0: "
        "qui en changerait une seule n’obtiendrait plus celle-ci.",
        "liste_titre": "Liste d’appel et choix",
        "liste_entetes": ["Rang", "Interne", "Statut", "N°\u00a0poste", "Service", "Heure", "Ligne"],
        "liste": [[un.rang, un.nom, un.statut, un.poste, un.service, un.heure, un.n] for un in pv.liste],
        "actes_titre": "Actes de l’ARS",
        "actes_entetes": ["Ligne", "Instant", "Acte", "Motif", "Auteur"],
        "actes": [[str(un.n), un.instant, un.acte, un.motif, un.auteur] for un in pv.actes],
        "actes_vide": "Aucun.",
        "signatures": ["Pour l’agence régionale de santé", "Pour les internes"],
        "pied": f"{pv.intitule}, empreinte {pv.tete[:16]}…",
    }
