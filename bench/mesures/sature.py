"""Pages asked for without end: the choice beside itself without them, the fan-out beside the floor."""

import time
from collections.abc import Iterator

from django.db import connection

from bench import processus as p
from bench import tailles
from bench.mesures.choix import AMPHIS, PAR_SECONDE, rate
from bench.monde import make_amphi, make_sessions
from bench.pages import saturated
from bench.references.serveurs import PLANCHER
from bench.rondes import go_round_amphi
from bench.tableau import Ligne, Tableau

PORT = 8434
CHOIX_MS = 60


def tables() -> Iterator[Tableau]:
    parts = tailles.CHOIX // AMPHIS + 1
    amphis = [make_amphi(600 + k, 2 * parts + 5) for k in range(AMPHIS)]
    ecoute = make_amphi(700, max(tailles.TOURS + 10, 1_100))
    cookies = make_sessions(ecoute.comptes, 50)
    plancher = PLANCHER.go_round(PORT, tailles.N, tailles.TOURS)
    with p.server(p.gradin(PORT), p.health(PORT)) as serveur:
        seul = rate(PORT, "pages idle", amphis, 0, PAR_SECONDE)
        debut = time.monotonic()
        with saturated(PORT, cookies) as bilan:
            charge = rate(PORT, "pages saturated", amphis, parts, PAR_SECONDE)
            duree = time.monotonic() - debut
        yield Tableau(
            titre=f"a choice, {PAR_SECONDE} a second, {connection.vendor}",
            reference="the same, pages idle",
            lignes=(
                *charge.lines(seul, CHOIX_MS),
                Ligne(nom="pages served meanwhile", valeur=bilan.pages / duree, unite="/s"),
                Ligne(nom="pages refused", valeur=bilan.refusees, unite="", au_plus=0),
            ),
        )
        visiteurs = saturated(PORT, cookies)
        ronde = go_round_amphi("Gradin", serveur.pid, PORT, ecoute, tailles.N, tailles.TOURS, visiteurs)
    yield Tableau(
        titre=f"an event to {tailles.N} readers, pages saturated, {connection.vendor}",
        reference=PLANCHER.nom,
        lignes=(
            Ligne(nom="last reader", valeur=ronde.dernier, reference=plancher.dernier, fois=3),
            Ligne(nom="slowest reader of any event", valeur=ronde.pire, reference=plancher.pire),
            Ligne(nom="events lost or doubled", valeur=ronde.perdus + ronde.doubles, unite="", au_plus=0),
        ),
    )
