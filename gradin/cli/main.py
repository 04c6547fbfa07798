"""The console script: `gradin import-postes …` is Django's command import_postes."""

import os
import sys

from django.core.management import execute_from_command_line

from gradin.cli.base_neuve import prepare_store


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gradin.config.settings")
    arguments = sys.argv[:]
    if len(arguments) > 1:
        arguments[1] = arguments[1].replace("-", "_") if not arguments[1].startswith("-") else arguments[1]
    if arguments[1:2] == ["run_demo"]:
        # The settings are read once: they must know that they serve the demonstration.
        os.environ.setdefault("GRADIN_DEMO", "1")
    refus = prepare_store(arguments[1:])
    if refus:
        sys.exit(refus)
    execute_from_command_line(arguments)
