"""gradin verify-appariement FICHIER: computes a whole file again, or checks a receipt, offline."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gradin.domain.appariement.engagements import is_recu, verify_in_file, verify_recu
from gradin.domain.appariement.publication import PublicationInvalide, read_publication, verify_publication


class Command(BaseCommand):
    help = "Recalcule hors ligne un tour d’appariement : gradin verify-appariement tour.json"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("fichier", type=Path, help="fichier complet d’un tour, ou reçu d’une personne")
        parser.add_argument("--liste", type=Path, help="liste publiée, pour un reçu")
        parser.add_argument("--complet", type=Path, help="fichier complet où retrouver la ligne de ce reçu")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["liste"]:
            self._check_recu(options["fichier"], options["liste"], options["complet"])
            return
        try:
            contenu = options["fichier"].read_bytes()
            texte = contenu.decode("utf-8")
            if is_recu(texte):
                raise PublicationInvalide("c’est un reçu. Ajoutez --liste, la liste publiée de ce tour.")
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

    def _check_recu(self, recu: Path, liste: Path, complet: Path | None) -> None:
        try:
            publiee = liste.read_text("utf-8")
            lu = verify_recu(recu.read_text("utf-8"), publiee)
            if complet is not None:
                verify_in_file(lu, publiee, complet.read_bytes().decode("utf-8"))
        except (OSError, UnicodeDecodeError, PublicationInvalide) as error:
            raise CommandError(f"{recu} : {error}") from error
        self.stdout.write("Reçu vérifié : sa ligne est dans la liste publiée, inchangée.")
        if complet is not None:
            self.stdout.write("Le fichier complet est celui de la liste, et contient cette ligne.")
