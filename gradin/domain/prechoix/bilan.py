"""What a préchoix says of a whole amphi: contested services, who would get nothing."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A service that more internes put first than it offers postes."""

    service: str
    premiers: int
    postes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bilan:
    """`obtenus`: for each interne who would choose, a poste or None. `deposes`: how many filed wishes."""

    obtenus: Mapping[int, str | None]
    deposes: int
    disputes: tuple[Dispute, ...]

    @property
    def servis(self) -> int:
        return sum(poste is not None for poste in self.obtenus.values())


def sum_up(
    obtenus: Mapping[int, str | None],
    voeux: Mapping[int, tuple[str, ...]],
    services: Mapping[str, Collection[str]],
) -> Bilan:
    """`services`: the postes still open of each service."""
    listes = {interne: voeux[interne] for interne in obtenus if voeux.get(interne)}
    return Bilan(obtenus=obtenus, deposes=len(listes), disputes=_disputes(listes, services))


def _disputes(
    listes: Mapping[int, tuple[str, ...]], services: Mapping[str, Collection[str]]
) -> tuple[Dispute, ...]:
    """The most contested first."""
    service_of = {poste: service for service, postes in services.items() for poste in postes}
    premiers = Counter(service_of[liste[0]] for liste in listes.values() if liste[0] in service_of)
    disputes = (
        Dispute(service=service, premiers=combien, postes=len(services[service]))
        for service, combien in premiers.items()
        if combien > len(services[service])
    )
    return tuple(sorted(disputes, key=lambda un: (un.postes - un.premiers, un.service)))
