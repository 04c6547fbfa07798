"""gradin prepare-amphis --semestre 2027-05 [--subdivision S] [--debut 2027-04-05T09:00]"""

from __future__ import annotations

import secrets
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gradin.domain.rang.parametres import MethodeReclassement
from gradin.operations.preparation.amphis import AmphiPrepare, DemandePreparation, prepare_amphis
from gradin.operations.preparation.refus import PreparationRefusee


class Command(BaseCommand):
    help = "Prépare un amphi par groupe et phase : liste d’appel provisoire, offre, sessions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--semestre", required=True, help="par exemple 2027-05")
        parser.add_argument("--subdivision", default="")
        parser.add_argument(
            "--debut", default="", help="heure locale de la première session, 2027-04-05T09:00"
        )

        parser.add_argument("--methode", choices=[methode.value for methode in MethodeReclassement])
        parser.add_argument("--graine", default="", help="graine publiée des tirages, tirée au sort sinon")

    def handle(self, *args: Any, **options: Any) -> None:
        demande = DemandePreparation(
            semestre=options["semestre"],
            subdivision=options["subdivision"],
            debut=read_debut(options["debut"]),
            graine=options["graine"][:64] or secrets.token_hex(16),
            methode=MethodeReclassement(options["methode"]) if options["methode"] else None,
        )
        try:
            prepares = prepare_amphis(demande, maintenant=timezone.now())
        except PreparationRefusee as refus:
            raise CommandError(refus.message) from None
        for prepare in prepares:
            self.stdout.write(write_prepare(prepare))
        self.stdout.write(f"{len(prepares)} amphis prêts.")


def read_debut(texte: str) -> datetime | None:
    if not texte:
        return None
    try:
        debut = datetime.fromisoformat(texte)
    except ValueError:
        debut = None
    if debut is None or debut.tzinfo is not None:
        raise CommandError(f"« {texte} » n’est pas une heure locale. Écrivez-la comme 2027-04-05T09:00.")
    return debut


def write_prepare(prepare: AmphiPrepare) -> str:
    """One line: number, code, sizes, hours, what needs a look."""
    heures = (
        f"{prepare.debut:%d/%m/%Y %H:%M} → {prepare.fin:%d/%m/%Y %H:%M}" if prepare.debut else "sans heures"
    )
    ligne = (
        f"{prepare.amphi:>4}  {prepare.code:<32} {prepare.internes:>4} internes {prepare.postes:>4} postes "
        f"{prepare.sessions:>3} sessions  {heures}"
    )
    if prepare.sans_rang:
        ligne += f"  {prepare.sans_rang} sans rang local"
    if prepare.ex_aequo:
        ligne += f"  {prepare.ex_aequo} ex æquo à confirmer"
    return f"{ligne}  ({prepare.note})" if prepare.note else ligne
