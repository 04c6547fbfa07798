"""Presence between processes: one row per (process, amphi), written every 5 s while it holds."""

from gradin.data.amphis.models import Presence
from gradin.live.presence import TOLERANCE_MS, Presences


def share_presence(processus: str, presences: Presences, maintenant: int) -> dict[int, frozenset[int]]:
    """Writes what this process sees; gives what the others saw within the tolerance."""
    for amphi in presences.amphis():
        Presence.objects.update_or_create(
            amphi_id=amphi,
            processus=processus,
            defaults={"numeros": sorted(presences.ici(amphi)), "vu_le": maintenant},
        )
    Presence.objects.filter(vu_le__lt=maintenant - 10 * TOLERANCE_MS).delete()
    ailleurs: dict[int, frozenset[int]] = {}
    recentes = Presence.objects.filter(vu_le__gte=maintenant - TOLERANCE_MS).exclude(processus=processus)
    for amphi, numeros in recentes.values_list("amphi", "numeros"):
        ailleurs[amphi] = ailleurs.get(amphi, frozenset()) | frozenset(numeros)
    return ailleurs
