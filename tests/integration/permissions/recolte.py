"""Every address asked once by everybody, and what was answered: one walk that several tests judge."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.urls import get_resolver
from django.views.defaults import permission_denied

from gradin.data.amphis.models import Favori
from gradin.data.prechoix.models import ListeVoeux
from gradin.domain.amphi.commands import Pauser
from gradin.domain.amphi.facts import Label
from gradin.live.presence import PRESENCES
from gradin.live.temps import maintenant_ms
from tests.databases import STORE
from tests.factories.live import play
from tests.integration.permissions.adresses import path_of
from tests.integration.permissions.matrice import MATRICE
from tests.integration.permissions.monde import QUI, Entetes, Monde, make_monde

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
# Who walks. Who gets what is decided above the store: everybody is asked of everything on SQLite (and on
# PostgreSQL in `make assurance`); there each address is asked as one for whom it goes to the store.
ENTIERE = STORE == "sqlite" or os.environ.get("GRADIN_MARCHE") == "entiere"
GENRES = ("canari", "agent", "coordonnateur", "mandataire", "public")
DEMANDEURS = QUI if ENTIERE else GENRES
# Whose pages are compared with and without the canari's favourites.
TEMOINS = tuple(
    qui
    for qui in ("public", "interne", "mandataire", "representant", "agent", "etablissement")
    if qui in DEMANDEURS
)
Pages = list[tuple[str, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Recolte:
    """`statuts`: by who, route and rank in its line of the matrix. `pages`: by who, bodies and exports.

    `sans_favoris`: the pages that he could read, once nobody has a favourite any more.
    `entetes`: by route, each set of headers that protect (`PROTEGENT`) which anybody received.
    """

    statuts: dict[tuple[str, str, int], int] = field(default_factory=dict)
    pages: dict[str, Pages] = field(default_factory=dict)
    sans_favoris: dict[str, Pages] = field(default_factory=dict)
    entetes: dict[str, set[Entetes]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True, slots=True, kw_only=True)
class Demande:
    """One cell of the matrix: the address of a route about an object of one side, by one method."""

    route: str
    rang: int
    chemin: str

    @property
    def methode(self) -> str:
        return METHODES[self.rang % 2]

    @property
    def nom(self) -> str:
        return f"{self.methode} {COTES[self.rang // 2]} {self.route}"


def harvest() -> Recolte:
    """In a world that is forgotten at once: an amphi in pause, whose text is for the ARS alone."""
    recolte = Recolte()
    with transaction.atomic(), _refused_briefly():
        monde = make_monde()
        demandes = tuple(_demandes(monde))
        # Who is connected would come and go with the pace of the walk: all four, for as long as it lasts.
        for numero in range(1, 5):
            PRESENCES.enter(monde.mien.pk, numero)
        play(monde.mien, Pauser(label=Label.REPAS, texte=TEMOIN), maintenant_ms())
        lues = {qui: _walk(monde, qui, demandes, recolte) for qui in DEMANDEURS}
        Favori.objects.all().delete()
        ListeVoeux.objects.all().delete()
        for qui in TEMOINS:
            recolte.sans_favoris[qui] = [*_read(monde, qui, lues[qui]), *_exports(monde, qui)]
        for numero in range(1, 5):
            PRESENCES.leave(monde.mien.pk, numero)
        transaction.set_rollback(True)
    return recolte


@contextmanager
def _refused_briefly() -> Iterator[None]:
    """The page of refusal once for each account, then what it would say alone: it is half of the walk."""
    vus: set[int | None] = set()

    def refuse(request: HttpRequest, exception: Exception) -> HttpResponse:
        if request.user.pk in vus:
            return HttpResponseForbidden(str(exception))
        vus.add(request.user.pk)
        return permission_denied(request, exception)

    adresses = get_resolver().urlconf_module
    adresses.handler403 = refuse
    try:
        yield
    finally:
        del adresses.handler403


def asked(qui: str, statuts: Sequence[int]) -> bool:
    """Whether he asks a cell of which the matrix says this. A method refused to all: as an agent."""
    if {*statuts} <= {302, 405} and 405 in statuts:
        return qui in ("public", "agent")
    if ENTIERE:
        return True
    return qui == next((un for un in GENRES if statuts[QUI.index(un)] < 400), "agent")


def _demandes(monde: Monde) -> Iterator[Demande]:
    for route, ligne in MATRICE.items():
        for rang in range(len(ligne)):
            chemin = path_of(route, monde.objets[COTES[rang // 2]])
            yield Demande(route=route, rang=rang, chemin=chemin)


def _walk(monde: Monde, qui: str, demandes: Iterable[Demande], recolte: Recolte) -> list[Demande]:
    """Gives back what he could read."""
    pages, lues = [], []
    for demande in demandes:
        if asked(qui, MATRICE[demande.route][demande.rang]):
            statut, corps, entetes = monde.ask_whole(qui, demande.methode, demande.chemin)
            recolte.entetes[demande.route].add(entetes)
            recolte.statuts[qui, demande.route, demande.rang] = statut
            pages.append((demande.nom, corps))
            if (demande.methode, statut) == ("get", 200):
                lues.append(demande)
    recolte.pages[qui] = [*pages, *_exports(monde, qui)]
    return lues


def _read(monde: Monde, qui: str, lues: Iterable[Demande]) -> Iterator[tuple[str, bytes]]:
    for demande in lues:
        yield demande.nom, monde.ask(qui, "get", demande.chemin)[1]


def _exports(monde: Monde, qui: str) -> Iterator[tuple[str, bytes]]:
    """What he may take away; the addresses refused to him are judged in the walk."""
    for export in EXPORTS:
        statut, corps = monde.ask(qui, "get", export.format(amphi=monde.mien.pk))
        if statut == 200:
            yield export, corps
