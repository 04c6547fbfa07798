"""« Liste des affectations » (manual §11), as they are made; the address holds the whole query."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gradin.documents.imprimerie import IMPRIMERIE
from gradin.documents.tableur import write_csv, write_xlsx
from gradin.queries.noms import noms_lisibles
from gradin.queries.public import affectations as lues
from gradin.queries.public.criteres_affectations import (
    CRITERES,
    FiltreAffectations,
    read_criteres,
    short_lists_of,
)
from gradin.queries.public.semestres import SemestreLu, find_semestre, list_semestres, version_of
from gradin.queries.visiteurs import visiteur_of
from gradin.web.public import recherche, requete
from gradin.web.public.affectations_lignes import render_lignes
from gradin.web.templatetags.gradin import localize

# Of the manual, in its order; the hour stands under the semestre, the numéro under the DES.
COLONNES = (
    ("heure", "Semestre"),
    ("valides", "Semest. validés"),
    ("des", "DES poste"),
    ("departement", "Dép."),
    ("etablissement", "Établissement"),
    ("service", "Service"),
    ("chef", "Chef de service"),
    ("interne", "Interne"),
    ("regime", "R. de formation"),
    ("des_interne", "DES interne"),
    ("ufr", "UFR"),
)
COLONNES_FICHIER = (
    ("Semestre", "semestre"),
    ("Semest. validés", "valides"),
    ("DES poste", "des"),
    ("Dép.", "departement"),
    ("Établissement", "etablissement"),
    ("Service", "service"),
    ("Chef de service", "chef"),
    ("Interne", "interne"),
    ("R. de formation", "regime"),
    ("DES interne", "des_interne"),
    ("UFR", "ufr"),
    ("N° poste", "numero"),
)
SANS_FILTRE = {"q": "", "amphi": "", **dict.fromkeys(CRITERES, "")}
GARDES = ("amphi", "tri", "par_page")


@login_not_required
@require_safe
def affectations(request: HttpRequest) -> HttpResponse:
    semestre = find_semestre(requete.read_words(request, "semestre"))
    maintenant = requete.now()
    if semestre is None:
        contexte: dict[str, Any] = {"version": "0", "maintenant": maintenant}
        return requete.render_list(request, "public/affectations.html", contexte)
    filtre = _filtre(request)
    noms = noms_lisibles(visiteur_of(request.user))
    lignes, corrections = lues.find_affectations(semestre, filtre, noms)
    if (genre := request.GET.get("format", "")) in recherche.FORMATS:
        return _download(genre, semestre, lues.list_affectations(lignes, semestre, filtre), maintenant)
    page = lues.page_of_affectations(lignes, semestre, filtre)
    contexte = {
        "semestre": semestre,
        "version": version_of(semestre),
        "maintenant": maintenant,
        "filtre": filtre,
        "corrections": corrections,
        "compte": lues.count_affectations(semestre, noms),
        "page": page,
        "lignes": render_lignes(page.object_list),
        "colonnes": requete.columns(request, filtre.tri, COLONNES),
        "base": requete.base(request),
        "sans_filtre": requete.link(request, **SANS_FILTRE),
    }
    if not request.headers.get(requete.FRAGMENT):
        contexte |= _tools(request, semestre, filtre)
    return requete.render_list(request, "public/affectations.html", contexte)


def _filtre(request: HttpRequest) -> FiltreAffectations:
    return FiltreAffectations(
        **read_criteres(dict(request.GET.lists())),
        q=requete.read_words(request),
        amphi=requete.read_number(request, "amphi", 0) or None,
        tri=requete.read_words(request, "tri") or "-heure",
        page=requete.read_number(request, "page", 1),
        par_page=recherche.read_par_page(request),
    )


def _tools(request: HttpRequest, semestre: SemestreLu, filtre: FiltreAffectations) -> dict[str, object]:
    """What stands around the list and does not change with it."""
    return recherche.form_of(request, filtre, CRITERES, short_lists_of(semestre), GARDES) | {
        "semestres": list_semestres(),
        "fichiers": [(genre.upper(), requete.link(request, format=genre)) for genre in recherche.FORMATS],
    }


def _download(
    genre: str, semestre: SemestreLu, lignes: list[lues.AffectationLue], maintenant: datetime
) -> HttpResponse:
    """The whole list found; a workbook of thousands of rows is made in the child process."""
    entetes = [mot for mot, _ in COLONNES_FICHIER]
    cellules = [[getattr(ligne, champ) for _, champ in COLONNES_FICHIER] for ligne in lignes]
    if genre == "xlsx":
        corps = IMPRIMERIE.run(write_xlsx, "Affectations", entetes, cellules)
    else:
        corps = write_csv(entetes, cellules)
    nom = f"affectations-{semestre.code}-{localize(maintenant):%Y%m%d-%H%M}.{genre}"
    return recherche.attach(corps, genre, nom)
