"""« Recherche avancée »: what the address asks, the form that asks it, and the list as a file."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from gradin.documents.tableur import write_csv, write_xlsx
from gradin.domain.texte import fold
from gradin.queries.public.semestres import SemestreLu, find_semestre
from gradin.queries.recherche.criteres import CRITERES, FiltrePostes, clean_text, read_criteres
from gradin.queries.recherche.liste import PosteLu
from gradin.queries.recherche.suggestions import Valeur, short_lists, suggest
from gradin.web.public import requete
from gradin.web.public.departements import NOMS, name_departement
from gradin.web.templatetags.gradin import localize

TOUS = "tous"
TAILLES = (*((str(n), str(n)) for n in requete.PAR_PAGE), (TOUS, "Tous"))
ETATS = ("pourvu", "libre")
SANS_FILTRE = {"q": "", "etat": "", **dict.fromkeys(CRITERES, "")}
COLONNES_FICHIER = (
    ("État", "etat"),
    ("Numéro", "numero"),
    ("Groupe", "groupe"),
    ("DES", "des"),
    ("Département", "departement"),
    ("Établissement", "etablissement"),
    ("Ville", "ville"),
    ("Service", "service"),
    ("Chef de service", "chef"),
    ("IMOTEP", "imotep"),
    ("Régime de formation", "regime"),
    ("Type", "type_poste"),
    ("Réservé à", "reserve"),
    ("Fléchage", "flechage"),
    ("Observations", "observations"),
    ("Allocation d’attractivité", "allocation"),
)
MOTS_ETAT = {"pourvu": "Pourvu", "libre": "Non pourvu", "retire": "Retiré"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {
    "xlsx": XLSX,
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}
FORMATS = ("xlsx", "csv")
GARDES = ("semestre", "amphi", "vue", "etat", "tri", "par_page", "maquette")
CODES_PAR_NOM = {fold(nom): code for code, nom in NOMS.items()}


class AvecCriteres(Protocol):
    """What was asked, whatever the list."""

    @property
    def criteres(self) -> Mapping[str, tuple[str, ...]]: ...


def read_filtre(request: HttpRequest, **fixes: Any) -> FiltrePostes:
    """The criteria of this address; `fixes`: what the page itself decides (semestre, amphi)."""
    criteres = read_criteres(dict(request.GET.lists()))
    criteres["departement"] = tuple(name_to_code(valeur) for valeur in criteres.get("departement", ()))
    etat = request.GET.get("etat", "")
    return FiltrePostes(
        **criteres,
        q=requete.read_words(request),
        etat=(etat,) if etat in ETATS else (),
        tri=clean_text(request.GET.get("tri", "")) or "etablissement",
        page=requete.read_number(request, "page", 1),
        par_page=read_par_page(request),
        **fixes,
    )


def read_par_page(request: HttpRequest) -> int:
    """0: all of them."""
    return 0 if request.GET.get("par_page") == TOUS else requete.read_par_page(request)


def name_to_code(departement: str) -> str:
    """« Rhône » is 69."""
    return CODES_PAR_NOM.get(fold(departement), departement)


def form_context(request: HttpRequest, filtre: FiltrePostes) -> dict[str, object]:
    """What `_avancee.html` shows: each criterion with its values, its suggestions, its links."""
    courtes = short_lists(filtre.semestre)
    courtes["departement"] = tuple(
        Valeur(valeur=v.valeur, mot=f"{v.valeur} - {name_departement(v.valeur)}")
        for v in courtes["departement"]
    )
    return form_of(request, filtre, CRITERES, courtes, GARDES)


def form_of(
    request: HttpRequest,
    filtre: AvecCriteres,
    criteres: Mapping[str, str],
    courtes: Mapping[str, tuple[Valeur, ...]],
    gardes: tuple[str, ...],
) -> dict[str, object]:
    """The form of any list that has criteria; `gardes`: what the address keeps without showing it."""
    champs = [
        _field(request, filtre.criteres.get(nom, ()), nom, mot, courtes.get(nom, ()))
        for nom, mot in criteres.items()
    ]
    return {
        "champs": champs,
        "nombre_valeurs": sum(len(valeurs) for valeurs in filtre.criteres.values()),
        "gardes": [(nom, request.GET[nom]) for nom in gardes if request.GET.get(nom)],
        "tailles": requete.segments(request, "par_page", TAILLES),
    }


def _field(
    request: HttpRequest, valeurs: tuple[str, ...], nom: str, mot: str, choix: tuple[Valeur, ...]
) -> dict[str, object]:
    mots = {valeur.valeur: valeur.mot for valeur in choix}
    return {
        "nom": nom,
        "mot": mot,
        "choix": choix,
        "valeurs": [
            {
                "valeur": valeur,
                "mot": mots.get(valeur, valeur),
                "sans": requete.link(request, **{nom: [autre for autre in valeurs if autre != valeur]}),
            }
            for valeur in valeurs
        ],
    }


@login_not_required
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Values of one criterion that hold the words typed."""
    semestre = find_semestre(requete.read_words(request, "semestre"))
    champ, amorce = requete.read_words(request, "champ"), requete.read_words(request)
    valeurs = suggest(champ, semestre.code, amorce) if semestre else ()
    return JsonResponse({"valeurs": list(valeurs)})


def download(genre: str, semestre: SemestreLu, postes: list[PosteLu], maintenant: datetime) -> HttpResponse:
    """The whole list found, as XLSX or CSV; the name says of which hour."""
    entetes = [mot for mot, _ in COLONNES_FICHIER]
    lignes = ([_cell(poste, champ) for _, champ in COLONNES_FICHIER] for poste in postes)
    corps = write_xlsx("Postes", entetes, lignes) if genre == "xlsx" else write_csv(entetes, lignes)
    return attach(corps, genre, f"postes-{semestre.code}-{localize(maintenant):%Y%m%d-%H%M}.{genre}")


def attach(corps: bytes, genre: str, nom: str) -> HttpResponse:
    """A file to keep under that name."""
    disposition = {"Content-Disposition": f'attachment; filename="{nom}"'}
    return HttpResponse(corps, content_type=TYPES[genre], headers=disposition)


def _cell(poste: PosteLu, champ: str) -> str:
    valeur = str(getattr(poste, champ))
    return MOTS_ETAT.get(valeur, valeur) if champ == "etat" else valeur
