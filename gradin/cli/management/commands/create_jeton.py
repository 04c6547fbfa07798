"""gradin create-jeton COURRIEL: an API token for an account (the operator's command)."""

import secrets
from argparse import ArgumentParser
from datetime import UTC, datetime

from django.core.management.base import BaseCommand, CommandError

from gradin.operations.comptes.jetons import CompteInconnu, create_jeton_of


class Command(BaseCommand):
    help = "Crée un jeton de l'API, valable douze heures, pour un compte existant."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("courriel")

    def handle(self, *, courriel: str, **options: object) -> None:
        try:
            emis = create_jeton_of(
                courriel=courriel, secret=secrets.token_urlsafe(32), maintenant=datetime.now(UTC)
            )
        except CompteInconnu as erreur:
            raise CommandError(str(erreur)) from erreur
        self.stdout.write(emis.jeton)
        self.stderr.write(f"Expire le {emis.expire_le:%d/%m/%Y à %H:%M} UTC.")
