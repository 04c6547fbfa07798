"""« Liste des postes »: by service or by poste, for anybody, as it is now."""

from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gradin.queries.public import postes as lus
from gradin.queries.public.semestres import SemestreLu, find_semestre, version_of
from gradin.web.public import requete
from gradin.web.public.departements import name_departement

ETATS = (("", "Tous"), ("pourvu", "Pourvus"), ("libre", "Non pourvus"))
VUES = (("service", "Par service"), ("poste", "Par poste"))
TAILLES = tuple((str(n), str(n)) for n in requete.PAR_PAGE)
COLONNES = (
    ("etat", "État"),
    ("numero", "Numéro"),
    ("departement", "Dép."),
    ("etablissement", "Établissement"),
    ("service", "Service"),
    ("chef", "Chef de service"),
    ("des", "DES"),
    ("flechage", "Fléchage"),
    ("reserve", "Réservé à"),
    ("groupe", "Groupe"),
    ("regime", "Régime de formation"),
    ("type", "Type"),
    ("imotep", "IMOTEP"),
)
OUVERTS_D_EMBLEE = 3


@login_not_required
@require_safe
def postes(request: HttpRequest) -> HttpResponse:
    semestre = find_semestre(requete.read_words(request, "semestre"))
    contexte: dict[str, object] = {
        "semestre": semestre,
        "version": version_of(semestre),
        "maintenant": requete.now(),
    }
    if semestre is not None:
        contexte |= _list(request, semestre)
    return requete.render_list(request, "public/postes.html", contexte)


def _list(request: HttpRequest, semestre: SemestreLu) -> dict[str, object]:
    filtre = _read_filtre(request)
    par_poste = request.GET.get("vue") == "poste"
    return {
        "filtre": filtre,
        "compte": lus.count_postes(semestre, filtre),
        "groupes": lus.groupes_offered(semestre),
        "etats": requete.segments(request, "etat", ETATS),
        "vues": requete.segments(request, "vue", VUES),
        "tailles": requete.segments(request, "par_page", TAILLES),
        "base": requete.base(request),
        "sans_filtre": requete.link(request, q="", groupe="", etat=""),
        **(_by_poste(request, semestre, filtre) if par_poste else _by_service(semestre, filtre)),
    }


def _by_poste(request: HttpRequest, semestre: SemestreLu, filtre: lus.FiltrePostes) -> dict[str, object]:
    return {
        "par_poste": True,
        "page": lus.page_of_postes(semestre, filtre),
        "colonnes": requete.columns(request, filtre.tri, COLONNES),
    }


def _by_service(semestre: SemestreLu, filtre: lus.FiltrePostes) -> dict[str, object]:
    page = lus.page_of_services(semestre, filtre)
    return {
        "page": page,
        "departements": _group(page, lus.count_by_departement(semestre, filtre)),
        "ouverts": page.paginator.count <= OUVERTS_D_EMBLEE,
    }


def _group(page: Page, comptes: dict[str, tuple[int, int]]) -> list[dict[str, object]]:
    return [
        {
            "code": code,
            "nom": name_departement(code),
            "compte_services": comptes.get(code, (0, 0))[0],
            "compte_postes": comptes.get(code, (0, 0))[1],
            "services": [*services],
        }
        for code, services in groupby(page.object_list, key=lambda service: service.departement)
    ]


def _read_filtre(request: HttpRequest) -> lus.FiltrePostes:
    return lus.FiltrePostes(
        q=requete.read_words(request),
        etat=request.GET.get("etat", ""),
        groupe=requete.read_words(request, "groupe"),
        tri=request.GET.get("tri", "etablissement"),
        page=requete.read_number(request, "page", 1),
        par_page=requete.read_par_page(request),
    )
