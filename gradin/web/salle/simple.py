"""The salle without JavaScript: a page of postes, a confirmation, a receipt, by plain forms."""

import secrets

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gradin.domain.amphi.commands import Commande, ConnecterRetour, DemanderRetour
from gradin.live.ecriture import by_writer, handle
from gradin.live.presence import PRESENCES
from gradin.live.temps import maintenant_ms
from gradin.operations.amphis import confirm_choix
from gradin.operations.amphis.reponse import Reponse
from gradin.queries.favoris import own_numeros
from gradin.queries.parcours.marques import marks_in
from gradin.queries.rattrapages import read_rattrapage
from gradin.queries.salle import Salle
from gradin.queries.salle_offre import list_services
from gradin.queries.salle_suivi import Suivi, load_ouverts, load_suivi, name_of, warnings_for
from gradin.queries.visiteurs import visiteur_of
from gradin.web.salle.acces import contact_of, own_role, started_salle
from gradin.web.salle.lignes import Ligne, keep, read_lines, read_words
from gradin.web.salle.role import Role

PAR_PAGE = 30
FAVORIS = "favoris"
FILTRES = (
    ("", "Tous"),
    ("ouvert", "Ouverts pour moi"),
    (FAVORIS, "Mes favoris"),
    ("libre", "Non pourvus"),
    ("pourvu", "Pourvus"),
)


def show_simple(request: HttpRequest, salle: Salle) -> HttpResponse:
    role = own_role(request, salle)
    suivi = arrive(salle, role)
    maintenant = maintenant_ms()
    filtre = request.GET.get("etat", "ouvert" if suivi.mon_tour else "")
    q = request.GET.get("q", "").strip()[:100]
    toutes = read_lines(list_services(salle.amphi), load_ouverts(salle))
    favoris = in_my_order(salle, keep(toutes, "", ()))
    lignes = keep(favoris if filtre == FAVORIS else toutes, filtre, read_words(q, toutes))
    contexte = {
        "salle": salle,
        "en_role": role,
        "suivi": suivi,
        "rattrapage": read_rattrapage(salle.amphi),
        "maintenant": maintenant,
        "secondes": seconds_left(suivi, maintenant),
        "choisit": name_of(salle, suivi.choisit) if suivi.choisit is not None else "",
        "marques": None if role.mandat else marks_in(salle.moi.interne, salle.amphi),
        "favoris": () if filtre == FAVORIS or q else favoris,
        "page": Paginator(lignes, PAR_PAGE).get_page(request.GET.get("page")),
        "filtres": FILTRES,
        "filtre": filtre,
        "q": q,
        "cle": secrets.token_urlsafe(16),
        "base": kept_query(request),
        "assistance": contact_of(salle),
    }
    return render(request, "salle/simple.html", contexte)


def in_my_order(salle: Salle, lignes: tuple[Ligne, ...]) -> tuple[Ligne, ...]:
    """Favourites alone, first one first."""
    par_numero = {ligne.numero: ligne for ligne in lignes}
    mes = own_numeros(salle.moi.interne, salle.amphi)
    return tuple(par_numero[numero] for numero in mes if numero in par_numero)


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """« Vous choisissez ce poste ? », with all that the choice will be judged by."""
    salle = started_salle(request)
    role = own_role(request, salle)
    suivi = arrive(salle, role)
    ligne = find_line(salle, request.GET.get("poste", ""))
    if role.muet:
        messages.error(request, "Votre mandataire est seul à pouvoir choisir. Rien n’a été choisi.")
        return back(salle)
    if not suivi.mon_tour:
        messages.warning(request, "Ce n’est pas votre tour. Rien n’a été choisi.")
        return back(salle)
    if ligne.motif:
        messages.error(request, f"Poste n° {ligne.numero}\u00a0: {ligne.motif}")
        return back(salle)
    return render(request, "salle/confirmer.html", {"en_role": role, **question(salle, suivi, ligne)})


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    salle = started_salle(request)
    tour, vu = read_int(request, "tour"), read_int(request, "vu")
    poste, numero = request.POST.get("poste", ""), salle.moi.numero
    if tour is None or numero is None or not poste:
        raise Http404
    reponse = by_writer(confirm_choix)(
        visiteur_of(request.user),
        salle.amphi,
        poste=poste,
        tour=tour,
        vu=vu,
        cle=key_of(request),
        maintenant=maintenant_ms(),
        pour=numero,
    )
    if not reponse.refusee:
        return redirect(f"/mon-amphi/recu/?amphi={salle.amphi}")
    messages.error(request, str(reponse.corps["message"]))
    return back(salle)


@require_POST
def ask_back(request: HttpRequest) -> HttpResponse:
    """« Demander à être replacé »: once; then the ARS."""
    salle = started_salle(request)
    if salle.moi.numero is None:
        raise Http404
    if own_role(request, salle).muet:
        messages.error(request, "Votre mandataire est seul à pouvoir le demander.")
        return back(salle)
    reponse = send(request, salle, DemanderRetour(interne=salle.moi.numero))
    if reponse.refusee:
        messages.error(request, str(reponse.corps["message"]))
    else:
        messages.success(request, "C’est noté\u00a0: vous passez juste après l’interne qui choisit.")
    return redirect(f"/mon-amphi/?amphi={salle.amphi}")


def send(request: HttpRequest, salle: Salle, commande: Commande) -> Reponse:
    maintenant, cle = maintenant_ms(), key_of(request)
    return handle(salle.amphi, commande, auteur=request.user.pk, maintenant=maintenant, cle=cle)


def key_of(request: HttpRequest) -> str | None:
    return request.POST.get("cle", "")[:100] or None


def arrive(salle: Salle, role: Role) -> Suivi:
    """This page is a sign of life: who passed absent comes back, who is called is no longer judged."""
    numero = salle.moi.numero
    assert numero is not None
    PRESENCES.see(salle.amphi, -numero if role.mandat else numero)
    suivi = load_suivi(salle)
    if role.muet:
        return suivi
    if suivi.statut == "passe" or suivi.mon_tour:
        handle(salle.amphi, ConnecterRetour(interne=numero), auteur=None, maintenant=maintenant_ms())
        return load_suivi(salle)
    return suivi


def find_line(salle: Salle, poste: str) -> Ligne:
    for ligne in read_lines(list_services(salle.amphi), load_ouverts(salle)):
        if ligne.numero == poste:
            return ligne
    raise Http404


def question(salle: Salle, suivi: Suivi, ligne: Ligne) -> dict[str, object]:
    maintenant = maintenant_ms()
    return {
        "salle": salle,
        "suivi": suivi,
        "poste": ligne,
        "avertissements": warnings_for(salle, ligne.numero),
        "secondes": seconds_left(suivi, maintenant),
        "cle": secrets.token_urlsafe(16),
    }


def kept_query(request: HttpRequest) -> str:
    """What the links of the pages keep of the address."""
    parametres = request.GET.copy()
    parametres.pop("page", None)
    return f"{parametres.urlencode()}&"


def seconds_left(suivi: Suivi, maintenant: int) -> int:
    return 0 if suivi.fin is None else max(0, -(-(suivi.fin - maintenant) // 1000))


def read_int(request: HttpRequest, nom: str) -> int | None:
    valeur = request.POST.get(nom, "")
    return int(valeur) if valeur.isascii() and valeur.isdigit() and len(valeur) < 10 else None


def back(salle: Salle) -> HttpResponse:
    return redirect(f"/mon-amphi/?simple=1&amphi={salle.amphi}")
