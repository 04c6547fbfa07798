"""Files of the ARS: imports of 7,000 postes and 6,000 internes with their preview, and a large XLSX out."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import Any

import openpyxl
import xlsxwriter

import gradin.cli.demo
from bench import tailles
from bench.tableau import Ligne, Tableau
from gradin.documents.tableur import write_xlsx
from gradin.operations.imports.demande import DemandeImport
from gradin.operations.imports.import_internes import import_internes
from gradin.operations.imports.import_postes import import_postes

MODELES = Path(gradin.cli.demo.__file__).parent
LIGNES, COLONNES = 10_000, 12
ESSAIS = 3


def tables() -> Iterator[Tableau]:
    yield _imports()
    yield _xlsx()


def _imports() -> Tableau:
    """The files of the demonstration, made longer; each is previewed, then written."""
    with tempfile.TemporaryDirectory() as dossier:
        postes, internes = (Path(dossier) / f"{nom}.xlsx" for nom in ("postes", "internes"))
        _lengthen("postes", postes, tailles.POSTES)
        _lengthen("internes", internes, tailles.INTERNES)
        nue = _time_s(_read, postes) + _time_s(_read, internes)
        parts = [
            _time_s(importer, _ask(fichier, essai=essai))
            for importer, fichier in ((import_postes, postes), (import_internes, internes))
            for essai in (True, False)
        ]
    noms = ("postes, preview", "postes, written", "internes, preview", "internes, written")
    return Tableau(
        titre=f"import of {tailles.POSTES} postes and {tailles.INTERNES} internes",
        reference="openpyxl reads the two files",
        lignes=(
            Ligne(nom="both, previewed and written", valeur=sum(parts), unite="s", reference=nue, au_plus=30),
            *(Ligne(nom=nom, valeur=part, unite="s") for nom, part in zip(noms, parts, strict=True)),
        ),
    )


def _ask(fichier: Path, *, essai: bool) -> DemandeImport:
    return DemandeImport(
        chemin=fichier, semestre="2027-05", subdivision="Banc", essai=essai, creer_subdivision=True
    )


def _lengthen(nom: str, vers: Path, nombre: int) -> None:
    """Rows of the model again and again, each with a name of its own."""
    modele = openpyxl.load_workbook(MODELES / f"{nom}-lyon-2027-05.xlsx", read_only=True)
    feuille = modele.worksheets[0]
    entetes, *lignes = feuille.iter_rows(values_only=True)
    sortie = openpyxl.Workbook(write_only=True)
    page = sortie.create_sheet(feuille.title)
    page.append(entetes)
    for n in range(nombre):
        tour, k = divmod(n, len(lignes))
        propre = {"Numéro": 10_000 + n, "INE": f"{n:010d}EJ", "Courriel": f"i{n}@exemple.fr", "RPPS": None}
        page.append(
            [
                propre.get(cle, valeur)
                for cle, valeur in zip(entetes, _aged(lignes[k], entetes, tour), strict=True)
            ]
        )
    sortie.save(vers)


def _aged(ligne: Sequence[Any], entetes: Sequence[Any], tour: int) -> list[Any]:
    """The same interne of another list has another rank, or two would share one."""
    return [
        valeur + 200 * tour if cle in ("Rang local", "Effectif promo local") and valeur else valeur
        for cle, valeur in zip(entetes, ligne, strict=True)
    ]


def _read(fichier: Path) -> None:
    for _ in openpyxl.load_workbook(fichier, read_only=True).worksheets[0].iter_rows(values_only=True):
        pass


def _xlsx() -> Tableau:
    entetes = [f"Colonne {k}" for k in range(COLONNES)]
    lignes = [[f"{n} {k} hôpital" for k in range(COLONNES)] for n in range(LIGNES)]
    ours, bare, other = (
        min(_time_s(ecrire, entetes, lignes) for _ in range(ESSAIS))
        for ecrire in (_write_ours, _write_bare, _write_openpyxl)
    )
    return Tableau(
        titre=f"XLSX of {LIGNES} × {COLONNES}",
        reference="openpyxl",
        lignes=(
            Ligne(nom="Gradin", valeur=ours, unite="s", reference=other, au_plus=1),
            Ligne(nom="xlsxwriter, no width, no filter", valeur=bare, unite="s", reference=other),
        ),
    )


def _write_ours(entetes: list[str], lignes: list[list[str]]) -> None:
    write_xlsx("Banc", entetes, lignes)


def _write_bare(entetes: list[str], lignes: list[list[str]]) -> None:
    classeur = xlsxwriter.Workbook(BytesIO(), {"in_memory": True})
    page = classeur.add_worksheet()
    for rang, ligne in enumerate((entetes, *lignes)):
        page.write_row(rang, 0, ligne)
    classeur.close()


def _write_openpyxl(entetes: list[str], lignes: list[list[str]]) -> None:
    classeur = openpyxl.Workbook(write_only=True)
    page = classeur.create_sheet()
    for ligne in (entetes, *lignes):
        page.append(ligne)
    classeur.save(BytesIO())


def _time_s(run: Callable[..., object], *arguments: object) -> float:
    debut = perf_counter()
    run(*arguments)
    return perf_counter() - debut
