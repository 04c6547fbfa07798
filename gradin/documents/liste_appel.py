"""The call list of an amphi on paper and in a workbook: which version, its hash, when this copy was made."""

from dataclasses import dataclass
from datetime import date

from gradin.documents.imprimerie import IMPRIMERIE, compose
from gradin.documents.tableur import write_xlsx

# Relative widths of the columns in landscape; a column not named here has one part.
LARGEURS = {"Identité": 2.2, "DES de gestion": 2.6, "Statut": 1.4, "Poste choisi": 4.2}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeImprimee:
    """`entetes` and `lignes` hold what its reader may read, and nothing else. `version` 0: not computed."""

    emetteur: str
    intitule: str
    semestre: str
    version: int
    publiee: str
    empreinte: str
    editee: str
    date: date
    entetes: tuple[str, ...]
    lignes: tuple[tuple[str, ...], ...]


def print_liste(liste: ListeImprimee) -> bytes:
    """A tagged PDF (PDF/UA-1, PDF/A-2a), made in the child process."""
    return IMPRIMERIE.run(compose_liste, liste)


def compose_liste(liste: ListeImprimee) -> bytes:
    return compose("liste-appel", donnees_of(liste))


def write_liste(liste: ListeImprimee) -> bytes:
    return IMPRIMERIE.run(write_xlsx, "Liste d’appel", liste.entetes, liste.lignes, edition_of(liste))


def edition_of(liste: ListeImprimee) -> list[tuple[str, str]]:
    """What tells one copy from another: the list changes until it is published, and by acts after."""
    return [
        ("Amphithéâtre", liste.intitule),
        ("Semestre", liste.semestre),
        ("Version", f"{liste.version}, {etat_of(liste)}" if liste.version else "non établie"),
        ("Empreinte", liste.empreinte or "aucune avant la publication"),
        ("Internes", str(len(liste.lignes))),
        ("Éditée", liste.editee),
    ]


def etat_of(liste: ListeImprimee) -> str:
    return f"publiée {liste.publiee}" if liste.publiee else "provisoire"


def donnees_of(liste: ListeImprimee) -> dict[str, object]:
    titre = "Liste d’appel" if liste.publiee else "Liste d’appel provisoire"
    return {
        "titre": f"{titre}, {liste.intitule}",
        "grand_titre": titre,
        "sous_titre": f"{liste.intitule}, semestre de {liste.semestre}",
        "emetteur": liste.emetteur,
        "date": [liste.date.year, liste.date.month, liste.date.day],
        "edition": [[nom, valeur] for nom, valeur in edition_of(liste)[2:]],
        "entetes": list(liste.entetes),
        "largeurs": [LARGEURS.get(entete, 1) for entete in liste.entetes],
        "lignes": [list(ligne) for ligne in liste.lignes],
        "vide": "Aucun interne dans cet amphithéâtre.",
        "pied": _foot(liste),
    }


def _foot(liste: ListeImprimee) -> str:
    version = f"version {liste.version}, {etat_of(liste)}" if liste.version else "non établie"
    return f"{liste.intitule}, {version}, éditée {liste.editee}"
