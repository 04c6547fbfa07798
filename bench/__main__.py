"""`sh bench/run [NAME …]`: the measures one after another, a text and its drawings under bench/results."""

import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import traces
from bench.catalogue import MESURES, Mesure
from bench.magasins import Magasins


@dataclass(slots=True)
class Passage:
    """One run of the bench; `echecs`: the measures that did not come to their end."""

    mesures: Sequence[Mesure]
    fichier: Path
    echecs: int = 0

    def run(self) -> None:
        with self.fichier.open("w", encoding="utf-8") as texte, TemporaryDirectory() as lieu:
            for ligne in self._lines(Magasins(Path(lieu))):
                for sortie in (sys.stdout, texte):
                    print(ligne, file=sortie, flush=True)

    def _lines(self, magasins: Magasins) -> Iterator[str]:
        machine = f"Python {platform.python_version()}, {os.cpu_count()} cores"
        yield f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {machine}"
        for mesure in self.mesures:
            for magasin in mesure.magasins:
                yield f"\n## {mesure.nom}: {mesure.quoi} ({magasin}, load {os.getloadavg()[0]:.1f})\n"
                debut = time.monotonic()
                with magasins.opened(magasin) as environnement:
                    yield from self._measure(mesure.nom, environnement)
                yield f"{time.monotonic() - debut:.0f} s."

    def _measure(self, nom: str, environnement: Mapping[str, str]) -> Iterator[str]:
        """A measure that fails is told, and stops none of those behind it."""
        commande = [sys.executable, "-m", "bench.une", nom]
        with subprocess.Popen(commande, env=environnement, stdout=subprocess.PIPE, text=True) as processus:
            assert processus.stdout is not None
            yield from (ligne.rstrip("\n") for ligne in processus.stdout)
        if processus.returncode:
            self.echecs += 1
            yield f"**{nom} failed**, what it said stands above."


def main(noms: Sequence[str]) -> int:
    connus = [mesure.nom for mesure in MESURES]
    if inconnus := set(noms) - set(connus):
        print(f"No such measure: {', '.join(sorted(inconnus))}. There are: {', '.join(connus)}.")
        return 2
    traces.RESULTATS.mkdir(exist_ok=True)
    fichier = traces.RESULTATS / f"{'-'.join((f'{datetime.now(UTC):%Y%m%d-%H%M}', *noms[:3]))}.md"
    passage = Passage([mesure for mesure in MESURES if not noms or mesure.nom in noms], fichier)
    passage.run()
    traces.main([str(fichier)])
    return int(passage.echecs > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
