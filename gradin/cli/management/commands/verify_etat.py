"""gradin verify-etat AMPHI: the read rows say what the journal says, or exit 1 and the differences."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gradin.cli.amphis import add_amphi, amphi_id
from gradin.queries.journal import tete
from gradin.queries.lectures import ecarts


class Command(BaseCommand):
    help = "Compare les lignes lues par les pages avec le journal rejoué."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_amphi(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        pk = amphi_id(options["amphi"])
        differences = ecarts(pk)
        if differences:
            raise CommandError("\n".join(str(one) for one in differences))
        seq, empreinte = tete(pk)
        self.stdout.write(f"L’état est celui du journal : {seq} faits, dernière empreinte {empreinte}.")
