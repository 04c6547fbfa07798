"""The kinds of individual demands: what each asks for, what it wants as papers, what it changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Nature(StrEnum):
    """A demand of one interne about one or more of his semesters (PAPS)."""

    STAGE_LIBRE = "stage_libre"
    HORS_SUBDIVISION = "hors_subdivision"
    ANNEE_RECHERCHE = "annee_recherche"
    DISPONIBILITE = "disponibilite"
    REMORDS = "remords"
    DEROGATION_DESC = "derogation_desc"


class Disponibilite(StrEnum):
    """Why a disponibilité; only research counts (rules.md §2)."""

    RECHERCHE = "recherche"
    ETRANGER = "etranger"
    FAMILLE = "famille"
    CONVENANCES = "convenances"


class Decompte(StrEnum):
    """What the semesters of an accepted demand are worth in the seniority."""

    VALIDE = "valide"
    RECHERCHE = "recherche"
    RIEN = "rien"
    INCHANGE = "inchange"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demarche:
    """`objet`: the one precise thing the form asks. `absent`: he leaves the choice of these semesters.

    `avis`: the coordonnateur's opinion is wanted. `delai`: days before the semestre, a parameter.
    """

    nature: Nature
    titre: str
    resume: str
    objet: str
    aide_objet: str
    pieces: tuple[str, ...]
    decompte: Decompte
    absent: bool
    avis: bool = True
    durees: tuple[int, ...] = (1,)
    delai: int = 60
    prononce: str = "l’ARS"


FORMES: Mapping[Disponibilite, str] = {
    Disponibilite.RECHERCHE: "Études ou recherche d’intérêt général",
    Disponibilite.ETRANGER: "Stage de formation à l’étranger",
    Disponibilite.FAMILLE: "Raison familiale grave",
    Disponibilite.CONVENANCES: "Convenances personnelles",
}
DEMARCHES: Mapping[Nature, Demarche] = {
    une.nature: une
    for une in (
        Demarche(
            nature=Nature.STAGE_LIBRE,
            titre="Stage libre",
            resume="Un semestre dans un terrain que votre DES n’ouvre pas, dans votre subdivision.",
            objet="Établissement et service",
            aide_objet="Par exemple\u00a0: CH de Vienne, soins palliatifs.",
            pieces=("Accord écrit du chef de service d’accueil", "Projet de formation"),
            decompte=Decompte.VALIDE,
            absent=True,
        ),
        Demarche(
            nature=Nature.HORS_SUBDIVISION,
            titre="Stage hors subdivision",
            resume="Un semestre dans une autre subdivision (inter-CHU).",
            objet="Subdivision, établissement et service d’accueil",
            aide_objet="Par exemple\u00a0: Grenoble, CHU Grenoble-Alpes, neurologie.",
            pieces=(
                "Accord du chef de service d’accueil",
                "Accord du coordonnateur de la subdivision d’accueil",
                "Projet de formation",
            ),
            decompte=Decompte.VALIDE,
            absent=True,
            delai=120,
        ),
        Demarche(
            nature=Nature.ANNEE_RECHERCHE,
            titre="Année-recherche",
            resume="Deux semestres consacrés à un master 2 ou à une thèse, sans choix de stage.",
            objet="Sujet et laboratoire",
            aide_objet="Le titre du projet et le laboratoire qui vous accueille.",
            pieces=(
                "Projet de recherche",
                "Accord du directeur de laboratoire",
                "Justificatif d’inscription en master ou en thèse",
            ),
            decompte=Decompte.RECHERCHE,
            absent=True,
            durees=(2,),
            delai=120,
        ),
        Demarche(
            nature=Nature.DISPONIBILITE,
            titre="Mise en disponibilité",
            resume="Un ou deux semestres sans stage. Le CHU la prononce, l’ARS en tient compte.",
            objet="Précision",
            aide_objet="Ce que vous ferez, en une ligne. Rien de médical.",
            pieces=("Demande écrite au CHU de rattachement", "Décision du CHU, dès que vous l’avez"),
            decompte=Decompte.RIEN,
            absent=True,
            avis=False,
            durees=(1, 2),
            prononce="votre CHU de rattachement",
        ),
        Demarche(
            nature=Nature.REMORDS,
            titre="Droit au remords",
            resume="Changer de spécialité, une seule fois dans l’internat.",
            objet="DES souhaité",
            aide_objet="Le DES dans lequel vous demandez à continuer.",
            pieces=("Lettre de motivation", "Avis du coordonnateur du DES souhaité"),
            decompte=Decompte.INCHANGE,
            absent=False,
            delai=90,
        ),
        Demarche(
            nature=Nature.DEROGATION_DESC,
            titre="Dérogation pour un DESC",
            resume="Faire un second stage d’urgences ou de médecine adulte pour valider aussi votre DESC.",
            objet="DESC et stage demandé",
            aide_objet="Par exemple\u00a0: DESC de médecine d’urgence, second stage d’urgences.",
            pieces=("Accord d’inscription au DESC",),
            decompte=Decompte.INCHANGE,
            absent=False,
            delai=30,
        ),
    )
}


def decompte_of(nature: Nature, forme: str) -> Decompte:
    """A disponibilité counts when it is for research; the others as their kind says."""
    if nature is Nature.DISPONIBILITE and forme == Disponibilite.RECHERCHE:
        return Decompte.RECHERCHE
    return DEMARCHES[nature].decompte


def titre_of(nature: Nature, forme: str) -> str:
    """« Mise en disponibilité (convenances personnelles) »."""
    titre = DEMARCHES[nature].titre
    mot = FORMES[Disponibilite(forme)] if forme else ""
    return f"{titre} ({mot[:1].lower()}{mot[1:]})" if mot else titre
