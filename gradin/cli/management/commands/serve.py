"""`gradin serve`: the whole service in one process, or in several on PostgreSQL."""

import os
import socket
import sys
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from gradin.live.equipe import Equipe
from gradin.live.hub import HUB
from gradin.live.processus import NOM
from gradin.live.roles import CHARGE, Role
from gradin.live.serveur import serve
from gradin.live.statiques import is_stale

APPLICATION = "gradin.config.asgi:application"
LANCEMENT = "from gradin.cli.main import main; main()"


class Command(BaseCommand):
    help = "Serves pages, API, live streams, clock and mail; refuses unsafe settings."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--adresse", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--processus", type=int, default=1, help="how many (PostgreSQL only)")
        parser.add_argument(
            "--role",
            default="tout",
            choices=[*Role],
            help="what it answers, where a proxy splits (PostgreSQL)",
        )
        parser.add_argument("--rang", type=int, default=0, help="which one of several this is")

    def handle(self, *args: Any, **options: Any) -> None:
        adresse, port, rang = options["adresse"], options["port"], options["rang"]
        if not 0 < port < 65_536:
            raise CommandError(f"Le port {port} n'existe pas : prenez-en un entre 1 et 65535.")
        if connection.vendor == "sqlite" and (options["processus"] > 1 or options["role"] != Role.TOUT):
            raise CommandError(
                "Sur SQLite, un seul processus : retirez --processus et --role, ou passez à PostgreSQL."
            )
        CHARGE.role = Role(options["role"])
        if not rang:
            self._prepare(adresse, port)
        if options["processus"] > 1:
            sys.exit(self._run_several(options["processus"], adresse, port))
        NOM.nom = f"{socket.gethostname()}:{port}:{rang}"
        serve(APPLICATION, adresse, port, HUB.close, partage=rang > 0)

    def _prepare(self, adresse: str, port: int) -> None:
        if is_stale():
            self._collect()
        self.stdout.write(f"Gradin : http://{adresse}:{port}/ (Ctrl+C pour arrêter)")

    def _collect(self) -> None:
        """Where the service may not write its own code, whoever installs has done it."""
        try:
            call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["hx-*"])
        except OSError as error:
            raise CommandError(
                f"Les fichiers statiques sont à refaire et ne s'écrivent pas d'ici ({error}) : "
                "lancez « gradin collectstatic --noinput » avec l'utilisateur qui installe."
            ) from error

    def _run_several(self, nombre: int, adresse: str, port: int) -> int:
        commun = [sys.executable, "-c", LANCEMENT, "serve", "--adresse", adresse, "--port", str(port)]
        commun += ["--role", CHARGE.role.value]
        return Equipe(nombre, lambda rang: [*commun, "--rang", str(rang)]).run()
