"""A choice, due → committed → answered, at 50 a second over 20 amphis, beside raw SQL on the same store."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from bench import processus as p
from bench.client import Debit, confirm
from bench.monde import AmphiMesure, make_amphi, make_sessions
from gradin.data.amphis.models import Amphi

PORT = 8432
AMPHIS = 20
PAR_SECONDE = 50.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Latence:
    """Milliseconds."""

    nom: str
    p50: float
    p99: float
    pire: float
    nombre: int


def measure_all(choix: int, lecteurs: int) -> list[Latence]:
    parts = choix // AMPHIS + 1
    amphis = [make_amphi(100 + k, 2 * parts + 5) for k in range(AMPHIS)]
    reference = _raw_sql(amphis[0], choix)
    cookies = p.RESULTATS / "cookies-choix"
    cookies.write_text("\n".join(make_sessions(amphis[0].comptes, lecteurs)) + "\n", encoding="ascii")
    with p.server(p.gradin(PORT), f"http://127.0.0.1:{PORT}/sante"):
        seul = _rate("Gradin, 50 choix/s", amphis, 0, choix)
        chemin = f"/api/v1/amphis/{amphis[0].pk}/direct"
        foule = p.Lecteurs(PORT, chemin, lecteurs, cookies)
        try:
            charge = _rate(f"Gradin, 50 choix/s, {lecteurs} lecteurs", amphis, parts, choix)
        finally:
            foule.close()
    return [reference, seul, charge]


def _rate(nom: str, amphis: list[AmphiMesure], depart: int, choix: int) -> Latence:
    """After one choice in each amphi: the first one folds its journal."""
    for amphi in amphis:
        confirm(PORT, amphi, depart)
    debit, depart = Debit(PORT), depart + 1
    asyncio.run(debit.run(amphis, depart, choix, PAR_SECONDE))
    assert not debit.refus, debit.refus[:3]
    return latence_of(nom, debit.latences)


def _raw_sql(amphi: AmphiMesure, choix: int) -> Latence:
    """The six statements that no choice can do without, then the commit: the floor of this store."""
    Amphi.objects.get(pk=amphi.pk)
    latences = []
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS banc (id integer PRIMARY KEY, a text, b text)")
        for k in range(choix):
            debut = time.perf_counter()
            with transaction.atomic():
                cursor.execute("SELECT seq FROM amphis_amphi WHERE id = %s", [amphi.pk])
                cursor.execute("SELECT b FROM banc WHERE id = %s", [k])
                for table in range(3):
                    cursor.execute(
                        "INSERT INTO banc VALUES (%s, %s, %s)", [k * 3 + table, "x" * 64, "y" * 200]
                    )
                cursor.execute("UPDATE amphis_amphi SET fin = fin WHERE id = %s", [amphi.pk])
            latences.append((time.perf_counter() - debut) * 1000)
        cursor.execute("DROP TABLE banc")
    return latence_of(f"SQL nu, {connection.vendor}, six ordres", latences)


def latence_of(nom: str, latences: Sequence[float]) -> Latence:
    centiles = statistics.quantiles(latences, n=100)
    return Latence(nom=nom, p50=centiles[49], p99=centiles[98], pire=max(latences), nombre=len(latences))
