"""The campaign and who has answered, the comments to read, the results for the commissions."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from gradin.documents.classeur import write_classeur
from gradin.documents.tableur import write_csv
from gradin.domain.evaluations.anonymat import SEUIL
from gradin.domain.nombres import count_mots
from gradin.live.ecriture import by_writer
from gradin.operations.evaluations.campagnes import open_campagne
from gradin.operations.evaluations.moderation import judge_commentaires
from gradin.operations.evaluations.refus import EvaluationRefusee
from gradin.operations.permissions import Interdit
from gradin.operations.permissions_evaluations import can_open_evaluations
from gradin.queries.evaluations import campagnes as lues
from gradin.queries.evaluations.export import comment_rows, list_familles, result_rows
from gradin.queries.evaluations.moderation import list_readable, read_commentaires
from gradin.queries.visiteurs import Visiteur
from gradin.web.evaluations.acces import enter, frame
from gradin.web.evaluations.feuilles import ENTETES, make_feuilles
from gradin.web.evaluations.forms import CampagneSaisie
from gradin.web.gestion.graphiques import draw_bar
from gradin.web.public import recherche, requete

GET_POST = ["GET", "HEAD", "POST"]
REFUS, PAR_PAGE = 409, 50
ETATS = (("en_attente", "À relire"), ("publie", "Publiés"), ("refuse", "Refusés"))


@require_http_methods(GET_POST)
def campagnes(request: HttpRequest) -> HttpResponse:
    visiteur, maintenant = enter(request), requete.now()
    lieux = lues.list_lieux(visiteur)
    ici = _looked_at(request, lieux)
    contexte = frame(visiteur, "campagnes") | {"lieux": lieux, "vise": ici, "seuil": SEUIL}
    if ici is None:
        return render(request, "evaluations/campagnes.html", contexte)
    campagne = lues.find_campagne(ici.semestre, ici.subdivision, maintenant)
    formulaire = CampagneSaisie(request.POST or None, initial=_initial(campagne), fuseau=ici.fuseau)
    refus = ""
    if request.method == "POST" and formulaire.is_valid():
        try:
            return _open(request, visiteur, ici, formulaire)
        except EvaluationRefusee as erreur:
            if erreur.champ:
                formulaire.add_error(erreur.champ, erreur.message)
            refus = erreur.message
    groupes = lues.count_participation(visiteur, ici.semestre, ici.subdivision)
    contexte |= {
        "campagne": campagne,
        "form": formulaire,
        "groupes": [(un, draw_bar(un.part)) for un in groupes],
        "internes": sum(un.internes for un in groupes),
        "reponses": sum(un.reponses for un in groupes),
        "peut": can_open_evaluations(visiteur, ici.subdivision)
        and (campagne is None or campagne.etat != "fermee"),
        # Said at its field when it has one, above the page when the whole campaign is refused.
        "refus": "" if formulaire.errors else refus,
    }
    return render(request, "evaluations/campagnes.html", contexte, status=REFUS if refus else 200)


@require_http_methods(GET_POST)
def commentaires(request: HttpRequest) -> HttpResponse:
    visiteur, maintenant = enter(request), requete.now()
    if request.method == "POST":
        pks = {int(un) for un in request.POST.getlist("commentaire") if un.isdecimal() and len(un) < 19}
        publie = request.POST.get("jugement") == "publier"
        faits = by_writer(judge_commentaires)(visiteur, pks, publie=publie, maintenant=maintenant)
        fait = ("publié", "publiés") if publie else ("refusé", "refusés")
        mots = (f"commentaire {fait[0]}", f"commentaires {fait[1]}")
        messages.success(request, f"{count_mots(faits, *mots).capitalize()}.")
        return redirect("gestion-commentaires")
    etat = request.GET.get("etat", "en_attente")
    lisibles = Paginator(list_readable(visiteur, etat, maintenant), PAR_PAGE)
    page: Page[int] = lisibles.get_page(requete.read_number(request, "page", 1))
    contexte = frame(visiteur, "commentaires") | {
        "page": page,
        "base": requete.base(request),
        "commentaires": read_commentaires([*page]),
        "etats": requete.segments(request, "etat", ETATS),
        "etat": etat,
        "seuil": SEUIL,
    }
    return render(request, "evaluations/commentaires.html", contexte)


@require_safe
def resultats(request: HttpRequest, genre: str) -> HttpResponse:
    """What the fiches show, service by service, for a commission; never more."""
    visiteur, maintenant = enter(request), requete.now()
    familles = list_familles(visiteur, maintenant)
    lignes = result_rows(familles)
    if genre == "csv":
        corps = write_csv(ENTETES, [[_say(case) for case in ligne] for ligne in lignes])
    elif genre == "xlsx":
        corps = write_classeur(make_feuilles(lignes, comment_rows(familles)))
    else:
        raise Http404
    return recherche.attach(corps, genre, "evaluations")


def _say(case: str | int | float | None) -> str:
    """French decimals."""
    if case is None:
        return ""
    return str(case).replace(".", ",") if isinstance(case, float) else str(case)


def _looked_at(request: HttpRequest, lieux: tuple[lues.LieuEvalue, ...]) -> lues.LieuEvalue | None:
    dit = request.GET.get("lieu", "") or request.POST.get("lieu", "")
    ici = next((lieu for lieu in lieux if lieu.cle == dit), lieux[0] if lieux and not dit else None)
    if dit and ici is None:
        raise Http404
    return ici


def _open(
    request: HttpRequest, visiteur: Visiteur, ici: lues.LieuEvalue, formulaire: CampagneSaisie
) -> HttpResponse:
    try:
        neuve = by_writer(open_campagne)(
            visiteur, ici.semestre, ici.subdivision, **formulaire.dates(), maintenant=requete.now()
        )
    except Interdit as interdit:
        raise PermissionDenied(interdit.message) from None
    messages.success(request, "Campagne enregistrée." if neuve else "Dates de la campagne enregistrées.")
    return redirect(f"/gestion/evaluations/?lieu={ici.cle}")


def _initial(campagne: lues.CampagneLue | None) -> dict[str, object]:
    if campagne is None:
        return {"ouvre_heure": "09:00", "ferme_heure": "18:00", "rappels": "7, 2"}
    ouvre, ferme = (un.astimezone(ZoneInfo(campagne.fuseau)) for un in (campagne.ouvre, campagne.ferme))
    return {
        "ouvre_jour": ouvre.date(),
        "ouvre_heure": ouvre.strftime("%H:%M"),
        "ferme_jour": ferme.date(),
        "ferme_heure": ferme.strftime("%H:%M"),
        "rappels": ", ".join(str(jours) for jours in campagne.rappels),
    }
