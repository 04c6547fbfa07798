"""A rehearsal does not wait for the day: the hours of an amphi that has not started are moved to now."""

from datetime import datetime

from django.db import transaction

from gradin.data.amphis.models import Amphi, SessionChoix


@transaction.atomic
def bring_forward(amphi: int, maintenant: datetime) -> bool:
    """Moves all sessions so that the last may begin at once; False when started or already due."""
    row = Amphi.objects.select_for_update(of=("self",), no_key=True).get(pk=amphi)
    sessions = list(SessionChoix.objects.filter(amphi=amphi).order_by("numero"))
    if row.seq or not sessions or sessions[-1].debut <= maintenant:
        return False
    avance = sessions[-1].debut - maintenant
    for session in sessions:
        session.debut -= avance
        session.fin -= avance
    SessionChoix.objects.bulk_update(sessions, ["debut", "fin"])
    row.debut, row.fin = sessions[0].debut, sessions[-1].fin
    row.save(update_fields=["debut", "fin"])
    return True
