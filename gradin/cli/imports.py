"""What the two import commands share: their arguments, and the report as the ARS reads it."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gradin.operations.imports.anomalies import Anomalie, FichierRefuse, RapportImport
from gradin.operations.imports.demande import DemandeImport

DITES = 100


class ImportCommand(BaseCommand):
    """A file, a semestre; exit 1 with every error when the file is refused."""

    importer: Callable[[DemandeImport], RapportImport]
    quoi: str

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("fichier", metavar="FICHIER", type=Path)
        parser.add_argument("--semestre", required=True, help="par exemple 2027-05")
        parser.add_argument("--subdivision", default="")
        parser.add_argument(
            "--creer-subdivision",
            action="store_true",
            help="crée la subdivision nommée si elle n’existe pas (sans quoi le fichier est refusé)",
        )
        parser.add_argument("--essai", action="store_true", help="montre ce qui serait fait, sans écrire")

    def handle(self, *args: Any, **options: Any) -> None:
        demande = DemandeImport(
            chemin=options["fichier"],
            semestre=options["semestre"],
            subdivision=options["subdivision"],
            essai=options["essai"],
            creer_subdivision=options["creer_subdivision"],
        )
        try:
            rapport = type(self).importer(demande)
        except FichierRefuse as refus:
            raise CommandError("\n".join(write_refus(refus))) from None
        self.stdout.write("\n".join(write_rapport(rapport, self.quoi)))


def write_refus(refus: FichierRefuse) -> Iterator[str]:
    nombre = len(refus.anomalies)
    yield f"Fichier refusé, rien n’a été enregistré : {nombre} erreur{'s' if nombre > 1 else ''}."
    yield from list_anomalies(refus.anomalies)


def write_rapport(rapport: RapportImport, quoi: str) -> Iterator[str]:
    """One line per figure, then what deserves a look."""
    if rapport.essai:
        yield "Essai : rien n’a été enregistré."
    yield (
        f"{rapport.lignes} {quoi} lus : {rapport.crees} créés, {rapport.modifies} modifiés, "
        f"{rapport.inchanges} inchangés ({rapport.changements} changements en tout)."
    )
    if rapport.lignes_masquees:
        yield f"{rapport.lignes_masquees} lignes masquées dans la feuille ont été lues comme les autres."
    if rapport.colonnes_inconnues:
        yield f"Colonnes ignorées, car inconnues : {', '.join(rapport.colonnes_inconnues)}."
    yield from write_suite("Référentiel", rapport.referentiel)
    yield from write_suite("Connus de la plateforme, absents du fichier, gardés", rapport.absents)
    yield from write_suite("Conflits", [str(conflit) for conflit in rapport.conflits])
    yield from write_suite("Avertissements", [str(alerte) for alerte in rapport.avertissements])


def write_suite(titre: str, lignes: tuple[str, ...] | list[str]) -> Iterator[str]:
    if not lignes:
        return
    yield f"{titre} ({len(lignes)}) :"
    yield from (f"  {ligne}" for ligne in lignes[:DITES])
    if len(lignes) > DITES:
        yield f"  … et {len(lignes) - DITES} autres."


def list_anomalies(anomalies: tuple[Anomalie, ...]) -> Iterator[str]:
    yield from (f"  {anomalie}" for anomalie in anomalies[:DITES])
    if len(anomalies) > DITES:
        yield f"  … et {len(anomalies) - DITES} autres."
