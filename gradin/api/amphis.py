"""Reading an amphi: the list, the snapshot, the offer, the journal."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from gradin.api.acces import Ouvert
from gradin.api.cache import Memoire, answer_encoded, encode
from gradin.api.erreurs import INTROUVABLE, Erreur
from gradin.api.openapi import file_of
from gradin.api.schemas import AmphiResume, Texte
from gradin.api.schemas_amphis import Instantane, OffreLue
from gradin.domain.amphi import projection
from gradin.domain.amphi.commands import ConnecterRetour
from gradin.domain.amphi.presence import connected
from gradin.domain.amphi.state import EtatAmphi
from gradin.live.ecriture import handle
from gradin.live.lecture import awaited
from gradin.live.presence import PRESENCES
from gradin.live.temps import maintenant_ms
from gradin.operations.permissions import Acces, acces
from gradin.queries.catalogue import FiltreAmphis, find_row, list_amphis
from gradin.queries.etats import lire_etat
from gradin.queries.instantane import read_before_start, read_instantane
from gradin.queries.journal import export_jsonl
from gradin.queries.offre import read_offre
from gradin.queries.public.amphis import etat_shown

router = Router(tags=["amphis"])
INSTANTANES = Memoire()
OFFRES = Memoire(64)
JOURNAUX = Memoire(16)
EN_DIRECT = (EtatAmphi.EN_COURS, EtatAmphi.PAUSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entree:
    """An amphi that this visitor may read, and as what. `row` is what permissions judged."""

    row: Any
    acces: Acces

    @property
    def audience(self) -> projection.Audience:
        return projection.Audience(self.acces.audience)

    @property
    def etat(self) -> str:
        """As everybody sees it: `ouvert` follows from the date of the favourites."""
        return etat_shown(self.row, _now())


def enter(request: HttpRequest, amphi: int) -> Entree:
    """404 for what does not exist or may not be known of. Its own interne is present, and comes back."""
    visiteur = request.auth  # type: ignore[attr-defined]
    row = find_row(amphi, visiteur)
    if row is None:
        raise Erreur(*INTROUVABLE)
    qui = acces(visiteur, row)
    for voix in qui.voix:
        PRESENCES.see(row.pk, voix)
    # Never before a choice, whose time is already read: what is due is for its own command to end.
    if qui.voix and row.etat in EN_DIRECT and request.method == "GET":
        _recall(row.pk, qui)
    return Entree(row=row, acces=qui)


def _recall(amphi: int, qui: Acces) -> None:
    """A request is a connection (amphi.md §3): a program that only polls comes back too."""
    _, etat = lire_etat(amphi)
    for interne in connected(frozenset(qui.voix), etat.procurations) & awaited(etat):
        handle(amphi, ConnecterRetour(interne=interne), auteur=None, maintenant=maintenant_ms())


class RequeteAmphis(Schema):
    semestre: Texte = ""
    subdivision: Texte = ""
    etat: list[Texte] = []


@router.get("/amphis", auth=Ouvert(), response=list[AmphiResume], summary="Les amphithéâtres")
def read_amphis(request: HttpRequest, requete: Query[RequeteAmphis]) -> Any:
    filtre = FiltreAmphis(
        semestre=requete.semestre, subdivision=requete.subdivision, etat=tuple(requete.etat)
    )
    return list_amphis(filtre, request.auth, _now())  # type: ignore[attr-defined]


@router.get(
    "/amphis/{int:amphi}",
    auth=Ouvert(),
    response=Instantane,
    summary="L’instantané d’un amphithéâtre",
    description="ETag : seq-offre-audience. Les faits qui suivent seq arrivent par direct ou faits.",
)
def read_amphi(request: HttpRequest, amphi: int) -> HttpResponse:
    """ETag « seq-offre-audience ». The régie's says who is connected too: it is made afresh each time."""
    entree = enter(request, amphi)
    row, audience = entree.row, entree.audience
    seq, etat = lire_etat(row.pk)
    etag = f"{seq}-{row.version_offre}-{audience}"
    if seq == 0:
        corps = encode(read_before_start(row, audience, _now()))
        return answer_encoded(request, corps, etag, stable=False)
    if audience is projection.Audience.REGIE:
        presents = connected(PRESENCES.presents(row.pk), etat.procurations)
        corps = encode(read_instantane(row, etat, audience, presents))
        return answer_encoded(request, corps, etag, stable=False)
    corps = INSTANTANES.get((row.pk, row.empreinte, etag), lambda: read_instantane(row, etat, audience))
    return answer_encoded(request, corps, etag)


@router.get(
    "/amphis/{int:amphi}/offre",
    auth=Ouvert(),
    response=OffreLue,
    summary="Les colonnes fixes de ses postes",
)
def read_offre_of(request: HttpRequest, amphi: int) -> HttpResponse:
    row = enter(request, amphi).row
    etag = str(row.version_offre)
    return answer_encoded(request, OFFRES.get((row.pk, etag), lambda: read_offre(row)), etag)


@router.get(
    "/amphis/{int:amphi}/journal",
    auth=Ouvert(),
    openapi_extra=file_of("application/x-ndjson"),
    summary="Le journal public, une ligne par fait",
)
def read_journal(request: HttpRequest, amphi: int) -> HttpResponse:
    row = enter(request, amphi).row
    corps = JOURNAUX.get(
        (row.pk, row.empreinte), lambda: "".join(f"{ligne}\n" for ligne in export_jsonl(row.pk))
    )
    reponse = answer_encoded(request, corps, f"{row.seq}", genre="application/x-ndjson")
    reponse["Content-Disposition"] = f'attachment; filename="amphi-{row.pk}.jsonl"'
    return reponse


def _now() -> datetime:
    return datetime.fromtimestamp(maintenant_ms() / 1000, UTC)
