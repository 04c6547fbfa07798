"""gradin run-robots AMPHI [--url U] [--cadence S] [--absents 0.05]: a rehearsal over the HTTP API."""

import asyncio
import os
import secrets
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gradin.cli.demo.regisseur import RepetitionImpossible
from gradin.cli.demo.repetition import Reglages, Repetition
from gradin.operations.comptes.jetons import create_jetons
from gradin.operations.demonstration.comptes import open_seats
from gradin.operations.demonstration.repetition import bring_forward
from gradin.queries.demonstration import OFFERTS
from gradin.queries.designations import AmphiInconnu, amphi_named
from gradin.queries.robots import agent_for, joueurs_of

CADENCE = (3.0, 8.0)


class Command(BaseCommand):
    help = "Répétition : des robots choisissent à la place des internes, par l’API."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        port = os.environ.get("PORT", "8000")
        parser.add_argument("amphi", metavar="AMPHI", help="numéro, ou 2027-05/3/approfondissement")
        parser.add_argument("--url", default=f"http://127.0.0.1:{port}")
        parser.add_argument("--cadence", type=float, default=None, help="secondes par choix, de 3 à 8 sinon")
        parser.add_argument("--absents", type=float, default=0.05, help="part des robots absents")
        parser.add_argument("--humains", nargs="*", default=[], metavar="COURRIEL")
        parser.add_argument("--seed", type=int, default=2027)

    def handle(self, *, amphi: str, **options: Any) -> None:
        try:
            reglages = _settings(amphi_named(amphi), options)
            if bring_forward(reglages.amphi, datetime.now(UTC)):
                self._say("Répétition : les sessions sont avancées à maintenant.")
            if ouverts := open_seats(reglages.amphi, datetime.now(UTC)):
                self._say(f"Répétition : {ouverts} internes sans compte jouent sans mot de passe.")
            asyncio.run(self._repetition(reglages).run())
        except (AmphiInconnu, RepetitionImpossible) as erreur:
            raise CommandError(str(erreur)) from erreur
        except KeyboardInterrupt:
            self.stdout.write("Répétition arrêtée.")

    def _repetition(self, reglages: Reglages) -> Repetition:
        agent = agent_for(reglages.amphi)
        if agent is None:
            raise RepetitionImpossible(
                "Aucun agent n’a cet amphithéâtre dans sa portée : gradin create-agent."
            )
        comptes = {agent, *(joueur.compte for joueur in joueurs_of(reglages.amphi))}
        jetons = {compte: secrets.token_urlsafe(32) for compte in comptes}
        create_jetons(secrets=jetons, maintenant=datetime.now(UTC))
        return Repetition(reglages=reglages, jetons=jetons, jeton_agent=jetons[agent], dire=self._say)

    def _say(self, ligne: str) -> None:
        self.stdout.write(ligne)
        self.stdout.flush()


def _settings(amphi: int, options: dict[str, Any]) -> Reglages:
    cadence = options["cadence"]
    return Reglages(
        url=str(options["url"]).rstrip("/"),
        amphi=amphi,
        cadence=CADENCE if cadence is None else (0.6 * float(cadence), 1.4 * float(cadence)),
        absents=float(options["absents"]),
        humains=frozenset(courriel.lower() for courriel in options["humains"]),
        assidus=frozenset(offert.courriel for offert in OFFERTS),
        graine=int(options["seed"]),
    )
