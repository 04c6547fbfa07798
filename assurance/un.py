"""One experiment in a process of its own: `python -m assurance.un NOM MAGASIN SECONDES GRAINE FICHIER`."""

import importlib
import os
import subprocess
import sys
import traceback
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from assurance.catalogue import AUCUN, EXPERIENCES
from assurance.essai import Essai, Impossible
from assurance.rapport import RACINE
from assurance.resultat import Resultat, Verdict, write_resultats


def main(nom: str, magasin: str, secondes: str, graine: str, fichier: str) -> None:
    (experience,) = (une for une in EXPERIENCES if une.nom == nom)
    if magasin != AUCUN and experience.base:
        open_store(magasin)
    resultats = played(nom, Essai(magasin=magasin, graine=int(graine), secondes=float(secondes)))
    quand = {
        "joue_le": f"{datetime.now(UTC):%Y-%m-%d %H:%M}",
        "commit": commit(),
        "charge": os.getloadavg()[0],
    }
    write_resultats(Path(fichier), [replace(un, **quand) for un in resultats])


def open_store(magasin: str) -> None:
    """A store of its own, thrown away at the end; the settings of the servers that tests start."""
    os.environ["GRADIN_TEST_STORE"] = magasin
    os.environ["DJANGO_SETTINGS_MODULE"] = "gradin.config.settings_test"
    importlib.import_module("tests.databases")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def played(nom: str, essai: Essai) -> list[Resultat]:
    """What fails is a result too: nothing that went wrong disappears from the report."""
    module = importlib.import_module(f"assurance.experiences.{nom}")
    titre = (module.__doc__ or nom).splitlines()[0].rstrip(".")
    try:
        return list(module.run(essai))
    except Impossible as raison:
        verdict, dit = Verdict.PAS_JOUE, str(raison)
    except Exception:
        traceback.print_exc()
        verdict, dit = Verdict.ROMPU, traceback.format_exc().strip().splitlines()[-1][:300]
    return [
        Resultat(
            nom=titre,
            invariants=getattr(module, "INVARIANTS", ""),
            injecte=getattr(module, "INJECTE", ""),
            verdict=verdict,
            remarque=dit,
            **essai.commun,  # type: ignore[arg-type]
        )
    ]


def commit() -> str:
    commande = ["git", "rev-parse", "--short", "HEAD"]
    dit = subprocess.run(commande, cwd=RACINE, capture_output=True, text=True, check=False)
    return dit.stdout.strip()


if __name__ == "__main__":
    main(*sys.argv[1:])
