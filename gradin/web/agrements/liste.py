"""« Agréments »: which services train which DES, searched by anybody."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gradin.documents.tableur import write_csv
from gradin.queries.agrements.liste import (
    EN_COURS,
    EXPIRE,
    PASSES,
    AgrementLu,
    FiltreAgrements,
    find_agrements,
    list_des_agrees,
    read_agrements,
)
from gradin.web.public import recherche, requete
from gradin.web.templatetags.gradin import FUSEAU

PAR_PAGE = 50
QUAND = ((EN_COURS, "En cours"), (EXPIRE, "Se terminent dans les six mois"), (PASSES, "Terminés ou retirés"))
ENTETES = (
    "IMOTEP",
    "Établissement",
    "Ville",
    "Service",
    "Chef de service",
    "DES",
    "Phases",
    "Capacité",
    "Du",
    "Au",
    "État",
)


@login_not_required
@require_safe
def agrements(request: HttpRequest) -> HttpResponse:
    filtre, jour = read_filtre(request), today()
    rows = find_agrements(filtre, jour)
    if request.GET.get("format") == "csv":
        return download(read_agrements(rows, jour))
    page: Page[Any] = Paginator(rows, PAR_PAGE).get_page(requete.read_number(request, "page", 1))
    lus: Any = page.object_list
    page.object_list = read_agrements(lus, jour)
    contexte = {
        "page": page,
        "filtre": filtre,
        "des": list_des_agrees(),
        "quand": requete.segments(request, "quand", QUAND),
        "base": requete.base(request),
        "csv": requete.link(request, format="csv"),
    }
    return render(request, "agrements/liste.html", contexte)


def read_filtre(request: HttpRequest, subdivisions: tuple[int, ...] | None = None) -> FiltreAgrements:
    quand = request.GET.get("quand", EN_COURS)
    return FiltreAgrements(
        q=requete.read_words(request),
        des=requete.read_words(request, "des"),
        quand=quand if quand in dict(QUAND) else EN_COURS,
        subdivisions=subdivisions,
    )


def today() -> date:
    """A day counts where the services are."""
    return requete.now().astimezone(ZoneInfo(FUSEAU)).date()


def download(lus: tuple[AgrementLu, ...]) -> HttpResponse:
    lignes = [
        [
            un.imotep,
            un.etablissement,
            un.ville,
            un.service,
            un.chef,
            un.des,
            un.phases,
            str(un.capacite),
            f"{un.du:%d/%m/%Y}",
            f"{un.au:%d/%m/%Y}",
            un.etat_dit,
        ]
        for un in lus
    ]
    return recherche.attach(write_csv(ENTETES, lignes), "csv", "agrements.csv")
