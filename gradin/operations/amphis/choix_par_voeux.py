"""The wishes with which an amphi `par_voeux` is given: as filed when the last wave closed."""

from collections.abc import Mapping
from typing import Any

from gradin.data.amphis.models import Amphi, Place
from gradin.data.prechoix.models import Prechoix
from gradin.domain.kernel import Motif, Refus
from gradin.queries.prechoix import wishes_of


def wishes_given(amphi: Amphi, corps: Mapping[str, Any]) -> dict[str, Any]:
    """By number in the list; raises Refus while they may still change. Nothing comes from the caller."""
    if Prechoix.objects.filter(amphi=amphi, calcule_at=None).exists():
        raise Refus(
            Motif.ETAT_INCOMPATIBLE,
            "Les vœux ne sont pas clos. Attendez la clôture de la dernière vague, puis recommencez.",
        )
    voeux = wishes_of(amphi.pk)
    places = Place.objects.filter(amphi=amphi, numero__isnull=False).values_list("numero", "pk")
    return {"voeux": {numero: voeux[pk] for numero, pk in places if pk in voeux}}
