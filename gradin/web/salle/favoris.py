"""« Mes services favoris » (manual §9.2): one's own list above, what the amphi offers below. Plain forms."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gradin.domain.favoris import (
    FavoriInconnu,
    Geste,
    add_poste,
    add_service,
    move_poste,
    move_service,
    place_service,
    remove_poste,
    remove_service,
)
from gradin.live.ecriture import by_writer
from gradin.operations.favoris import edit_favoris
from gradin.operations.prechoix.voeux import arm_liste
from gradin.queries.favoris import Acces, FavorisLus, own_place, read_favoris_of
from gradin.queries.parcours.marques import marks_in
from gradin.queries.recherche import liste
from gradin.queries.recherche.criteres import FiltrePostes
from gradin.queries.recherche.filtre import Trouvaille, find_postes
from gradin.queries.salle import Salle, find_salle
from gradin.queries.visiteurs import visiteur_of
from gradin.web.public import postes as page_publique
from gradin.web.public import recherche, requete
from gradin.web.public.recherches import own_searches
from gradin.web.salle.acces import asked_amphi, contact_of
from gradin.web.salle.chances import chances_of

AVERTISSEMENT = "Vous sélectionnez un poste et non tous les postes offerts du service."
AVERTI = "favori_poste_averti"
GESTES: dict[str, Callable[[str], Geste]] = {
    "ajouter-service": add_service,
    "retirer-service": remove_service,
    "ajouter-poste": add_poste,
    "retirer-poste": remove_poste,
    "monter-service": lambda cible: move_service(cible, -1),
    "descendre-service": lambda cible: move_service(cible, 1),
    "monter-poste": lambda cible: move_poste(cible, -1),
    "descendre-poste": lambda cible: move_poste(cible, 1),
}
COLONNES = (
    ("etat", "État"),
    ("numero", "N°"),
    ("etablissement", "Établissement"),
    ("service", "Service"),
    ("chef", "Chef de service"),
    ("des", "DES"),
    ("flechage", "Fléchage"),
    ("reserve", "Réservé à"),
    ("imotep", "IMOTEP"),
)


@require_http_methods(["GET", "HEAD", "POST"])
def favoris(request: HttpRequest) -> HttpResponse:
    # Mine, never my mandant's: he alone changes his favourites.
    interne = visiteur_of(request.user).interne
    salle = find_salle(interne, asked_amphi(request)) if interne is not None else None
    if salle is None:
        return render(request, "salle/aucun.html")
    acces = own_place(salle.moi.interne, salle.amphi, requete.now())
    if not acces.lisibles:
        return render(request, "salle/favoris_fermes.html", {"salle": salle})
    if request.method == "POST":
        return change(request, salle, acces)
    return show(request, salle, acces)


def change(request: HttpRequest, salle: Salle, acces: Acces) -> HttpResponse:
    """One gesture, then the page again; or only what changed, for the page's own module."""
    dit = apply(request, salle, acces)
    if request.headers.get(requete.FRAGMENT):
        return show(request, salle, acces, dit)
    messages.info(request, dit)
    return redirect(request.get_full_path())


def apply(request: HttpRequest, salle: Salle, acces: Acces) -> str:
    """What was done, as it is said to whoever does not see the list move."""
    nom, _, cible = request.POST.get("geste", "").partition(":")
    if not acces.modifiables:
        return "L’amphithéâtre est clos\u00a0: la liste de favoris ne change plus."
    if nom == "armer":
        return arm(request, acces)
    try:
        by_writer(edit_favoris)(salle.amphi, acces.place, read_geste(request, nom, cible))
    except FavoriInconnu:
        return "Cet amphithéâtre n’offre plus ce poste. Rien n’a changé."
    return say(request, nom, cible, read_favoris_of(acces.place))


def arm(request: HttpRequest, acces: Acces) -> str:
    """« Liste armée »: taken back as freely as given, until the tour."""
    armee = request.POST.get("armee") == "oui"
    if not by_writer(arm_liste)(acces.place, armee=armee):
        return "Cet amphithéâtre ne propose pas la liste armée."
    if armee:
        return (
            "Votre liste est armée\u00a0: si vous êtes absent, votre premier favori encore ouvert est choisi."
        )
    return "Votre liste n’est plus armée."


def read_geste(request: HttpRequest, nom: str, cible: str) -> Geste:
    if nom == "placer-service":
        rang = request.POST.get("rang", "").strip()
        if not (rang.isascii() and rang.isdigit() and len(rang) < 6):
            return lambda favoris, offerts: favoris
        return place_service(cible, int(rang))
    if nom not in GESTES:
        raise Http404
    return GESTES[nom](cible)


def say(request: HttpRequest, nom: str, cible: str, lus: FavorisLus) -> str:
    if nom == "ajouter-poste" and not request.session.get(AVERTI):
        request.session[AVERTI] = True
        return AVERTISSEMENT
    for service in lus.services:
        if nom.endswith("-service") and service.imotep == cible:
            return f"{service.nom}\u00a0: favori n° {service.rang} sur {len(lus.services)}."
        rang = next((r for r, poste in enumerate(service.postes, start=1) if poste.numero == cible), 0)
        if nom.endswith("-poste") and rang:
            return f"Poste n° {cible}\u00a0: {rang} sur {len(service.postes)} dans {service.nom}."
    return "Retiré de vos favoris."


def show(request: HttpRequest, salle: Salle, acces: Acces, dit: str = "") -> HttpResponse:
    """Below, the list of postes with the criteria of « Recherche avancée », kept to this amphi."""
    filtre = recherche.read_filtre(request, amphi=salle.amphi, semestre=acces.semestre)
    contexte = {
        "salle": salle,
        "acces": acces,
        "mes": read_favoris_of(acces.place),
        "chances": chances_of(salle.amphi, acces.place),
        "marques": marks_in(salle.moi.interne, salle.amphi),
        "dit": dit,
        "averti": dit == AVERTISSEMENT,
        "tout": request.GET.get("tout") == "1",
        "lien_tout": requete.link(request, tout="" if request.GET.get("tout") == "1" else "1"),
        "lien_offre": requete.link(request, **recherche.SANS_FILTRE, vue=""),
        "un_service": filtre.imotep[0] if len(filtre.imotep) == 1 else "",
        **offer(request, filtre),
    }
    if request.headers.get(requete.FRAGMENT):
        return render(request, "salle/favoris_liste.html", contexte)
    contexte |= (
        recherche.form_context(request, filtre)
        | own_searches(request, filtre)
        | {
            "etats": requete.segments(request, "etat", page_publique.ETATS),
            "vues": requete.segments(request, "vue", page_publique.VUES),
            "assistance": contact_of(salle),
            "lieu_recherches": f"/mon-amphi/favoris/?amphi={salle.amphi}&",
        }
    )
    return render(request, "salle/favoris.html", contexte)


def offer(request: HttpRequest, filtre: FiltrePostes) -> dict[str, object]:
    trouvaille = find_postes(filtre)
    par_poste = request.GET.get("vue") == "poste"
    compte, page = (_by_poste if par_poste else _by_service)(trouvaille, filtre)
    return {
        "filtre": filtre,
        "etat": "".join(filtre.etat),
        "compte": compte,
        "corrections": trouvaille.corrections,
        "page": page,
        "par_poste": par_poste,
        "ouverts": page.paginator.count <= page_publique.OUVERTS_D_EMBLEE,
        "colonnes": requete.columns(request, filtre.tri, COLONNES),
        "base": requete.base(request),
        "sans_filtre": requete.link(request, **recherche.SANS_FILTRE),
    }


def _by_poste(trouvaille: Trouvaille, filtre: FiltrePostes) -> tuple[liste.ComptePostes, Page]:
    compte = liste.count_postes(trouvaille)
    return compte, liste.page_of_postes(trouvaille, filtre, compte)


def _by_service(trouvaille: Trouvaille, filtre: FiltrePostes) -> tuple[liste.ComptePostes, Page]:
    trouves = liste.list_services(trouvaille)
    return trouves.compte, liste.page_of_services(trouves, trouvaille, filtre)
