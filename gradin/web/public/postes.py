"""« Liste des postes »: by service or by poste, for anybody, as it is now."""

from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gradin.queries.parcours.marques import Marques, marks_of
from gradin.queries.public.semestres import SemestreLu, find_semestre, version_of
from gradin.queries.recherche import liste
from gradin.queries.recherche.criteres import FiltrePostes
from gradin.queries.recherche.filtre import Trouvaille, find_postes
from gradin.queries.services.criteres import keep_postes, list_criteres
from gradin.queries.visiteurs import visiteur_of
from gradin.web.public import recherche, requete
from gradin.web.public.departements import name_departement
from gradin.web.public.recherches import own_searches

ETATS = (("", "Tous"), ("pourvu", "Pourvus"), ("libre", "Non pourvus"))
MAQUETTE = (("", "Tous"), ("1", "Pour ma maquette"))
VUES = (("service", "Par service"), ("poste", "Par poste"))
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
CRITERE = "critere"


@login_not_required
@require_safe
def postes(request: HttpRequest) -> HttpResponse:
    """The address holds the whole query; `format` gives the same postes as a file."""
    semestre = find_semestre(requete.read_words(request, "semestre"))
    maintenant = requete.now()
    if semestre is None:
        return requete.render_list(request, "public/postes.html", {"maintenant": maintenant, "version": "0"})
    filtre = recherche.read_filtre(request, semestre=semestre.code)
    trouvaille, marques = find_postes(filtre), _marks(request)
    if marques is not None and request.GET.get("maquette") == "1":
        trouvaille = marques.keep(trouvaille)
    trouvaille = keep_postes(trouvaille, request.GET.getlist(CRITERE))
    genre = request.GET.get("format", "")
    if genre in recherche.FORMATS:
        return recherche.download(genre, semestre, liste.list_postes(trouvaille, filtre), maintenant)
    contexte = _list(request, filtre, trouvaille) | {
        "semestre": semestre,
        "version": version_of(semestre),
        "maintenant": maintenant,
        "marques": marques if marques and marques.holds_for(semestre.code) else None,
    }
    if not request.headers.get(requete.FRAGMENT):
        contexte |= _tools(request, semestre, filtre) | _criteria(request)
        contexte["gardes"] = [
            *_kept(contexte),
            *((CRITERE, un) for un in request.GET.getlist(CRITERE) if un),
        ]
        if marques is not None:
            contexte["choix_maquette"] = requete.segments(request, "maquette", MAQUETTE)
    return requete.render_list(request, "public/postes.html", contexte)


def _marks(request: HttpRequest) -> Marques | None:
    """The public is asked nothing: this list is theirs first."""
    interne = visiteur_of(request.user).interne if request.user.is_authenticated else None
    return marks_of(interne) if interne is not None else None


def _tools(request: HttpRequest, semestre: SemestreLu, filtre: FiltrePostes) -> dict[str, object]:
    """What stands around the list and does not change with it."""
    return (
        recherche.form_context(request, filtre)
        | own_searches(request, filtre)
        | {
            "etats": requete.segments(request, "etat", ETATS),
            "vues": requete.segments(request, "vue", VUES),
            "fichiers": [(genre.upper(), requete.link(request, format=genre)) for genre in recherche.FORMATS],
        }
    )


def _kept(contexte: dict[str, object]) -> list[tuple[str, str]]:
    """What the form of the search keeps without showing it."""
    gardes = contexte["gardes"]
    return [*gardes] if isinstance(gardes, list) else []


def _criteria(request: HttpRequest) -> dict[str, object]:
    """The local criteria that some service has; what else the address asks for stays."""
    choisis = [un for un in request.GET.getlist(CRITERE) if un]
    return {
        "criteres_locaux": [
            (un, [(valeur, mot, valeur in choisis) for valeur, mot in un.options])
            for un in list_criteres()
            if un.options
        ],
        "criteres_choisis": len(choisis),
        "gardes_criteres": [
            (nom, valeur)
            for nom, valeurs in request.GET.lists()
            for valeur in valeurs
            if nom not in (CRITERE, "page")
        ],
    }


def _list(request: HttpRequest, filtre: FiltrePostes, trouvaille: Trouvaille) -> dict[str, object]:
    vue = _by_poste if request.GET.get("vue") == "poste" else _by_service
    return {
        "filtre": filtre,
        "etat": "".join(filtre.etat),
        "corrections": trouvaille.corrections,
        "base": requete.base(request),
        "sans_filtre": requete.link(request, **recherche.SANS_FILTRE, **{CRITERE: ""}),
        **vue(request, filtre, trouvaille),
    }


def _by_poste(request: HttpRequest, filtre: FiltrePostes, trouvaille: Trouvaille) -> dict[str, object]:
    compte = liste.count_postes(trouvaille)
    return {
        "par_poste": True,
        "compte": compte,
        "page": liste.page_of_postes(trouvaille, filtre, compte),
        "colonnes": requete.columns(request, filtre.tri, COLONNES),
    }


def _by_service(request: HttpRequest, filtre: FiltrePostes, trouvaille: Trouvaille) -> dict[str, object]:
    trouves = liste.list_services(trouvaille)
    page = liste.page_of_services(trouves, trouvaille, filtre)
    return {
        "page": page,
        "compte": trouves.compte,
        "departements": _group(page, trouves.par_departement),
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
