"""gradin show-liste AMPHI [--format csv|json]: the call list with every figure."""

from __future__ import annotations

import csv
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gradin.queries.amphis import AmphiInconnu, find_amphi
from gradin.queries.listes import COLONNES, read_colonnes, read_liste

# A spreadsheet runs a cell that begins so; the prefix keeps it a text.
DANGEREUX = ("=", "+", "-", "@", "\t", "\r")


class Command(BaseCommand):
    help = "Montre la liste d’appel d’un amphi, avec tous ses chiffres."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("amphi", metavar="AMPHI")
        parser.add_argument("--format", choices=("csv", "json"), default="csv")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            liste = read_liste(find_amphi(options["amphi"]))
        except AmphiInconnu as error:
            raise CommandError(str(error)) from None
        if liste is None:
            raise CommandError("La liste d’appel n’est pas calculée. Lancez prepare-amphis d’abord.")
        lignes = [read_colonnes(ligne) for ligne in liste.lignes]
        if options["format"] == "json":
            self.stdout.write(json.dumps(lignes, ensure_ascii=False, indent=1))
            return
        table = csv.writer(self.stdout, delimiter=";", lineterminator="\n")
        table.writerow(COLONNES)
        table.writerows([[neutralise(ligne[colonne]) for colonne in COLONNES] for ligne in lignes])


def neutralise(valeur: object) -> str:
    texte = "" if valeur is None else str(valeur)
    return f"'{texte}" if texte.startswith(DANGEREUX) else texte
