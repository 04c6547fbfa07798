"""« Liste des affectations », as they are made."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gradin.queries.public import affectations as lues
from gradin.queries.public.semestres import SemestreLu, find_semestre, version_of
from gradin.web.public import requete

COLONNES = (
    ("heure", "Heure"),
    ("interne", "Interne"),
    ("des", "DES du poste"),
    ("departement", "Dép."),
    ("etablissement", "Établissement"),
    ("service", "Service"),
    ("numero", "N° poste"),
)


@login_not_required
@require_safe
def affectations(request: HttpRequest) -> HttpResponse:
    semestre = find_semestre(requete.read_words(request, "semestre"))
    contexte: dict[str, object] = {
        "semestre": semestre,
        "version": version_of(semestre),
        "maintenant": requete.now(),
    }
    if semestre is not None:
        contexte |= _list(request, semestre)
    return requete.render_list(request, "public/affectations.html", contexte)


def _list(request: HttpRequest, semestre: SemestreLu) -> dict[str, object]:
    filtre = lues.FiltreAffectations(
        q=requete.read_words(request),
        amphi=requete.read_number(request, "amphi", 0) or None,
        tri=request.GET.get("tri", "-heure"),
        page=requete.read_number(request, "page", 1),
        par_page=requete.read_par_page(request),
    )
    return {
        "filtre": filtre,
        "compte": lues.count_affectations(semestre),
        "page": lues.page_of_affectations(semestre, filtre),
        "colonnes": requete.columns(request, filtre.tri, COLONNES),
        "tailles": requete.segments(request, "par_page", tuple((str(n), str(n)) for n in requete.PAR_PAGE)),
        "base": requete.base(request),
    }
