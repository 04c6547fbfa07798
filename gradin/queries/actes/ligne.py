"""One act as the trail shows it, what it is filtered by, and what a source of acts is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from gradin.queries.visiteurs import Visiteur

FUSEAU = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActeLu:
    """`auteur`: an address or a name. `objet`: about whom or what; `lien`: its page, or nothing."""

    at: datetime
    genre: str
    quoi: str
    objet: str
    avant: str
    apres: str
    auteur: str
    lien: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltreActes:
    """`q`: beginning of words of who acted. Days included, where the ARS is."""

    genre: str = ""
    q: str = ""
    du: date | None = None
    au: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One table of acts. `rows`: those of the agent's scope; `quand`: its column, in ms UTC when `en_ms`.

    `auteurs`: columns searched for who acted (a text, or the fields of an account).
    """

    genre: str
    mots: str
    rows: Callable[[Visiteur], QuerySet[Any]]
    read: Callable[[Any], ActeLu]
    quand: str
    en_ms: bool
    auteurs: tuple[str, ...]

    def find(self, visiteur: Visiteur, filtre: FiltreActes) -> QuerySet[Any]:
        """The latest first."""
        rows = self.rows(visiteur)
        if filtre.du is not None:
            rows = rows.filter(**{f"{self.quand}__gte": self._bound(filtre.du)})
        if filtre.au is not None:
            rows = rows.filter(**{f"{self.quand}__lt": self._bound(filtre.au + timedelta(days=1))})
        for mot in filtre.q.split():
            rows = rows.filter(_any(self.auteurs, mot))
        return rows.order_by(f"-{self.quand}", "-pk")

    def _bound(self, jour: date) -> Any:
        instant = datetime.combine(jour, time(), FUSEAU)
        return round(instant.timestamp() * 1000) if self.en_ms else instant


def of_ms(a: int | None) -> datetime:
    return datetime.fromtimestamp((a or 0) / 1000, UTC)


def _any(auteurs: tuple[str, ...], mot: str) -> Q:
    tout = Q(pk__in=())
    for champ in auteurs:
        tout |= Q(**{f"{champ}__icontains": mot})
    return tout
