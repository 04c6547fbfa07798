"""The amphis that hold some rows: whoever changes these locks those, as a start and a publication do."""

from collections.abc import Collection

from django.db.models import Q

from gradin.data.amphis.models import Amphi, Offre, Place


def lock_amphis_of(*, inscriptions: Collection[int] = (), postes: Collection[int] = ()) -> None:
    """Locks by their number those that have not started; to be called first in a transaction.

    A start or a publication then comes before, and the caller sees it, or after, and it sees what the caller
    wrote. Started ones change by acts alone: nothing waits for a salle, and no salle for a file.
    """
    tenus = Q(pk__in=Place.objects.filter(inscription__in=inscriptions).values("amphi")) | Q(
        pk__in=Offre.objects.filter(poste__in=postes).values("amphi")
    )
    rows = Amphi.objects.select_for_update(of=("self",), no_key=True).filter(tenus, seq=0)
    list(rows.order_by("pk").values_list("pk"))
