"""`gradin serve`: the whole service in one process."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from gradin.live.hub import HUB
from gradin.live.serveur import serve
from gradin.live.statiques import is_stale

APPLICATION = "gradin.config.asgi:application"


class Command(BaseCommand):
    help = "Serves pages, API, live streams, clock and mail from one process; refuses unsafe settings."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--adresse", default="127.0.0.1", help="address to listen on")

    def handle(self, *args: Any, **options: Any) -> None:
        adresse, port = options["adresse"], options["port"]
        if is_stale():
            call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["hx-*"])
        self.stdout.write(f"Gradin : http://{adresse}:{port}/ (Ctrl+C pour arrêter)")
        serve(APPLICATION, adresse, port, HUB.close)
