"""gradin run-appariement CAMPAGNE [--tour N] [--essai]: computes the round whose windows have closed."""

import time
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gradin.domain.appariement.calendrier import Etape
from gradin.operations.appariement.calcul import REPOS_S, begin_run, compute_des, fail_run, run_tour
from gradin.operations.appariement.refus import AppariementRefuse
from gradin.queries.appariement.campagnes import CampagneInconnue, campagne_named, find_tour_row
from gradin.queries.appariement.tours import TourLu, list_des, list_tours


class Command(BaseCommand):
    help = "Calcule le tour d’appariement à calculer, et contrôle que le résultat est stable."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("campagne", metavar="CAMPAGNE", help="numéro, 2027-11 ou 2027-11/intitulé")
        parser.add_argument("--tour", type=int, choices=(0, 1, 2), help="0 pour le tour à blanc")
        parser.add_argument(
            "--essai", action="store_true", help="calcule sur les réponses de maintenant, n’écrit rien"
        )

    def handle(self, *, campagne: str, tour: int | None, essai: bool, **options: Any) -> None:
        maintenant = time.time_ns() // 1_000_000
        try:
            pk = campagne_named(campagne)
        except CampagneInconnue as inconnue:
            raise CommandError(str(inconnue)) from None
        lu = _choose(list_tours(pk, datetime.fromtimestamp(maintenant / 1000, UTC)), tour)
        row = find_tour_row(pk, lu.numero)
        assert row is not None
        if essai:
            self._try(row, lu)
            return
        try:
            begin_run(lu.pk, row.admis, None, maintenant)
        except AppariementRefuse as refus:
            raise CommandError(refus.message) from None
        try:
            run_tour(lu.pk, maintenant, REPOS_S)
        except BaseException:
            fail_run(lu.pk, maintenant)
            raise
        for calcul in row.calculs.select_related("des"):
            self.stdout.write(
                f"{calcul.des.intitule} : {calcul.affectes} affectés sur {calcul.candidats} candidats, "
                f"{calcul.places} places. {calcul.empreinte}"
            )
        self.stdout.write(f"{lu.nom} calculé, stable. Il sera annoncé le {_say(lu.fenetres.resultat_at)}.")

    def _try(self, row: Any, lu: TourLu) -> None:
        for des in list_des(row):
            une = compute_des(row, des)
            places = sum(site.places for site in une.publie.sites)
            self.stdout.write(
                f"{une.intitule} : {len(une.resultat.sites)} affectés "
                f"sur {len(une.publie.candidats)} candidats, {places} places, "
                f"{len(une.ecartes)} écartés faute de réponses. Stable."
            )
        self.stdout.write(f"Essai sur {lu.nom} : rien n’a été enregistré.")


def _choose(tours: tuple[TourLu, ...], numero: int | None) -> TourLu:
    """The one asked for, else the one to compute."""
    if numero is not None:
        choisis = [un for un in tours if un.numero == numero]
    else:
        choisis = [un for un in tours if not un.hors_plateforme and un.etape is Etape.CALCUL][:1]
    if not choisis:
        raise CommandError("Aucun tour à calculer maintenant. Donnez --tour, ou attendez la clôture.")
    return choisis[0]


def _say(at: datetime) -> str:
    return f"{at:%d/%m/%Y à %H:%M} UTC"
