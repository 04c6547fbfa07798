"""What the commands on one amphi share: its name on the command line."""

from argparse import ArgumentParser

from django.core.management.base import CommandError

from gradin.queries.designations import AmphiInconnu, amphi_named


def add_amphi(parser: ArgumentParser) -> None:
    parser.add_argument("amphi", metavar="AMPHI", help="numéro, ou [S/]2027-05/3/approfondissement")


def amphi_id(nom: str) -> int:
    """Exit 1 with the reason when no single amphi is so named."""
    try:
        return amphi_named(nom)
    except AmphiInconnu as inconnu:
        raise CommandError(str(inconnu)) from None
