"""Favourites: services in one's order and, inside each, its postes in one's order; one reading everywhere."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

# IMOTEP → the numéros that the amphi offers there.
Offerts = Mapping[str, Sequence[str]]


class FavoriInconnu(ValueError):
    """A poste or a service that this amphi does not offer, or named twice. `quoi` names it."""

    def __init__(self, quoi: str) -> None:
        super().__init__(quoi)
        self.quoi = quoi


@dataclass(frozen=True, slots=True, kw_only=True)
class Souhait:
    """One line of the list. Exactly one of the two: a numéro or an IMOTEP."""

    poste: str | None = None
    service: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFavori:
    """`postes`: those named, in order. `entier`: then all the others by numéro, later ones too."""

    service: str
    postes: tuple[str, ...] = ()
    entier: bool = False


Favoris = tuple[ServiceFavori, ...]
Geste = Callable[[Favoris, Offerts], Favoris]


def by_numero(numero: str) -> tuple[int, str]:
    """« 9 » stands before « 10 »."""
    return len(numero), numero


def open_favoris(souhaits: Iterable[Souhait], offerts: Offerts) -> tuple[str, ...]:
    """The numéros in order, services opened into their postes, each once."""
    postes = (
        numero
        for souhait in souhaits
        for numero in (
            (souhait.poste,)
            if souhait.poste is not None
            else sorted(offerts.get(souhait.service or "", ()), key=by_numero)
        )
    )
    return tuple(dict.fromkeys(postes))


def sort_by_service(souhaits: Iterable[Souhait], service_of: Mapping[str, str]) -> tuple[Souhait, ...]:
    """The same lines, those of one service together, where the first of them stood."""
    lignes = tuple(souhaits)
    rangs: dict[str | None, int] = {}
    for ligne in lignes:
        rangs.setdefault(_service(ligne, service_of), len(rangs))
    return tuple(sorted(lignes, key=lambda ligne: rangs[_service(ligne, service_of)]))


def group_favoris(souhaits: Iterable[Souhait], offerts: Offerts) -> Favoris:
    """A poste named after its whole service says nothing more; one that is not offered is left out."""
    service_of = {numero: service for service, numeros in offerts.items() for numero in numeros}
    groupes: dict[str, ServiceFavori] = {}
    for souhait in souhaits:
        service = _service(souhait, service_of)
        if service not in offerts:
            continue
        groupe = groupes.setdefault(service, ServiceFavori(service=service))
        groupes[service] = _with(groupe, souhait)
    return tuple(groupes.values())


def list_souhaits(favoris: Favoris) -> tuple[Souhait, ...]:
    """As they are stored: the postes named, then their service when it is whole."""
    return tuple(
        souhait
        for favori in favoris
        for souhait in (
            *(Souhait(poste=numero) for numero in favori.postes),
            *([Souhait(service=favori.service)] if favori.entier else []),
        )
    )


def postes_of(favori: ServiceFavori, offerts: Offerts) -> tuple[str, ...]:
    return open_favoris(list_souhaits((favori,)), offerts)


def add_service(service: str) -> Geste:
    """All its postes, at the end of the list; a service already there becomes whole where it stands."""

    def geste(favoris: Favoris, offerts: Offerts) -> Favoris:
        _check(service in offerts, f"service {service}")
        if any(favori.service == service for favori in favoris):
            return tuple(replace(f, entier=True) if f.service == service else f for f in favoris)
        return (*favoris, ServiceFavori(service=service, entier=True))

    return geste


def add_poste(numero: str) -> Geste:
    """After the postes already named of its service."""

    def geste(favoris: Favoris, offerts: Offerts) -> Favoris:
        service = next((s for s, numeros in offerts.items() if numero in numeros), None)
        _check(service is not None, f"poste {numero}")
        return group_favoris((*list_souhaits(favoris), Souhait(poste=numero)), offerts)

    return geste


def remove_service(service: str) -> Geste:
    return lambda favoris, offerts: tuple(favori for favori in favoris if favori.service != service)


def remove_poste(numero: str) -> Geste:
    """A whole service loses its wholeness with its first poste taken out."""

    def without(favori: ServiceFavori, offerts: Offerts) -> ServiceFavori:
        postes = postes_of(favori, offerts)
        if numero not in postes:
            return favori
        return ServiceFavori(service=favori.service, postes=tuple(n for n in postes if n != numero))

    def geste(favoris: Favoris, offerts: Offerts) -> Favoris:
        restes = (without(favori, offerts) for favori in favoris)
        return tuple(reste for reste in restes if reste.entier or reste.postes)

    return geste


def place_service(service: str, rang: int) -> Geste:
    """At this rank, 1 for the first; beyond the ends, at the end."""

    def geste(favoris: Favoris, offerts: Offerts) -> Favoris:
        deplace = [favori for favori in favoris if favori.service == service]
        autres = [favori for favori in favoris if favori.service != service]
        debut = max(0, rang - 1)
        return (*autres[:debut], *deplace, *autres[debut:])

    return geste


def move_service(service: str, pas: int) -> Geste:
    """`pas`: -1 up, 1 down."""

    def geste(favoris: Favoris, offerts: Offerts) -> Favoris:
        rangs = {favori.service: rang for rang, favori in enumerate(favoris, start=1)}
        rang = rangs.get(service)
        return favoris if rang is None else place_service(service, max(1, rang + pas))(favoris, offerts)

    return geste


def move_poste(numero: str, pas: int) -> Geste:
    """Inside its service, whose whole order is then one's own."""

    def moved(favori: ServiceFavori, offerts: Offerts) -> ServiceFavori:
        postes = [*postes_of(favori, offerts)]
        if numero not in postes:
            return favori
        rang = postes.index(numero)
        postes.insert(max(0, rang + pas), postes.pop(rang))
        return replace(favori, postes=tuple(postes))

    return lambda favoris, offerts: tuple(moved(favori, offerts) for favori in favoris)


def _with(groupe: ServiceFavori, souhait: Souhait) -> ServiceFavori:
    if souhait.poste is None:
        return replace(groupe, entier=True)
    if groupe.entier or souhait.poste in groupe.postes:
        return groupe
    return replace(groupe, postes=(*groupe.postes, souhait.poste))


def _service(souhait: Souhait, service_of: Mapping[str, str]) -> str:
    return souhait.service or service_of.get(souhait.poste or "", "")


def _check(vrai: bool, quoi: str) -> None:
    if not vrai:
        raise FavoriInconnu(quoi)
