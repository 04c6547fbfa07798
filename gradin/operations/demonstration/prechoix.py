"""Préchoix of the demonstration: a wave counted, one open in the live amphi, one in the largest groupe."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count

from gradin.data.amphis.models import Amphi, Place
from gradin.data.postes.models import EtatPoste
from gradin.data.prechoix.models import Prechoix, Visibilite
from gradin.domain.prechoix.voeux import add_voeux
from gradin.operations.demonstration import plan
from gradin.operations.demonstration.amphis import amphi_of
from gradin.operations.prechoix.resultat import count_result
from gradin.operations.prechoix.vagues import VagueDemandee, open_prechoix
from gradin.operations.prechoix.voeux import edit_voeux, share_voeux
from gradin.queries.demonstration import OFFERTS
from gradin.queries.visiteurs import Visiteur

JOUR = timedelta(days=1)
DEPOSANTS = 30
VOEUX = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadre:
    agent: Visiteur
    graine: int
    maintenant: datetime


@transaction.atomic
def open_vagues(semestre: str, cadre: Cadre) -> int:
    """Before the live amphi starts: its first wave is counted on the list as it was. How many waves."""
    direct = amphi_of(semestre, plan.EN_DIRECT)
    if direct is None or not direct.places.exists():
        return 0
    heure = cadre.maintenant.replace(minute=0, second=0, microsecond=0)
    hier, debut = heure - JOUR, heure - 3 * JOUR
    _open(direct, cadre, Visibilite.NOMBRES, debut, hier)
    _file(direct, cadre, heure - 2 * JOUR)
    for pk in Prechoix.objects.filter(amphi=direct).values_list("pk", flat=True):
        count_result(pk, round(hier.timestamp() * 1000))
    _open(direct, cadre, Visibilite.MOI, hier, heure + JOUR / 2)
    futur = _largest(semestre)
    if futur is None:
        return 2
    _open(futur, cadre, Visibilite.NOMS, hier, heure + 6 * JOUR)
    _file(futur, cadre, cadre.maintenant)
    return 3


def _largest(semestre: str) -> Amphi | None:
    """That of the representative: not yet played, of the groupe with most internes."""
    amphis = Amphi.objects.filter(semestre__code=semestre, groupe__code="1", seq=0).annotate(
        n=Count("places")
    )
    return amphis.filter(n__gt=0).order_by("-n", "pk").first()


def _open(amphi: Amphi, cadre: Cadre, visibilite: Visibilite, ouvre: datetime, clot: datetime) -> None:
    """As announced on the day it opened."""
    demande = VagueDemandee(ouvre=ouvre, clot=clot, visibilite=visibilite)
    open_prechoix(amphi.pk, demande, cadre.agent, ouvre)


def _file(amphi: Amphi, cadre: Cadre, depose: datetime) -> None:
    """Wishes of some all along the list, who share them; the people of the banner share nothing."""
    places = list(
        Place.objects.filter(amphi=amphi, rang__isnull=False).select_related("inscription__interne")
    )
    offerts = {offert.courriel for offert in OFFERTS}
    postes = amphi.postes.exclude(etat=EtatPoste.RETIRE).order_by("pk").values_list("numero", "des")
    offre = [(numero, des) for numero, des in postes]
    pas = max(1, len(places) // DEPOSANTS)
    for place in places:
        sien = place.inscription.interne.courriel in offerts
        if not sien and (place.rang or 0) % pas:
            continue
        voulus = sorted(offre, key=lambda poste: _liking(cadre.graine, place, *poste), reverse=True)
        edit_voeux(place.pk, add_voeux(numero for numero, _ in voulus[:VOEUX]), depose)
        if not sien:
            share_voeux(place.pk, True, depose)


def _liking(graine: int, place: Place, numero: str, des: int) -> float:
    """His own DES first; then what everybody likes, so that some services are disputed, and his own taste."""
    commun, propre = _draw(f"{graine}/{numero}"), _draw(f"{graine}/{place.pk}/{numero}")
    return commun + propre / 2 + (2.0 if des == place.inscription.des_id else 0.0)


def _draw(texte: str) -> float:
    return int.from_bytes(hashlib.sha256(texte.encode()).digest()[:4], "big") / 2**32
