"""Who is told that amphis move: one announcement a home page, one mail and one push an interne."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from gradin.data.amphis.models import ActeAgent, Amphi, Place, Statut
from gradin.data.publications.models import Genre, Publication
from gradin.operations.courriers.enqueue import enqueue_report, instant
from gradin.operations.notifications import Annonce, announce
from gradin.queries.procurations import mandataires_of
from gradin.queries.reports import say_moment

# In full on the announcement; past that, only how many.
NOMMES = 12


def announce_report(rows: Sequence[Amphi], texte: str, maintenant: int) -> None:
    """Until the last of the amphis is over; the new hours stand on each amphi's own page too."""
    par_subdivision: dict[int, list[Amphi]] = defaultdict(list)
    for row in rows:
        par_subdivision[row.subdivision_id].append(row)
    at = instant(maintenant)
    for subdivision, siens in par_subdivision.items():
        Publication.objects.create(
            subdivision_id=subdivision,
            genre=Genre.ANNONCE,
            titre=_titre(siens),
            texte=_texte(siens, texte),
            ordre=1,
            published_at=at,
            updated_at=at,
            expires_at=max(fin for row in siens if (fin := row.fin)),
        )


def tell_reports(rows: Sequence[Amphi], actes: Mapping[int, ActeAgent], maintenant: int) -> None:
    """One mail and one notification each, by the first of his amphis that moves; the mail names them all.

    Who chooses in somebody's place is told as he is.
    """
    places = Place.objects.filter(amphi__in=actes).exclude(statut=Statut.HORS_CHOIX)
    premiers: dict[int, int] = {}
    comptes: dict[int, set[int]] = defaultdict(set)
    colonnes = ("amphi", "inscription__interne", "inscription__interne__compte")
    for amphi, interne, compte in places.order_by("amphi__debut").values_list(*colonnes):
        if premiers.setdefault(interne, amphi) == amphi and compte:
            comptes[amphi].add(compte)
    mandataires = mandataires_of(premiers, rows[0].semestre_id)
    for interne, compte in mandataires.items():
        comptes[premiers[interne]].add(compte)
    enqueue_report(
        ((amphi, actes[amphi].pk, interne, interne in mandataires) for interne, amphi in premiers.items()),
        maintenant,
    )
    announce([(_notification(row, actes[row.pk]), comptes[row.pk]) for row in rows], maintenant)


def _notification(row: Amphi, acte: ActeAgent) -> Annonce:
    assert row.fin is not None
    return Annonce(
        cle=f"report-{acte.pk}",
        titre="Nouvelle date de votre amphithéâtre",
        texte=f"{row.intitule}\u00a0: {_quand(row)}",
        lien=f"/mon-amphi/?amphi={row.pk}",
        jusque=round(row.fin.timestamp() * 1000),
    )


def _titre(rows: Sequence[Amphi]) -> str:
    if len(rows) == 1:
        return f"Amphithéâtre reporté\u00a0: {rows[0].intitule}"[:160]
    return f"{len(rows)} amphithéâtres reportés"


def _texte(rows: Sequence[Amphi], texte: str) -> str:
    """Markdown."""
    lignes = [f"- {row.intitule}\u00a0: {_quand(row)}" for row in rows[:NOMMES]]
    if len(rows) > NOMMES:
        lignes.append(f"- et {len(rows) - NOMMES} autres, dans le [calendrier](/calendrier/)")
    fin = "Favoris, listes d’appel et procurations sont gardés."
    return "\n\n".join(part for part in (texte.strip(), "\n".join(lignes), fin) if part)


def _quand(row: Amphi) -> str:
    debut: datetime | None = row.debut
    return say_moment(debut, row.subdivision.fuseau) if debut else "date à fixer"
