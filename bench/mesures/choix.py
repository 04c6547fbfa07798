"""A choice, due → committed → answered, at 50 and 200 a second in 20 amphis, beside raw SQL."""

import asyncio
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from bench import processus as p
from bench import tailles
from bench.client import Debit, confirm
from bench.monde import AmphiMesure, make_amphi, make_sessions
from bench.tableau import Ligne, Tableau
from gradin.data.amphis.models import Amphi

PORT = 8432
AMPHIS = 20
PAR_SECONDE = 50
BEAUCOUP = 200
SEUL_MS, FOULE_MS = 30, 150
# What a server that has just started does once: its clerk, the first pages for paper.
ELAN_S = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Latence:
    """Milliseconds."""

    nom: str
    p50: float
    p99: float
    pire: float

    def lines(self, reference: "Latence", au_plus: float | None = None) -> tuple[Ligne, ...]:
        """The goal bears on the 99th centile."""
        return (
            Ligne(nom=f"{self.nom}, p50", valeur=self.p50, reference=reference.p50),
            Ligne(nom=f"{self.nom}, p99", valeur=self.p99, reference=reference.p99, au_plus=au_plus),
            Ligne(nom=f"{self.nom}, worst", valeur=self.pire, reference=reference.pire),
        )


def tables() -> Iterator[Tableau]:
    parts = tailles.CHOIX // AMPHIS + 1
    amphis = [make_amphi(100 + k, 3 * parts + 5) for k in range(AMPHIS)]
    nu = raw_sql(amphis[0], tailles.CHOIX)
    with p.server(p.gradin(PORT), p.health(PORT)):
        seul = rate(PORT, f"{PAR_SECONDE} a second", amphis, 0, PAR_SECONDE)
        beaucoup = rate(PORT, f"{BEAUCOUP} a second (stretch)", amphis, parts, BEAUCOUP)
        chemin = f"/api/v1/amphis/{amphis[0].pk}/direct"
        with p.Lecteurs(PORT, chemin, tailles.N, make_sessions(amphis[0].comptes, tailles.N)):
            nom = f"{PAR_SECONDE} a second, {tailles.N} readers"
            charge = rate(PORT, nom, amphis, 2 * parts, PAR_SECONDE)
    yield Tableau(
        titre=f"a choice, {tailles.CHOIX} of them, {connection.vendor}",
        reference=nu.nom,
        lignes=(*seul.lines(nu, SEUL_MS), *charge.lines(nu, FOULE_MS), *beaucoup.lines(nu)),
    )


def rate(port: int, nom: str, amphis: list[AmphiMesure], depart: int, par_seconde: float) -> Latence:
    """After one choice in each amphi: the first one folds its journal, its mail starts the clerk."""
    for amphi in amphis:
        confirm(port, amphi, depart)
    time.sleep(ELAN_S)
    debit = Debit(port)
    asyncio.run(debit.run(amphis, depart + 1, tailles.CHOIX, par_seconde))
    assert not debit.refus, debit.refus[:3]
    return latence_of(nom, debit.latences)


def raw_sql(amphi: AmphiMesure, choix: int) -> Latence:
    """The six statements that no choice can do without, on PostgreSQL the NOTIFY too, then the commit."""
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
                if connection.vendor == "postgresql":
                    cursor.execute("SELECT pg_notify('banc', %s)", [f"{amphi.pk}:{k}"])
            latences.append((time.perf_counter() - debut) * 1000)
        cursor.execute("DROP TABLE banc")
    avec = " + NOTIFY" if connection.vendor == "postgresql" else ""
    return latence_of(f"six statements of raw SQL{avec}", latences)


def latence_of(nom: str, latences: Sequence[float]) -> Latence:
    centiles = statistics.quantiles(latences, n=100)
    return Latence(nom=nom, p50=centiles[49], p99=centiles[98], pire=max(latences))
