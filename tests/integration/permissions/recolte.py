"""Every address asked once by everybody, and what was answered: one walk that several tests judge."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction

from gradin.data.amphis.models import Favori
from gradin.data.prechoix.models import ListeVoeux
from gradin.domain.amphi.commands import Pauser
from gradin.domain.amphi.facts import Label
from gradin.live.presence import PRESENCES
from gradin.live.temps import maintenant_ms
from tests.databases import STORE
from tests.factories.live import play
from tests.integration.permissions.matrice import MATRICE
from tests.integration.permissions.monde import QUI, Monde, make_monde, path_of

METHODES = ("get", "post")
COTES = ("mien", "autre")
TEMOIN = "texte-de-pause-canari"
ESPACES = ("internes", "affectations", "postes")
EXPORTS = (
    "/postes/?format=csv",
    "/postes/?format=xlsx",
    "/affectations/?format=csv",
    "/affectations/?format=xlsx",
    "/amphis/{amphi}/liste-appel/?format=csv",
    "/amphis/{amphi}/liste-appel/?q=Interne2",
    *(f"/mon-espace/{liste}/?format={genre}" for liste in ESPACES for genre in ("csv", "xlsx")),
)
# Who walks. Who gets what is decided above the store: everybody is asked on SQLite, and on PostgreSQL one of
# each kind, for whom every address makes its requests to the store there too.
GENRES = ("public", "canari", "mandataire", "agent", "coordonnateur")
DEMANDEURS = QUI if STORE == "sqlite" else GENRES
# Whose pages are compared with and without the canari's favourites.
TEMOINS = tuple(
    qui
    for qui in ("public", "interne", "mandataire", "representant", "agent", "etablissement")
    if qui in DEMANDEURS
)
Pages = list[tuple[str, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Recolte:
    """`statuts`: by who and route, in the order of the matrix. `pages`: by who, bodies of GET and exports.

    `sans_favoris`: the same pages once nobody has a favourite any more.
    """

    statuts: dict[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)
    pages: dict[str, Pages] = field(default_factory=dict)
    sans_favoris: dict[str, Pages] = field(default_factory=dict)


def harvest() -> Recolte:
    """In a world that is forgotten at once: an amphi in pause, whose text is for the ARS alone."""
    recolte = Recolte()
    with transaction.atomic():
        monde = make_monde()
        # Who is connected would come and go with the pace of the walk: all four, for as long as it lasts.
        for numero in range(1, 5):
            PRESENCES.enter(monde.mien.pk, numero)
        play(monde.mien, Pauser(label=Label.REPAS, texte=TEMOIN), maintenant_ms())
        for qui in DEMANDEURS:
            recolte.pages[qui] = [*_walk(monde, qui, recolte.statuts), *_exports(monde, qui)]
        Favori.objects.all().delete()
        ListeVoeux.objects.all().delete()
        for qui in TEMOINS:
            recolte.sans_favoris[qui] = [*_read(monde, qui), *_exports(monde, qui)]
        for numero in range(1, 5):
            PRESENCES.leave(monde.mien.pk, numero)
        transaction.set_rollback(True)
    return recolte


def _walk(
    monde: Monde, qui: str, statuts: dict[tuple[str, str], tuple[int, ...]]
) -> Iterator[tuple[str, bytes]]:
    for route, ligne in MATRICE.items():
        recus = []
        for rang in range(len(ligne)):
            chemin = path_of(route, monde.objets[COTES[rang // 2]])
            statut, corps = monde.ask(qui, METHODES[rang % 2], chemin)
            recus.append(statut)
            yield f"{METHODES[rang % 2]} {route}", corps
        statuts[qui, route] = tuple(recus)


def _read(monde: Monde, qui: str) -> Iterator[tuple[str, bytes]]:
    for route, ligne in MATRICE.items():
        for cote in COTES[: len(ligne) // 2]:
            yield f"get {route}", monde.ask(qui, "get", path_of(route, monde.objets[cote]))[1]


def _exports(monde: Monde, qui: str) -> Iterator[tuple[str, bytes]]:
    for export in EXPORTS:
        yield export, monde.ask(qui, "get", export.format(amphi=monde.mien.pk))[1]
