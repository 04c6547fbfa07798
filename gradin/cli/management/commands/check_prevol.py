"""gradin check-prevol AMPHI: the pre-flight report; exit 1 if the amphi must not open."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gradin.domain.prevol.dossier import Gravite
from gradin.queries.amphis import AmphiInconnu, find_amphi
from gradin.queries.prevol import examine

TITRES = {
    Gravite.BLOQUE: "BLOQUE  ",
    Gravite.A_CONFIRMER: "CONFIRMER",
    Gravite.A_SAVOIR: "À SAVOIR ",
}


class Command(BaseCommand):
    help = "Contrôle un amphi avant son démarrage ; code de sortie 1 s’il ne doit pas ouvrir."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("amphi", metavar="AMPHI")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rapport = examine(find_amphi(options["amphi"]))
        except AmphiInconnu as error:
            raise CommandError(str(error)) from None
        for constat in rapport.constats:
            self.stdout.write(f"{TITRES[constat.gravite]} {constat.code.value} : {constat.message}")
        bloquants, a_confirmer = len(rapport.bloquants), len(rapport.a_confirmer)
        if not rapport.peut_demarrer:
            raise CommandError(f"L’amphi ne doit pas ouvrir : {bloquants} point(s) à corriger.")
        self.stdout.write(f"Rien ne bloque ; {a_confirmer} point(s) à confirmer par un agent.")
