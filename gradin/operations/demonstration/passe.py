"""Four past semesters for the demonstration: how far each service went, drawn from the seed."""

import csv
import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.db.models import Count

from gradin.data.amphis.models import Offre, Place
from gradin.operations.imports.demande import DemandeImport
from gradin.operations.imports.import_rangs import import_rangs

SEMESTRES = ("2025-05", "2025-11", "2026-05", "2026-11")
ENTETES = (
    "IMOTEP",
    "Groupe",
    "Régime de formation",
    "Dernier rang",
    "Postes offerts",
    "Postes pourvus",
    "Effectif",
)
# From one semester to the next a service goes a little earlier or later, and a list is a little longer.
ECART, VARIATION = 0.16, 0.1


def write_past(semestre: str, subdivision: str, graine: int) -> int:
    """By the import that the ARS has, from the services of `semestre`; gives back how many lines."""
    offres = [*_offers(semestre)]
    with tempfile.TemporaryDirectory() as dossier:
        return sum(
            import_rangs(
                DemandeImport(
                    chemin=_file(Path(dossier), code, offres, graine), semestre=code, subdivision=subdivision
                )
            ).lignes
            for code in SEMESTRES
        )


def _offers(semestre: str) -> Iterator[tuple[str, str, str, int, int]]:
    """IMOTEP, groupe, phase, postes, internes of the list."""
    effectifs = dict(
        Place.objects.filter(amphi__semestre__code=semestre)
        .values_list("amphi")
        .annotate(effectif=Count("pk"))
    )
    rows = Offre.objects.filter(amphi__semestre__code=semestre).values_list(
        "poste__service__imotep", "amphi__groupe__code", "amphi__phase", "amphi"
    )
    for imotep, groupe, phase, amphi, postes in rows.annotate(postes=Count("pk")).order_by(
        "amphi", "poste__service__imotep"
    ):
        if effectifs.get(amphi, 0):
            yield imotep, groupe, phase, postes, effectifs[amphi]


def _file(dossier: Path, code: str, offres: list[tuple[str, str, str, int, int]], graine: int) -> Path:
    chemin = dossier / f"rangs-{code}.csv"
    with chemin.open("w", encoding="utf-8", newline="") as sortie:
        ecrivain = csv.writer(sortie, delimiter=";")
        ecrivain.writerow(ENTETES)
        for imotep, groupe, phase, postes, effectif in offres:
            liste = round(effectif * (1 + VARIATION * (_draw(graine, code, groupe, phase) - 0.5)))
            ecrivain.writerow((imotep, groupe, phase, *_went(graine, code, imotep, postes, max(1, liste))))
    return chemin


def _went(graine: int, code: str, imotep: str, postes: int, effectif: int) -> tuple[int | str, int, int, int]:
    """Last rank, offered, taken, size: what is liked least is left when everybody has chosen."""
    part = 1.05 * _draw(graine, imotep) + ECART * (_draw(graine, code, imotep) - 0.5)
    rang = max(min(postes, effectif), round(part * effectif))
    if rang <= effectif:
        return rang, postes, min(postes, effectif), effectif
    pris = min(postes - 1, effectif)
    return (round(effectif * 0.9) or 1) if pris else "", postes, pris, effectif


def _draw(graine: int, *noms: str) -> float:
    octets = hashlib.sha256("/".join((str(graine), *noms)).encode()).digest()
    return int.from_bytes(octets[:4], "big") / 2**32
