"""One measure in a process and on a store of its own: `python -m bench.une NAME`."""

import importlib
import os
import sys

import django


def main(nom: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.reglages")
    django.setup()
    # After Django: the measures import its models.
    for tableau in importlib.import_module(f"bench.mesures.{nom}").tables():
        print(*tableau.write(), sep="\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
