"""Changes the minima of a campaign and the seats of its sites, while no round runs; kept in its trail."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from gradin.data.appariement.models import CampagneAppariement, SiteAppariement, TourCampagne
from gradin.domain.appariement.calendrier import HORS_PLATEFORME, Etape
from gradin.operations.appariement.campagnes import record_acte
from gradin.operations.appariement.refus import AppariementRefuse
from gradin.operations.courriers.enqueue import instant
from gradin.operations.permissions_appariement import check_can_run_appariement
from gradin.queries.appariement.places import count_seats
from gradin.queries.appariement.tours import list_tours
from gradin.queries.visiteurs import Visiteur

MOTS = {
    "notes_au_moins": "sites à noter",
    "part_notee": "part des places à noter (%)",
    "part_classee": "candidats à classer (%)",
    "priorite_locale": "priorité locale",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Minima:
    """What everybody must answer; the local priority goes with it."""

    notes_au_moins: int
    part_notee: int
    part_classee: int
    priorite_locale: bool


@transaction.atomic
def set_parametres(
    campagne: int, minima: Minima, places: Mapping[int, int], visiteur: Visiteur, maintenant: int
) -> int:
    """`places`: site → its seats. How many values changed. Raises AppariementRefuse, Interdit."""
    row = CampagneAppariement.objects.select_related("subdivision").get(pk=campagne)
    check_can_run_appariement(visiteur, row)
    # The rows of its rounds, so that no answer and no run comes between.
    list(TourCampagne.objects.select_for_update(of=("self",), no_key=True).filter(campagne=campagne))
    check_no_round_runs(campagne, maintenant)
    changes = [*_change_minima(row, minima), *_change_places(row, places)]
    if changes:
        record_acte(row, "parametres", visiteur, maintenant, changes=changes)
    return len(changes)


def check_no_round_runs(campagne: int, maintenant: int) -> None:
    for tour in list_tours(campagne, instant(maintenant)):
        if tour.numero != HORS_PLATEFORME and tour.etape not in (Etape.A_VENIR, Etape.FINI):
            raise AppariementRefuse(
                f"{tour.nom} en cours\u00a0: les minima et les places ne changent plus depuis l’ouverture "
                "de ses vœux. Attendez la fin de ses refus."
            )


def _change_minima(row: CampagneAppariement, minima: Minima) -> list[str]:
    changes = []
    for nom, mot in MOTS.items():
        avant, apres = getattr(row, nom), getattr(minima, nom)
        if avant != apres:
            setattr(row, nom, apres)
            changes.append(f"{mot}\u00a0: {_word(avant)} → {_word(apres)}")
    if changes:
        row.save(update_fields=[*MOTS])
    return changes


def _change_places(row: CampagneAppariement, places: Mapping[int, int]) -> list[str]:
    changes, donnees = [], count_seats(row.pk)
    for site in SiteAppariement.objects.filter(campagne=row, pk__in=places.keys()).order_by("code"):
        apres = places[site.pk]
        if apres == site.places:
            continue
        if apres < donnees[site.pk]:
            raise AppariementRefuse(
                f"Le site {site.code} a déjà donné {donnees[site.pk]} place(s)\u00a0: "
                "il ne peut pas en avoir moins."
            )
        changes.append(f"places du site {site.code}\u00a0: {site.places} → {apres}")
        SiteAppariement.objects.filter(pk=site.pk).update(places=apres)
    return changes


def _word(valeur: int | bool) -> str:
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    return str(valeur)
