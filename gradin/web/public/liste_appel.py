"""An amphi's call list, each audience its part (rules.md §9): page, PDF, XLSX, CSV, always as it is now."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gradin.documents.liste_appel import ListeImprimee, print_liste, write_liste
from gradin.documents.tableur import write_csv
from gradin.operations.permissions import Acces, Audience
from gradin.queries.public import appel
from gradin.queries.public.amphis import AmphiLu, find_emetteur
from gradin.queries.public.semestres import find_semestre, version_of
from gradin.queries.recus import say_instant
from gradin.web.public import recherche, requete
from gradin.web.public.amphis import open_amphi
from gradin.web.templatetags.gradin import localize

FORMATS = ("pdf", "xlsx", "csv")
STATUTS = {
    "a_venir": "À venir",
    "en_cours": "Choisit",
    "a_choisi": "A choisi",
    "passe": "Passé",
    "hors_choix": "Ne choisit pas",
}
# Of the manual (§7), in its order: heading, key of the figures.
FIGURES = (
    ("Ancienneté", "anciennete"),
    ("Promotion", "promotion"),
    ("Effectif promo local", "effectif_local"),
    ("Rang local", "rang_local"),
    ("Promotion théorique", "promotion_theorique"),
    ("Effectif promo théorique", "effectif_theorique"),
    ("Rang actualisé", "rang_affiche"),
)


@login_not_required
@require_safe
def liste_appel(request: HttpRequest, pk: int) -> HttpResponse:
    amphi, droit = open_amphi(request, pk)
    if (genre := request.GET.get("format", "")) in FORMATS:
        return _download(genre, amphi, droit, requete.now())
    filtre = appel.FiltreAppel(
        q=requete.read_words(request),
        page=requete.read_number(request, "page", 1),
        par_page=recherche.read_par_page(request),
    )
    contexte: dict[str, object] = {
        "amphi": amphi,
        "liste": appel.find_liste(pk),
        "page": _page(pk, droit, filtre),
        "nommee": droit.audience is not Audience.PUBLIC,
        "agent": droit.audience is Audience.REGIE,
        "ma_place": droit.place,
        "filtre": filtre,
        "base": requete.base(request),
        "version": version_of(find_semestre(amphi.semestre)),
        "maintenant": requete.now(),
        "tailles": requete.segments(request, "par_page", recherche.TAILLES),
        "fichiers": [(genre.upper(), f"?format={genre}") for genre in FORMATS],
    }
    return requete.render_list(request, "public/liste_appel.html", contexte)


def _page(pk: int, droit: Acces, filtre: appel.FiltreAppel) -> Page:
    match droit.audience:
        case Audience.REGIE:
            return appel.page_of_agents(pk, filtre)
        case Audience.AMPHI:
            return appel.page_of_names(pk, filtre)
        case Audience.PUBLIC:
            return appel.page_of_ranks(pk, filtre)


def _download(genre: str, amphi: AmphiLu, droit: Acces, maintenant: datetime) -> HttpResponse:
    liste = _print(amphi, droit, maintenant)
    match genre:
        case "pdf":
            corps = print_liste(liste)
        case "xlsx":
            corps = write_liste(liste)
        case _:
            corps = write_csv(liste.entetes, liste.lignes)
    local = localize(maintenant, amphi.fuseau)
    nom = f"liste-appel-{amphi.pk}-v{liste.version}-{local:%Y%m%d-%H%M}.{genre}"
    return recherche.attach(corps, genre, nom)


def _print(amphi: AmphiLu, droit: Acces, maintenant: datetime) -> ListeImprimee:
    liste = appel.find_liste(amphi.pk)
    lignes = _page(amphi.pk, droit, appel.FiltreAppel(par_page=0)).object_list
    entetes = _headings(droit.audience)
    return ListeImprimee(
        emetteur=find_emetteur(amphi.pk),
        intitule=amphi.intitule,
        semestre=amphi.libelle_semestre,
        version=liste.version if liste else 0,
        publiee=f"le {_instant(liste.publiee, amphi)}" if liste and liste.publiee else "",
        empreinte=liste.empreinte if liste and liste.publiee else "",
        editee=f"le {_instant(maintenant, amphi)}",
        date=localize(maintenant, amphi.fuseau).date(),
        entetes=entetes,
        lignes=tuple(tuple(_cell(ligne, entete) for entete in entetes) for ligne in lignes),
    )


def _headings(audience: Audience) -> tuple[str, ...]:
    match audience:
        case Audience.PUBLIC:
            return ("Rang d’appel", "Statut")
        case Audience.AMPHI:
            absence: tuple[str, ...] = ()
        case Audience.REGIE:
            absence = ("Absence prévue",)
    chiffres = tuple(mot for mot, _ in FIGURES)
    return ("Rang d’appel", "Identité", "DES de gestion", *chiffres, *absence, "Statut", "Poste choisi")


def _cell(ligne: appel.LigneAppel, entete: str) -> str:
    match entete:
        case "Rang d’appel":
            return str(ligne.rang or "sans rang")
        case "Identité":
            return ligne.nom
        case "DES de gestion":
            return ligne.des
        case "Absence prévue":
            return "Oui" if ligne.absence_prevue else ""
        case "Statut":
            return STATUTS[ligne.statut]
        case "Poste choisi":
            return f"N°\u00a0{ligne.numero}, {ligne.service}" if ligne.numero else ""
    valeur = (ligne.figures or {}).get(dict(FIGURES)[entete])
    return "" if valeur is None else str(valeur).replace(".", ",")


def _instant(moment: datetime, amphi: AmphiLu) -> str:
    return say_instant(round(moment.timestamp() * 1000), amphi.fuseau)
