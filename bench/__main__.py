"""`bench/run`: every figure beside its reference, in a table for bench/README.md and under bench/results."""

import os
import platform
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from bench.choix import Latence
    from bench.diffusion import Mesure


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.reglages")
    django.setup()
    from django.core.management import call_command

    from bench import affluence, attestations, choix, diffusion, processus

    call_command("migrate", verbosity=0)
    if sys.argv[1:] == ["attestations"]:
        print(
            f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start",
            *attestations.table(),
            sep="\n",
        )
        return
    nombre = int(os.environ.get("GRADIN_BENCH_N", "10000"))
    if sys.argv[1:] == ["affluence"]:
        visiteurs = int(os.environ.get("GRADIN_BENCH_VISITEURS", "5000"))
        print(
            f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start",
            *affluence.tables(visiteurs, nombre),
            sep="\n",
        )
        return
    tours = int(os.environ.get("GRADIN_BENCH_TOURS", "15"))
    processus.RESULTATS.mkdir(exist_ok=True)
    texte = "\n".join(
        [
            f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()}, "
            f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start",
            "",
            *fanout_table(diffusion.measure_all(nombre, tours), nombre),
            "",
            *choix_table(choix.measure_all(int(os.environ.get("GRADIN_BENCH_CHOIX", "1000")), nombre)),
            "",
        ]
    )
    print(texte)
    (processus.RESULTATS / f"{datetime.now(UTC):%Y%m%d-%H%M}.md").write_text(texte, encoding="utf-8")


def fanout_table(mesures: "list[Mesure]", nombre: int) -> Iterator[str]:
    plancher = mesures[0].dernier
    colonnes = "first ms | p99 ms | last ms | worst ms | CPU ms | KiB each | lost | doubled | × floor"
    yield f"| fan-out to {nombre} readers | {colonnes} |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for m in mesures:
        yield (
            f"| {m.nom} | {m.premier:.1f} | {m.p99:.0f} | {m.dernier:.0f} | {m.pire:.0f} | {m.cpu:.0f} | "
            f"{m.memoire:.1f} | {m.perdus} | {m.doubles} | {m.dernier / plancher:.2f} |"
        )
    yield ""
    yield f"All {nombre} signed-in readers of Gradin admitted in {mesures[1].admission_s:.1f} s."


def choix_table(latences: "list[Latence]") -> Iterator[str]:
    nu = latences[0].p50
    yield "| a choice | p50 ms | p99 ms | worst ms | number | × raw SQL (p50) |"
    yield "|---|---|---|---|---|---|"
    for un in latences:
        yield f"| {un.nom} | {un.p50:.2f} | {un.p99:.1f} | {un.pire:.1f} | {un.nombre} | {un.p50 / nu:.1f} |"


if __name__ == "__main__":
    main()
