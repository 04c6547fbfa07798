"""gradin run-robots AMPHI… [--url U] [--cadence S] [--absents 0.05] [--coupures 0]: a rehearsal over HTTP."""

import asyncio
import os
import secrets
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gradin.cli.demo.bilan import Bilan, tell
from gradin.cli.demo.regisseur import RepetitionImpossible
from gradin.cli.demo.repetition import Reglages, Repetition
from gradin.live.temps import maintenant_ms
from gradin.operations.comptes.jetons import create_jetons
from gradin.operations.demonstration.comptes import open_seats
from gradin.operations.demonstration.repetition import bring_forward
from gradin.queries.demonstration import COURRIELS
from gradin.queries.designations import AmphiInconnu, amphi_named
from gradin.queries.robots import agent_for, joueurs_of, read_deroulement

CADENCE = (3.0, 8.0)


class Command(BaseCommand):
    help = "Répétition : des robots choisissent à la place des internes, par l’API."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        port = os.environ.get("PORT", "8000")
        parser.add_argument(
            "amphi", metavar="AMPHI", nargs="+", help="numéro, ou 2027-05/3/approfondissement"
        )
        parser.add_argument("--url", default=f"http://127.0.0.1:{port}")
        parser.add_argument("--cadence", type=float, default=None, help="secondes par choix, de 3 à 8 sinon")
        parser.add_argument("--absents", type=float, default=0.05, help="part des robots absents")
        parser.add_argument("--coupures", type=float, default=0.0, help="part des flux coupés par minute")
        parser.add_argument("--humains", nargs="*", default=[], metavar="COURRIEL")
        parser.add_argument("--attendus", nargs="*", default=[], metavar="COURRIEL")
        parser.add_argument("--seed", type=int, default=2027)

    def handle(self, *, amphi: Sequence[str], **options: Any) -> None:
        bilans: list[Bilan] = []
        try:
            repetitions = [
                self._prepare(amphi_named(un), options, bilans, seul=len(amphi) == 1) for un in amphi
            ]
            asyncio.run(_run_together(repetitions))
        except (AmphiInconnu, RepetitionImpossible) as erreur:
            raise CommandError(str(erreur)) from erreur
        except KeyboardInterrupt:
            self.stdout.write("Répétition arrêtée.")
        self._report([un for un in bilans if un.internes or un.empechement])

    def _prepare(self, amphi: int, options: dict[str, Any], bilans: list[Bilan], *, seul: bool) -> Repetition:
        bilan = Bilan(amphi=amphi, depuis=maintenant_ms())
        bilans.append(bilan)
        dire = self._say if seul else lambda ligne: self._say(f"{amphi} · {ligne}")
        reglages = _settings(amphi, options)
        if bring_forward(amphi, datetime.now(UTC)):
            dire("Répétition : les sessions sont avancées à maintenant.")
        if ouverts := open_seats(amphi, datetime.now(UTC)):
            dire(f"Répétition : {ouverts} internes sans compte jouent sans mot de passe.")
        return _repetition(reglages, bilan, dire)

    def _report(self, bilans: list[Bilan]) -> None:
        """What went wrong ends the command with 1, as a test does."""
        if not bilans:
            return
        lignes, bien = tell(bilans, {un.amphi: read_deroulement(un.amphi, un.depuis) for un in bilans})
        self._say("\n".join(lignes))
        if not bien:
            sys.exit(1)

    def _say(self, ligne: str) -> None:
        self.stdout.write(ligne)
        self.stdout.flush()


async def _run_together(repetitions: Sequence[Repetition]) -> None:
    """Each amphi on its own: one that cannot be played is told in the report, the others go on."""
    en_cours = {une.bilan.amphi: une.bilan for une in repetitions}

    async def run(une: Repetition) -> None:
        une.autres = lambda: any(not un.attend for un in en_cours.values())
        try:
            await une.run()
        except RepetitionImpossible as erreur:
            if len(repetitions) == 1:
                raise
            une.bilan.empechement = " ".join(str(erreur).split())
        finally:
            del en_cours[une.bilan.amphi]

    await asyncio.gather(*map(run, repetitions))


def _repetition(reglages: Reglages, bilan: Bilan, dire: Callable[[str], None]) -> Repetition:
    agent = agent_for(reglages.amphi)
    if agent is None:
        raise RepetitionImpossible("Aucun agent n’a cet amphithéâtre dans sa portée : gradin create-agent.")
    comptes = {agent, *(joueur.compte for joueur in joueurs_of(reglages.amphi))}
    jetons = {compte: secrets.token_urlsafe(32) for compte in comptes}
    create_jetons(secrets=jetons, maintenant=datetime.now(UTC))
    return Repetition(reglages=reglages, jetons=jetons, jeton_agent=jetons[agent], dire=dire, bilan=bilan)


def _settings(amphi: int, options: dict[str, Any]) -> Reglages:
    cadence = options["cadence"]
    return Reglages(
        url=str(options["url"]).rstrip("/"),
        amphi=amphi,
        cadence=CADENCE if cadence is None else (0.6 * float(cadence), 1.4 * float(cadence)),
        absents=float(options["absents"]),
        humains=frozenset(courriel.lower() for courriel in options["humains"]),
        assidus=frozenset([*COURRIELS, *options["attendus"]]),
        attendus=frozenset(options["attendus"]),
        graine=int(options["seed"]) + amphi,
        coupures=float(options["coupures"]),
    )
