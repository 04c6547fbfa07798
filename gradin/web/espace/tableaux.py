"""The lists of « Mon espace » as tables: one declaration for the page and for its files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse

from gradin.documents.tableur import write_csv, write_xlsx
from gradin.operations.droits import Acte
from gradin.queries.espaces import listes
from gradin.queries.espaces.perimetre import Perimetre
from gradin.queries.public.semestres import SemestreLu
from gradin.web.public.recherche import XLSX
from gradin.web.templatetags.gradin import localize

ETATS = {"libre": "Non pourvu", "pourvu": "Pourvu"}
Chercher = Callable[[Perimetre, SemestreLu, str], QuerySet[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Colonne:
    """`classe`: its place on a phone (listes.css); `fichier`: in the files alone."""

    champ: str
    entete: str
    classe: str = ""
    fichier: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tableau:
    """`read`: the rows of a query as plain lines. `rien`: what an empty list says."""

    nom: str
    titre: str
    acte: Acte
    find: Chercher
    read: Callable[[list[Any]], list[Any]]
    colonnes: tuple[Colonne, ...]
    rien: str
    aide: str


NOM = (
    Colonne(champ="nom", entete="Nom", classe="table__fort"),
    Colonne(champ="prenom", entete="Prénom", classe="c-prenom"),
)
LIEU = (
    Colonne(champ="etablissement", entete="Établissement", classe="c-lieu"),
    Colonne(champ="service", entete="Service", classe="c-service-lu"),
    Colonne(champ="chef", entete="Chef de service", classe="c-second"),
    Colonne(champ="imotep", entete="IMOTEP", fichier=True),
)
INTERNES = Tableau(
    nom="internes",
    titre="Mes internes",
    acte=Acte.LIRE_PROMOTION,
    find=listes.find_internes,
    read=lambda rows: [listes.read_interne(row) for row in rows],
    colonnes=(
        *NOM,
        Colonne(champ="des", entete="DES"),
        Colonne(champ="phase", entete="Phase"),
        Colonne(champ="promotion", entete="Promotion", classe="nombre c-second"),
        Colonne(champ="semestres", entete="Semestres validés", classe="nombre c-etat"),
        Colonne(champ="ufr", entete="UFR", classe="c-second"),
    ),
    rien="Aucun interne de votre périmètre n’est inscrit à ce semestre.",
    aide="Un nom ou un prénom.",
)
AFFECTATIONS = Tableau(
    nom="affectations",
    titre="Qui arrive",
    acte=Acte.LIRE_ARRIVEES,
    find=listes.find_arrivees,
    read=listes.read_arrivees,
    colonnes=(
        *NOM,
        Colonne(champ="des", entete="DES"),
        Colonne(champ="phase", entete="Phase", classe="c-second"),
        *LIEU,
        Colonne(champ="numero", entete="N° poste", classe="nombre c-etat"),
        Colonne(champ="flechage", entete="Fléchage", classe="c-second"),
        Colonne(champ="chosen_at", entete="Choisi le", fichier=True),
    ),
    rien="Aucune affectation à lire\u00a0: elles paraissent ici dès que les noms peuvent être dits.",
    aide="Un nom, un service, un établissement.",
)
POSTES = Tableau(
    nom="postes",
    titre="Mes postes",
    acte=Acte.LIRE_TERRAINS,
    find=listes.find_postes,
    read=lambda rows: [listes.read_poste(row) for row in rows],
    colonnes=(
        Colonne(champ="service", entete="Service", classe="table__fort"),
        Colonne(champ="numero", entete="N° poste", classe="nombre c-poste"),
        Colonne(champ="etat", entete="État", classe="c-etat"),
        Colonne(champ="etablissement", entete="Établissement", classe="c-lieu"),
        Colonne(champ="chef", entete="Chef de service", classe="c-second"),
        Colonne(champ="imotep", entete="IMOTEP", fichier=True),
        Colonne(champ="des", entete="DES"),
        Colonne(champ="groupe", entete="Groupe", fichier=True),
        Colonne(champ="regime", entete="Régime de formation", classe="c-second"),
        Colonne(champ="type_poste", entete="Type", fichier=True),
        Colonne(champ="reserve", entete="Réservé à", classe="c-second"),
        Colonne(champ="flechage", entete="Fléchage", classe="c-second"),
    ),
    rien="Aucun poste de votre périmètre n’est publié pour ce semestre.",
    aide="Un service, un établissement, un fléchage.",
)
TABLEAUX = (AFFECTATIONS, INTERNES, POSTES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cellule:
    champ: str
    classe: str
    texte: str


def cut(tableau: Tableau, rows: QuerySet[Any], page: int, par_page: int) -> Page:
    """One page of it, each line a tuple of `Cellule`."""
    coupe: Page[Any] = Paginator(rows, par_page).get_page(page)
    coupe.object_list = lines(tableau, list(coupe.object_list))
    return coupe


def lines(tableau: Tableau, rows: list[Any]) -> list[tuple[Cellule, ...]]:
    visibles = shown(tableau)
    return [
        tuple(Cellule(champ=c.champ, classe=c.classe, texte=getattr(lue, c.champ)) for c in visibles)
        for lue in tableau.read(rows)
    ]


def shown(tableau: Tableau) -> Sequence[Colonne]:
    return [colonne for colonne in tableau.colonnes if not colonne.fichier]


def download(genre: str, tableau: Tableau, rows: QuerySet[Any], maintenant: datetime) -> HttpResponse:
    """All of it, as XLSX or CSV; the name says of which hour."""
    entetes = [colonne.entete for colonne in tableau.colonnes]
    lignes = [[_said(lue, c.champ) for c in tableau.colonnes] for lue in tableau.read(list(rows))]
    if genre == "xlsx":
        response = HttpResponse(write_xlsx(tableau.titre, entetes, lignes), content_type=XLSX)
    else:
        response = HttpResponse(write_csv(entetes, lignes), content_type="text/csv; charset=utf-8")
    nom = f"{tableau.nom}-{localize(maintenant):%Y%m%d-%H%M}.{genre}"
    response["Content-Disposition"] = f'attachment; filename="{nom}"'
    return response


def _said(lue: Any, champ: str) -> str:
    valeur = getattr(lue, champ)
    if champ == "etat":
        return ETATS.get(valeur, valeur)
    if champ == "chosen_at":
        return f"{datetime.fromtimestamp(valeur / 1000, ZoneInfo(lue.fuseau)):%d/%m/%Y %H:%M}"
    return str(valeur)
