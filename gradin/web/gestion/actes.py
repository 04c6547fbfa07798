"""« Journal des actes »: who did what outside the amphis, filtered, or as a file."""

import logging
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gradin.documents.tableur import write_xlsx
from gradin.operations.permissions import Interdit
from gradin.operations.permissions_demandes import check_can_read_actes
from gradin.queries.actes.journal import GENRES, MAXIMUM, read_all, read_page
from gradin.queries.actes.ligne import ActeLu, FiltreActes
from gradin.queries.visiteurs import Visiteur
from gradin.web.gestion.acces import enter_gestion, watch_reading
from gradin.web.public.recherche import XLSX
from gradin.web.public.requete import base, link, now, read_number, read_words
from gradin.web.templatetags.gradin import localize

logger = logging.getLogger(__name__)
ENTETES = ("Date", "Heure", "Auteur", "Genre", "Acte", "Objet", "Avant", "Après")
GENRE = dict(GENRES)


@require_safe
def actes(request: HttpRequest) -> HttpResponse:
    agent = enter_gestion(request)
    try:
        check_can_read_actes(agent)
    except Interdit as interdit:
        raise PermissionDenied(interdit.message) from None
    filtre = read_filtre(request)
    if request.GET.get("format") == "xlsx":
        return _download(request, agent, filtre)
    contexte = {
        "filtre": filtre,
        "genres": GENRES,
        "lu": read_page(agent, filtre, max(1, read_number(request, "page", 1))),
        "base": base(request),
        "fichier": link(request, format="xlsx"),
        "maximum": MAXIMUM,
        "ici": "journal",
    }
    return render(request, "gestion/actes.html", contexte)


def read_filtre(request: HttpRequest) -> FiltreActes:
    genre = request.GET.get("genre", "")
    return FiltreActes(
        genre=genre if genre in GENRE else "",
        q=read_words(request),
        du=_day(request, "du"),
        au=_day(request, "au"),
    )


def _day(request: HttpRequest, nom: str) -> date | None:
    try:
        return date.fromisoformat(request.GET.get(nom, ""))
    except ValueError:
        return None


def _download(request: HttpRequest, agent: Visiteur, filtre: FiltreActes) -> HttpResponse:
    if trop := watch_reading(request, agent, "actes", "export"):
        return trop
    lignes = [_line(acte) for acte in read_all(agent, filtre)]
    logger.info("export actes compte=%s lignes=%s", agent.compte, len(lignes))
    response = HttpResponse(write_xlsx("Journal des actes", ENTETES, lignes), content_type=XLSX)
    nom = f"journal-des-actes-{localize(now()):%Y%m%d-%H%M}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{nom}"'
    return response


def _line(acte: ActeLu) -> tuple[str, ...]:
    ici = localize(acte.at)
    return (
        f"{ici:%d/%m/%Y}",
        f"{ici:%H:%M:%S}",
        acte.auteur,
        GENRE[acte.genre],
        acte.quoi,
        acte.objet,
        acte.avant,
        acte.apres,
    )
