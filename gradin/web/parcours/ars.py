"""The ARS: seniorities side by side, one parcours with its dérogation, situations semestrielles."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from gradin.domain.nombres import count_mots
from gradin.domain.parcours.ecarts import SourceAnciennete
from gradin.live.atelier import AtelierOccupe, ask_atelier
from gradin.live.ecriture import by_writer
from gradin.operations.imports.anomalies import FichierRefuse
from gradin.operations.imports.demande import DemandeImport
from gradin.operations.parcours.anciennete import set_source
from gradin.operations.parcours.import_parcours import import_parcours
from gradin.operations.parcours.maquettes import set_derogation
from gradin.operations.parcours.refus import ParcoursRefuse
from gradin.operations.parcours.situations import open_campagne
from gradin.operations.permissions import Interdit, can_publish
from gradin.queries.parcours import situations as lues
from gradin.queries.parcours.anciennete import confront
from gradin.queries.parcours.lieux import LieuOuvert, list_lieux
from gradin.queries.parcours.lignes import read_parcours
from gradin.queries.parcours.mienne import read_figures
from gradin.queries.parcours.progression import read_ma_maquette
from gradin.queries.parcours.un_interne import read_interne
from gradin.queries.visiteurs import Visiteur
from gradin.web.gestion.acces import enter_gestion, enter_interne, refuse, watch_reading
from gradin.web.parcours.dessin import by_phase, draw_frise
from gradin.web.parcours.forms import CampagneSaisie
from gradin.web.public import requete

GET_POST = ["GET", "HEAD", "POST"]
REFUS = 409
FICHIER_MAX = 1024 * 1024
DITES = 100
VUES = (("silencieux", "Sans réponse"), ("tous", "Tous"))


@require_http_methods(GET_POST)
def confrontation(request: HttpRequest) -> HttpResponse:
    """Every difference between what was imported and what the parcours give; the switch, confirmed."""
    agent, lieux, ici = _enter(request)
    refus = ""
    if request.method == "POST" and ici is not None:
        try:
            return _switch(request, agent, ici)
        except (ParcoursRefuse, AtelierOccupe) as erreur:
            refus = erreur.message
    if ici is not None and (trop := watch_reading(request, agent, "parcours")) is not None:
        return trop
    contexte = {
        "ici": "parcours",
        "lieux": lieux,
        "vise": ici,
        "vue": confront(agent, ici.semestre, ici.subdivision) if ici else None,
        "peut": ici is not None and can_publish(agent, ici.subdivision),
        "refus": refus,
    }
    return render(request, "parcours/confrontation.html", contexte, status=REFUS if refus else 200)


@require_http_methods(GET_POST)
def interne(request: HttpRequest, pk: int) -> HttpResponse:
    agent = enter_interne(request, pk)
    lu, qui = read_parcours(pk), read_interne(pk)
    if request.method == "POST":
        if qui is None or qui.inscription is None:
            raise Http404
        try:
            posee = by_writer(set_derogation)(
                agent, qui.inscription, requete.read_typed(request, "motif"), requete.now()
            )
        except Interdit as interdit:
            raise refuse(interdit) from None
        messages.success(
            request, "Dérogation enregistrée." if posee else "Aucune dérogation n’est en vigueur."
        )
        return redirect("gestion-parcours-interne", pk)
    if (trop := watch_reading(request, agent, f"parcours {pk}")) is not None:
        return trop
    maquette = read_ma_maquette(pk)
    contexte = {
        "ici": "parcours",
        "qui": qui,
        "parcours": lu,
        "frise": draw_frise(lu) if lu else (),
        "chiffres": read_figures(pk),
        "maquette": maquette,
        "exigences": [
            ligne for lignes in by_phase(maquette.progression.exigences).values() for ligne in lignes
        ]
        if maquette
        else [],
    }
    return render(request, "parcours/interne.html", contexte)


@require_http_methods(GET_POST)
def situations(request: HttpRequest) -> HttpResponse:
    agent, lieux, ici = _enter(request)
    maintenant = requete.now()
    if ici is None:
        return render(request, "parcours/situations.html", {"ici": "semestrielle", "lieux": lieux})
    campagne = lues.find_campagne(ici.semestre, ici.subdivision, maintenant)
    formulaire = CampagneSaisie(request.POST or None, initial=_initial(campagne), fuseau=ici.fuseau)
    refus = ""
    if request.method == "POST" and formulaire.is_valid():
        try:
            return _open(request, agent, ici, formulaire)
        except ParcoursRefuse as erreur:
            refus = erreur.message
    vue = request.GET.get("vue", "silencieux")
    rows = lues.find_reponses(agent, ici.semestre, ici.subdivision, "" if vue == "silencieux" else None)
    page: Page = Paginator(rows, requete.read_par_page(request)).get_page(
        requete.read_number(request, "page", 1)
    )
    page.object_list = [lues.read_reponse(row) for row in page.object_list]
    contexte = {
        "ici": "semestrielle",
        "lieux": lieux,
        "vise": ici,
        "campagne": campagne,
        "form": formulaire,
        "bilan": lues.count_situations(agent, ici.semestre, ici.subdivision),
        "page": page,
        "base": requete.base(request),
        "vues": requete.segments(request, "vue", VUES),
        "vue": vue,
        "peut": can_publish(agent, ici.subdivision),
        "refus": refus,
    }
    return render(request, "parcours/situations.html", contexte, status=REFUS if refus else 200)


@require_POST
def importer(request: HttpRequest) -> HttpResponse:
    """A small file read at once; what is larger goes by the command, which makes nobody wait."""
    agent, _, _ = _enter(request)
    fichier, essai = request.FILES.get("fichier"), request.POST.get("essai") == "oui"
    if fichier is None or not fichier.name:
        messages.error(request, "Choisissez un fichier XLSX ou CSV.")
        return redirect("gestion-parcours")
    if fichier.size is None or fichier.size > FICHIER_MAX:
        messages.error(
            request, "Ce fichier dépasse 1\u00a0Mo. Coupez-le, ou passez par gradin import-parcours."
        )
        return redirect("gestion-parcours")
    demande = DemandeImport(
        chemin=Path(fichier.name),
        contenu=fichier.read(),
        semestre="",
        essai=essai,
        portees=None if agent.role == "administrateur" else agent.portees,
    )
    contexte: dict[str, object] = {"ici": "parcours", "fichier": fichier.name, "essai": essai}
    try:
        contexte["rapport"] = ask_atelier(import_parcours)(demande, requete.now(), agent.compte)
    except FichierRefuse as refus:
        contexte["anomalies"] = refus.anomalies[:DITES]
        contexte["nombre"] = len(refus.anomalies)
    return render(request, "parcours/import.html", contexte, status=REFUS if "anomalies" in contexte else 200)


def _enter(request: HttpRequest) -> tuple[Visiteur, tuple[LieuOuvert, ...], LieuOuvert | None]:
    """The agent, the semesters and subdivisions of his scope, and the one looked at."""
    agent = enter_gestion(request)
    lieux = list_lieux(agent)
    dit = request.GET.get("lieu", "") or request.POST.get("lieu", "")
    ici = next((lieu for lieu in lieux if lieu.cle == dit), lieux[0] if lieux and not dit else None)
    if dit and ici is None:
        raise Http404
    return agent, lieux, ici


def _switch(request: HttpRequest, agent: Visiteur, ici: LieuOuvert) -> HttpResponse:
    dite = request.POST.get("source", "")
    if dite not in set(SourceAnciennete):
        raise ParcoursRefuse("Choisissez l’ancienneté à utiliser.")
    try:
        changes = ask_atelier(set_source)(
            agent,
            ici.semestre,
            ici.subdivision,
            SourceAnciennete(dite),
            confirme=request.POST.get("confirme") == "oui",
            maintenant=requete.now(),
        )
    except Interdit as interdit:
        raise refuse(interdit) from None
    messages.success(
        request,
        f"Ancienneté {'calculée' if dite == SourceAnciennete.CALCULEE else 'importée'} en vigueur\u00a0: "
        f"{count_mots(changes, 'interne changé', 'internes changés')}. Recalculez les listes d’appel.",
    )
    return redirect(f"/gestion/parcours/?lieu={ici.cle}")


def _open(request: HttpRequest, agent: Visiteur, ici: LieuOuvert, formulaire: CampagneSaisie) -> HttpResponse:
    try:
        neuve = by_writer(open_campagne)(
            agent, ici.semestre, ici.subdivision, **formulaire.dates(), maintenant=requete.now()
        )
    except Interdit as interdit:
        raise refuse(interdit) from None
    messages.success(request, "Campagne enregistrée." if neuve else "Dates de la campagne enregistrées.")
    return redirect(f"/gestion/situation-semestrielle/?lieu={ici.cle}")


def _initial(campagne: lues.CampagneLue | None) -> dict[str, object]:
    if campagne is None:
        return {"ouvre_heure": "09:00", "verrou_heure": "18:00", "rappels": "7, 2"}
    ouvre, verrou = (un.astimezone(ZoneInfo(campagne.fuseau)) for un in (campagne.ouvre, campagne.verrou))
    return {
        "ouvre_jour": ouvre.date(),
        "ouvre_heure": ouvre.strftime("%H:%M"),
        "verrou_jour": verrou.date(),
        "verrou_heure": verrou.strftime("%H:%M"),
        "rappels": ", ".join(str(jours) for jours in campagne.rappels),
    }
