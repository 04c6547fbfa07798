"""Eight internes, six postes, one wave of préchoix that opened a day before T0 and closes a day after."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from gradin.data.amphis.models import Amphi, Place
from gradin.data.prechoix.models import Prechoix, Visibilite
from gradin.domain.prechoix.voeux import add_voeux
from gradin.operations.prechoix.voeux import edit_voeux, share_voeux
from tests.factories.amphis import T0, make_amphi

MAINTENANT = datetime.fromtimestamp(T0 / 1000, UTC)
APRES = T0 + 86_400_001


@pytest.fixture
def amphi(db: None) -> Amphi:
    amphi = make_amphi(internes=8, postes=6)
    open_wave(amphi)
    return amphi


def open_wave(amphi: Amphi, visibilite: Visibilite = Visibilite.MOI, now: datetime = MAINTENANT) -> Prechoix:
    jour = timedelta(days=1)
    return Prechoix.objects.create(
        amphi=amphi, ouvre_at=now - jour, clot_at=now + jour, visibilite=visibilite
    )


def place_of(amphi: Amphi, rang: int) -> int:
    return Place.objects.values_list("pk", flat=True).get(amphi=amphi, rang=rang)


def wish(
    amphi: Amphi, voeux: Mapping[int, str], *, partage: bool = False, now: datetime = MAINTENANT
) -> None:
    """`voeux`: by rank, numéros with spaces between."""
    for rang, numeros in voeux.items():
        edit_voeux(place_of(amphi, rang), add_voeux(numeros.split()), now)
        if partage:
            share_voeux(place_of(amphi, rang), True, now)
