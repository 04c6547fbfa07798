"""gradin run-demo (make run): the service with the demonstration and its robots, until Ctrl+C."""

import os
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from gradin.cli.demo.base import AutreBase, ready_base
from gradin.operations.demonstration.comptes import MOT_DE_PASSE
from gradin.operations.demonstration.partenaires import NOMS
from gradin.queries.demonstration import OFFERTS, amphi_en_direct, inscription_a_essayer

DOCTEUR_JUNIOR = "docteur.junior1@gradin.demo"
BIENVENUE = """
  Gradin, démonstration : {url}

  À essayer d’abord
    1. Ouvrez la page : un robot choisit toutes les 3 à 8 secondes.
    2. Bandeau « Démonstration » → {bientot} : son tour vient dans une à trois minutes,
       vous avez 90 secondes pour choisir, puis « Oui je confirme ».
    3. Dans une fenêtre privée → {agent} : mettez en pause, reprenez, envoyez un message à tous.

  Comptes (mot de passe : {mot_de_passe})
{comptes}
{partenaires}
{inscription}
  API : {url}api/v1/docs     Robots : {robots}
  Ctrl+C arrête tout.
"""

INSCRIPTION = """
  S’inscrire ({url}inscription/) : {prenom} {nom}, née le {ne_le:%d/%m/%Y}, {courriel},
  INE {ine}, téléphone {telephone}. Le courriel arrive dans {courriels}.
"""


class Command(BaseCommand):
    help = "Sert la démonstration : base prête, robots au travail. C’est ce que lance « make run »."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))

    def handle(self, *, port: int, **options: object) -> None:
        try:
            for ligne in ready_base(time.time_ns() // 1_000_000):
                self.stdout.write(ligne)
        except AutreBase as erreur:
            raise CommandError(str(erreur)) from erreur
        robots = self._start_robots(port)
        self._welcome(port)
        try:
            call_command("serve", port=port)
        finally:
            if robots is not None:
                _stop(robots)

    def _start_robots(self, port: int) -> "subprocess.Popen[bytes] | None":
        """In this process group: Ctrl+C reaches them too."""
        amphi = amphi_en_direct()
        if amphi is None or amphi.etat == "clos":
            return None
        commande = [sys.argv[0], "run-robots", str(amphi.pk), "--url", f"http://127.0.0.1:{port}"]
        with _log().open("w", encoding="utf-8") as journal:
            return subprocess.Popen(
                commande, stdin=subprocess.DEVNULL, stdout=journal, stderr=subprocess.STDOUT
            )

    def _welcome(self, port: int) -> None:
        largeur = max(len(offert.courriel) for offert in OFFERTS)
        comptes = "\n".join(f"    {o.courriel:<{largeur}}  {o.nom}, {o.role}" for o in OFFERTS)
        url = f"http://127.0.0.1:{port}/"
        self.stdout.write(
            BIENVENUE.format(
                url=url,
                bientot=OFFERTS[0].nom,
                agent=OFFERTS[-1].nom,
                mot_de_passe=MOT_DE_PASSE,
                comptes=comptes,
                partenaires="\n".join(f"    {qui}" for qui in _others(largeur)),
                robots=_log(),
                inscription=_inscription(url),
            )
        )
        self.stdout.flush()


def _others(largeur: int) -> Iterator[str]:
    """The ARS's partners, each on « Mon espace », and who takes part in a matching."""
    for role, (courriel, nom, _) in NOMS.items():
        yield f"{courriel:<{largeur}}  {nom}, {role.label[0].lower()}{role.label[1:]}"
    yield f"{DOCTEUR_JUNIOR:<{largeur}}  docteur junior, appariement"


def _inscription(url: str) -> str:
    """Whom one may sign up as; nothing once it is done."""
    elle = inscription_a_essayer()
    if elle is None:
        return ""
    return INSCRIPTION.format(url=url, courriels=settings.GRADIN_DATA / "courriers", **asdict(elle))


def _stop(robots: "subprocess.Popen[bytes]") -> None:
    robots.terminate()
    try:
        robots.wait(timeout=5)
    except subprocess.TimeoutExpired:
        robots.kill()


def _log() -> Path:
    dossier: Path = settings.GRADIN_DATA
    return dossier / "robots.log"
