"""A copy of the tree, where mutants are made and their tests run: the tree itself is never touched."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assurance.mutants.mutation import Mutant, texts_of

RACINE = Path(__file__).resolve().parents[2]
COPIES = ("gradin", "tests", "verification", "assurance", "docs", "deploy", "requirements", "staticfiles")
LIMITE_S = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Jugement:
    """`code`: that of pytest (1: a test failed). `dit`: its last lines."""

    code: int
    dit: str
    duree_s: float


class Copie:
    def __init__(self, dossier: Path) -> None:
        self.dossier = dossier
        for nom in COPIES:
            if (RACINE / nom).exists():
                shutil.copytree(
                    RACINE / nom, dossier / nom, ignore=shutil.ignore_patterns("__pycache__", "results")
                )
        for fichier in RACINE.glob("*.*"):
            if fichier.is_file():
                shutil.copy2(fichier, dossier)

    @contextmanager
    def mutated(self, mutant: Mutant) -> Iterator[None]:
        textes = texts_of(self.dossier, mutant)
        saufs = {nom: (self.dossier / nom).read_text(encoding="utf-8") for nom in textes}
        try:
            for nom, texte in textes.items():
                (self.dossier / nom).write_text(texte, encoding="utf-8")
            yield
        finally:
            for nom, texte in saufs.items():
                (self.dossier / nom).write_text(texte, encoding="utf-8")

    def judge(self, tests: tuple[str, ...], magasin: str) -> Jugement:
        """The tests against what the copy holds now; the first that fails is enough."""
        debut = time.monotonic()
        env = {**os.environ, "GRADIN_TEST_STORE": "sqlite" if magasin == "unit" else magasin}
        # Two texts written in the same second and of the same length must not share their bytecode.
        env |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(self.dossier)}
        for trop in ("GRADIN_DATABASE_URL", "GRADIN_DATA", "DJANGO_SETTINGS_MODULE"):
            env.pop(trop, None)
        commande = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", *tests]
        try:
            fini = subprocess.run(
                commande,
                cwd=self.dossier,
                env=env,
                capture_output=True,
                text=True,
                timeout=LIMITE_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Jugement(code=1, dit=f"not done in {LIMITE_S} s", duree_s=time.monotonic() - debut)
        lignes = [ligne for ligne in fini.stdout.splitlines() if ligne.strip()]
        return Jugement(code=fini.returncode, dit="\n".join(lignes[-3:]), duree_s=time.monotonic() - debut)


@contextmanager
def copied() -> Iterator[Copie]:
    with tempfile.TemporaryDirectory(prefix="gradin-mutants-") as dossier:
        yield Copie(Path(dossier))
