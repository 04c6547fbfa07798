"""gradin run-demo (make run): the service with the demonstration and its robots, until Ctrl+C."""

import os
import time
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from gradin.cli.demo.accueil import tell
from gradin.cli.demo.base import AutreBase, ready_base
from gradin.cli.demo.relais import Relais
from gradin.queries.demonstration import inscription_a_essayer, relais_en_cours


class Command(BaseCommand):
    help = "Sert la démonstration : base prête, robots au travail. C’est ce que lance « make run »."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))

    def handle(self, *, port: int, **options: object) -> None:
        try:
            for ligne in ready_base(_now()):
                self.stdout.write(ligne)
        except AutreBase as erreur:
            raise CommandError(str(erreur)) from erreur
        self._welcome(port)
        relais = Relais(port, _log())
        relais.start()
        try:
            call_command("serve", port=port)
        finally:
            relais.stop()

    def _welcome(self, port: int) -> None:
        self.stdout.write(
            tell(
                port=port,
                relais=relais_en_cours(),
                inscription=inscription_a_essayer(),
                dossier=settings.GRADIN_DATA,
                robots=_log(),
                maintenant=_now(),
            )
        )
        self.stdout.flush()


def _now() -> int:
    return time.time_ns() // 1_000_000


def _log() -> Path:
    dossier: Path = settings.GRADIN_DATA
    return dossier / "robots.log"
