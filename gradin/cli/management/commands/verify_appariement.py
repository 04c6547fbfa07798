"""gradin verify-appariement FICHIER: computes the whole file of a round again and compares, offline."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gradin.domain.appariement.publication import PublicationInvalide, read_publication, verify_publication


class Command(BaseCommand):
    help = "Recalcule hors ligne un tour d’appariement : gradin verify-appariement tour.json"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("fichier", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            contenu = options["fichier"].read_bytes()
            texte = contenu.decode("utf-8")
            tour = verify_publication(texte)
        except (OSError, UnicodeDecodeError, PublicationInvalide) as error:
            raise CommandError(f"{options['fichier']} : {error}") from error
        places = sum(site.places for site in tour.sites)
        affectes = len(read_publication(texte)[1].sites)
        self.stdout.write(
            f"Appariement vérifié : {len(tour.candidats)} candidats, {places} places "
            f"sur {len(tour.sites)} sites, {affectes} affectés. Résultat stable, identique au calcul. "
            f"Empreinte à comparer à celle qui est publiée : {sha256(contenu).hexdigest()}"
        )
