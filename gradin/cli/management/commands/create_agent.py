"""gradin create-agent COURRIEL [--portee S[:GROUPE,…]]…: an ARS account and its first password."""

import secrets
from argparse import ArgumentParser
from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from gradin.operations.comptes.agents import PorteeInconnue, create_agent, parse_portee


class Command(BaseCommand):
    help = "Crée un compte de l'ARS avec sa portée et affiche son premier mot de passe."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("courriel")
        parser.add_argument("--portee", action="append", default=[], metavar="S[:GROUPE,…]")

    def handle(self, *, courriel: str, portee: list[str], **options: object) -> None:
        mot_de_passe = secrets.token_urlsafe(15)
        try:
            validate_email(courriel)
            create_agent(
                courriel=courriel,
                mot_de_passe=mot_de_passe,
                portees=[parse_portee(texte) for texte in portee],
                maintenant=datetime.now(UTC),
            )
        except ValidationError as erreur:
            raise CommandError(f"{courriel} n'est pas une adresse électronique.") from erreur
        except PorteeInconnue as erreur:
            raise CommandError(str(erreur)) from erreur
        self.stdout.write(f"Compte : {courriel}\nPremier mot de passe : {mot_de_passe}")
        if not portee:
            self.stderr.write("Aucune portée donnée : cet agent ne voit encore aucun amphithéâtre.")
