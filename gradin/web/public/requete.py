"""What a list reads of its address: words, pages, and the links that keep the rest."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

PAR_PAGE = (30, 50, 100)
FRAGMENT = "Gradin-Fragment"


def now() -> datetime:
    return datetime.now(UTC)


def read_number(request: HttpRequest, nom: str, defaut: int) -> int:
    valeur = request.GET.get(nom, "")
    return int(valeur) if valeur.isascii() and valeur.isdigit() and len(valeur) < 9 else defaut


def read_par_page(request: HttpRequest) -> int:
    par_page = read_number(request, "par_page", PAR_PAGE[0])
    return par_page if par_page in PAR_PAGE else PAR_PAGE[0]


def read_words(request: HttpRequest, nom: str = "q") -> str:
    """A null byte would be an error of PostgreSQL; a novel is not a search."""
    return request.GET.get(nom, "").replace("\x00", "").strip()[:100]


def read_typed(request: HttpRequest, nom: str) -> str:
    """A text of a form, as typed; null bytes are no text."""
    return request.POST.get(nom, "").replace("\x00", "")


def link(request: HttpRequest, **changes: object) -> str:
    """This address with some parameters changed; a change goes back to the first page."""
    parametres = request.GET.copy()
    parametres.pop("page", None)
    for nom, valeur in changes.items():
        valeurs = valeur if isinstance(valeur, list) else [valeur]
        parametres.setlist(nom, [str(une) for une in valeurs if une not in ("", None)])
    return "?" + parametres.urlencode()


def base(request: HttpRequest) -> str:
    """The query string that the links of the pages keep, ending with & when there is one."""
    kept = link(request)[1:]
    return f"{kept}&" if kept else ""


def segments(request: HttpRequest, nom: str, choix: tuple[tuple[str, str], ...]) -> list[dict[str, object]]:
    """Links for `segments.html`: the first value is the default one, left out of the address."""
    actuel = request.GET.get(nom, choix[0][0])
    defaut = choix[0][0]
    return [
        {
            "href": link(request, **{nom: "" if valeur == defaut else valeur}),
            "mot": mot,
            "actif": valeur == actuel,
        }
        for valeur, mot in choix
    ]


def columns(request: HttpRequest, tri: str, colonnes: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    """Heads of a sortable table: where each leads and how it is sorted now."""
    return [_column(request, tri, nom, mot) for nom, mot in colonnes]


def render_list(request: HttpRequest, gabarit: str, contexte: dict[str, object]) -> HttpResponse:
    """The page, or only its list when the page's own module asks again for what changed."""
    if request.headers.get(FRAGMENT):
        gabarit = gabarit.replace(".html", "_liste.html")
    response = render(request, gabarit, contexte)
    patch_vary_headers(response, [FRAGMENT])
    return response


def _column(request: HttpRequest, tri: str, nom: str, mot: str) -> dict[str, str]:
    sens = {nom: "ascending", f"-{nom}": "descending"}.get(tri, "")
    suivant = f"-{nom}" if sens == "ascending" else nom
    return {"nom": nom, "mot": mot, "sens": sens, "href": link(request, tri=suivant)}
