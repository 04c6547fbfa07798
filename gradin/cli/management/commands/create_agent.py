"""gradin create-agent COURRIEL [--role R] [--portee S[:GROUPE,…]]…: an account with its scope."""

import secrets
from argparse import ArgumentParser
from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from gradin.operations.actes_gestion import LIGNE_DE_COMMANDE
from gradin.operations.comptes.agents import ROLES, PorteeInconnue, create_agent, parse_portee


class Command(BaseCommand):
    help = "Crée un compte de l'ARS avec sa portée et affiche son premier mot de passe."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("courriel")
        parser.add_argument("--portee", action="append", default=[], metavar="S[:GROUPE,…]")
        parser.add_argument("--role", default="agent", choices=ROLES)

    def handle(self, *, courriel: str, portee: list[str], role: str, **options: object) -> None:
        mot_de_passe = secrets.token_urlsafe(15)
        try:
            validate_email(courriel)
            compte = create_agent(
                courriel=courriel,
                mot_de_passe=mot_de_passe,
                portees=[parse_portee(texte) for texte in portee],
                maintenant=datetime.now(UTC),
                role=ROLES[role],
                par=LIGNE_DE_COMMANDE,
            )
        except ValidationError as erreur:
            raise CommandError(f"{courriel} n'est pas une adresse électronique.") from erreur
        except PorteeInconnue as erreur:
            raise CommandError(str(erreur)) from erreur
        nouveau = compte.check_password(mot_de_passe)
        dit = f"Premier mot de passe : {mot_de_passe}" if nouveau else "Son mot de passe ne change pas."
        self.stdout.write(f"Compte : {courriel}\n{dit}")
        if not portee and role != "administrateur":
            self.stderr.write("Aucune portée donnée : cet agent ne voit encore aucun amphithéâtre.")
