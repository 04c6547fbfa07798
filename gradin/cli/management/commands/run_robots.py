"""gradin run-robots AMPHI… | --tous [--url U] [--cadence S] [--absents 0.05] [--coupures 0]: a rehearsal."""

import asyncio
import os
import secrets
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from gradin.cli.demo.base import is_marked
from gradin.cli.demo.bilan import Bilan
from gradin.cli.demo.rapport import Constat, progress, tell
from gradin.cli.demo.regisseur import RepetitionImpossible
from gradin.cli.demo.repetition import Reglages, Repetition
from gradin.cli.demo.verification import verify_amphi
from gradin.live.temps import maintenant_ms
from gradin.operations.comptes.jetons import create_jetons
from gradin.operations.demonstration.comptes import open_seats
from gradin.operations.demonstration.repetition import bring_forward
from gradin.queries.demonstration import COURRIELS
from gradin.queries.designations import AmphiInconnu, amphi_named
from gradin.queries.robots import agent_for, amphis_to_rehearse, joueurs_of, parametres_of, read_deroulement

CADENCE = (3.0, 8.0)
# People, of the 90 seconds they have.
CADENCE_REELLE = (15.0, 80.0)
NOUVELLES_S = 15.0


class Command(BaseCommand):
    help = "Répétition : des robots choisissent par l’API à la place des internes, et disent ce qui va mal."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        port = os.environ.get("PORT", "8000")
        parser.add_argument(
            "amphi", metavar="AMPHI", nargs="*", help="numéro, ou 2027-05/3/approfondissement"
        )
        parser.add_argument(
            "--tous", action="store_true", help="tous ceux dont la liste est publiée et qui ne sont pas clos"
        )
        parser.add_argument("--url", default=f"http://127.0.0.1:{port}")
        parser.add_argument("--cadence", type=float, default=None, help="secondes par choix, de 3 à 8 sinon")
        parser.add_argument(
            "--durees-reelles", action="store_true", help="de 15 à 80 secondes par choix, comme des personnes"
        )
        parser.add_argument("--absents", type=float, default=0.05, help="part des robots absents")
        parser.add_argument("--coupures", type=float, default=0.0, help="part des flux coupés par minute")
        parser.add_argument(
            "--arrets", type=int, default=0, help="arrêts du service que vous ferez : le bilan les admet"
        )
        parser.add_argument("--humains", nargs="*", default=[], metavar="COURRIEL")
        parser.add_argument("--attendus", nargs="*", default=[], metavar="COURRIEL")
        parser.add_argument("--seed", type=int, default=2027)

    def handle(self, *, amphi: Sequence[str], **options: Any) -> None:
        bilans: list[Bilan] = []
        try:
            amphis = _amphis(amphi, tous=options["tous"])
            repetitions = [self._prepare(un, options, bilans, seul=len(amphis) == 1) for un in amphis]
            asyncio.run(self._run_together([une for une in repetitions if une]))
        except (AmphiInconnu, RepetitionImpossible) as erreur:
            raise CommandError(str(erreur)) from erreur
        except KeyboardInterrupt:
            self.stdout.write("Répétition arrêtée.")
        self._report([un for un in bilans if un.internes or un.empechement], options["arrets"])

    def _prepare(
        self, amphi: int, options: dict[str, Any], bilans: list[Bilan], *, seul: bool
    ) -> Repetition | None:
        """None where there is nothing to play; the report says why."""
        bilan = Bilan(amphi=amphi, depuis=maintenant_ms())
        bilans.append(bilan)
        if parametres_of(amphi).par_voeux:
            bilan.empechement = (
                "choix par vœux, sans tours : les robots n’ont rien à jouer. Attribuez-le dans la régie."
            )
            return None
        dire = self._say if seul else lambda ligne: self._say(f"{amphi} · {ligne}")
        if bring_forward(amphi, datetime.now(UTC)):
            dire("Répétition : les sessions sont avancées à maintenant.")
        if ouverts := open_seats(amphi, datetime.now(UTC)):
            dire(f"Répétition : {ouverts} internes sans compte jouent sans mot de passe.")
        une = _repetition(_settings(amphi, options), bilan, dire)
        if seul:
            une.conter = dire
        return une

    async def _run_together(self, repetitions: Sequence[Repetition]) -> None:
        """Each amphi on its own: one that cannot be played is told in the report, the others go on."""
        en_cours = {une.bilan.amphi: une.bilan for une in repetitions}
        bilans = [une.bilan for une in repetitions]

        async def run(une: Repetition) -> None:
            une.autres = lambda: any(not un.attend for un in en_cours.values())
            try:
                await une.run()
            except RepetitionImpossible as erreur:
                if len(repetitions) == 1:
                    raise
                une.bilan.empechement = " ".join(str(erreur).split())
            except httpx.HTTPError as erreur:
                une.bilan.empechement = f"le service ne répond pas à {une.reglages.url} ({erreur})"
            finally:
                del en_cours[une.bilan.amphi]

        async def give_news(debut: float) -> None:
            while True:
                await asyncio.sleep(NOUVELLES_S)
                self._say(progress(bilans, time.monotonic() - debut, len(en_cours)))

        nouvelles = asyncio.create_task(give_news(time.monotonic())) if len(repetitions) > 1 else None
        await asyncio.gather(*map(run, repetitions))
        if nouvelles:
            nouvelles.cancel()

    def _report(self, bilans: list[Bilan], arrets: int) -> None:
        """What went wrong ends the command with 1, as a test does."""
        if not bilans:
            return
        lignes, bien = tell([_judge(un) for un in bilans], arrets)
        self._say("\n".join(lignes))
        if not bien:
            sys.exit(1)

    def _say(self, ligne: str) -> None:
        self.stdout.write(ligne)
        self.stdout.flush()


def _amphis(noms: Sequence[str], *, tous: bool) -> tuple[int, ...]:
    """Those named, or all; never where the internes would be written to."""
    if settings.GRADIN_SMTP_URL and not is_marked():
        raise CommandError(
            "Cette installation envoie de vrais courriels (GRADIN_SMTP_URL) : les internes recevraient ceux "
            "de la répétition. Répétez sur une installation à part, sans cette variable."
        )
    if bool(noms) == tous:
        raise CommandError("Dites quels amphis jouer, ou --tous.")
    amphis = amphis_to_rehearse() if tous else tuple(map(amphi_named, noms))
    if not amphis:
        raise CommandError(
            "Aucun amphi dont la liste est publiée. « gradin load-demo --repetition » en prépare dix."
        )
    return amphis


def _judge(bilan: Bilan) -> Constat:
    lu = read_deroulement(bilan.amphi, bilan.depuis)
    return Constat(bilan=bilan, lu=lu, refus=verify_amphi(bilan.amphi) if lu.lignes else "")


def _repetition(reglages: Reglages, bilan: Bilan, dire: Callable[[str], None]) -> Repetition:
    agent = agent_for(reglages.amphi)
    if agent is None:
        raise RepetitionImpossible("Aucun agent n’a cet amphithéâtre dans sa portée : gradin create-agent.")
    comptes = {agent, *(joueur.compte for joueur in joueurs_of(reglages.amphi))}
    jetons = {compte: secrets.token_urlsafe(32) for compte in comptes}
    create_jetons(secrets=jetons, maintenant=datetime.now(UTC))
    return Repetition(reglages=reglages, jetons=jetons, jeton_agent=jetons[agent], dire=dire, bilan=bilan)


def _settings(amphi: int, options: dict[str, Any]) -> Reglages:
    return Reglages(
        url=str(options["url"]).rstrip("/"),
        amphi=amphi,
        cadence=_cadence(options["cadence"], CADENCE_REELLE if options["durees_reelles"] else CADENCE),
        absents=float(options["absents"]),
        humains=frozenset(courriel.lower() for courriel in options["humains"]),
        assidus=frozenset([*COURRIELS, *options["attendus"]]),
        attendus=frozenset(options["attendus"]),
        graine=int(options["seed"]) + amphi,
        coupures=float(options["coupures"]),
        mode=parametres_of(amphi).mode,
    )


def _cadence(dite: float | None, sinon: tuple[float, float]) -> tuple[float, float]:
    return sinon if dite is None else (0.6 * dite, 1.4 * dite)
