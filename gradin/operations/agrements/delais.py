"""When a campaign is open: whole days, as they are counted where it is held."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gradin.data.agrements.models import CampagneAgrement
from gradin.operations.agrements.refus import AgrementRefuse


def day_of(maintenant: int, fuseau: str) -> date:
    return datetime.fromtimestamp(maintenant / 1000, UTC).astimezone(ZoneInfo(fuseau)).date()


def end_of(row: CampagneAgrement) -> int:
    """Ms UTC of the midnight that ends its last day, where it is held."""
    minuit = datetime.combine(row.clot + timedelta(days=1), time(), ZoneInfo(row.subdivision.fuseau))
    return round(minuit.timestamp() * 1000)


def check_open(row: CampagneAgrement, maintenant: int) -> None:
    jour = day_of(maintenant, row.subdivision.fuseau)
    if jour < row.ouvre:
        raise AgrementRefuse(f"La campagne ouvre le {row.ouvre:%d/%m/%Y}.")
    if jour > row.clot:
        raise AgrementRefuse(
            f"La campagne est close depuis le {row.clot:%d/%m/%Y}. Demandez à l’ARS de la prolonger."
        )
