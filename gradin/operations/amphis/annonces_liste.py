"""A published call list is told to its internes by mail; their pages show it anyway."""

from __future__ import annotations

from collections.abc import Collection

from gradin.data.amphis.models import ListeAppel, Place
from gradin.operations.courriers.enqueue import enqueue_liste


def announce_liste(liste: ListeAppel, maintenant: int, ines: Collection[str] | None = None) -> None:
    """To everybody of the list, or to these alone (a correction: whoever reads something else)."""
    places = Place.objects.filter(amphi=liste.amphi_id)
    if ines is not None:
        places = places.filter(inscription__interne__ine__in=ines)
    internes = places.order_by("rang").values_list("inscription__interne", flat=True)
    enqueue_liste(liste.amphi_id, liste.version, internes, maintenant)
