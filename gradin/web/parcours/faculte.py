"""The faculty: semesters to validate, many at once; maquettes with their versions."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gradin.domain.nombres import count_mots
from gradin.live.ecriture import by_writer
from gradin.operations.droits import Acte
from gradin.operations.parcours.maquettes import set_encadrements, write_version
from gradin.operations.parcours.refus import ParcoursRefuse
from gradin.operations.parcours.validation import Jugement, judge_lignes
from gradin.operations.permissions import Interdit, check_can_read_espace
from gradin.queries.espaces.perimetre import Perimetre, perimetre_of
from gradin.queries.parcours import faculte as lus
from gradin.queries.parcours.maquettes import list_versions, usual_maquette
from gradin.queries.parcours.progression import PHASES_DITES
from gradin.queries.visiteurs import Visiteur, visiteur_of
from gradin.web.espace.venue import readable
from gradin.web.parcours.forms import Exigences, MaquetteSaisie, initial_of
from gradin.web.public import requete

GET_POST = ["GET", "HEAD", "POST"]
REFUS = 409
ETATS = (
    ("presume", "À valider"),
    ("valide", "Validés"),
    ("non_valide", "Non validés"),
    ("tous", "Tous"),
)
FAITS = {
    Jugement.VALIDER: ("semestre validé", "semestres validés"),
    Jugement.REFUSER: ("semestre non validé", "semestres non validés"),
    Jugement.SAUVER: ("semestre non validé, compté", "semestres non validés, comptés"),
    Jugement.ROUVRIR: ("semestre à valider de nouveau", "semestres à valider de nouveau"),
}


@require_http_methods(GET_POST)
def semestres(request: HttpRequest) -> HttpResponse:
    """Plain form: boxes ticked, one act. The list keeps its filter."""
    visiteur, perimetre = _enter(request, Acte.VALIDER_PARCOURS)
    refus = ""
    if request.method == "POST":
        try:
            _judge(request, visiteur, perimetre)
            return redirect(request.get_full_path())
        except ParcoursRefuse as erreur:
            refus = erreur.message
    filtre = lus.FiltreParcours(
        etat=_etat(request),
        semestre=requete.read_words(request, "semestre")[:7],
        q=requete.read_words(request),
    )
    page: Page = Paginator(
        lus.find_lines(perimetre, filtre, requete.now()), requete.read_par_page(request)
    ).get_page(requete.read_number(request, "page", 1))
    page.object_list = [lus.read_line(row) for row in page.object_list]
    contexte = {
        "ici": "parcours",
        "tableaux": readable(visiteur),
        "filtre": filtre,
        "page": page,
        "base": requete.base(request),
        "etats": requete.segments(request, "etat", ETATS),
        "semestres": lus.list_semestres(perimetre),
        "comptes": lus.count_states(perimetre, requete.now()),
        "refus": refus,
    }
    return render(request, "parcours/semestres.html", contexte, status=REFUS if refus else 200)


@require_http_methods(GET_POST)
def maquettes(request: HttpRequest) -> HttpResponse:
    visiteur, _ = _enter(request, Acte.ECRIRE_MAQUETTES)
    if request.method == "POST":
        coches = set(request.POST.getlist("universitaire"))
        vus = [int(un) for un in request.POST.getlist("vu") if un.isdecimal() and len(un) < 19]
        changes = by_writer(set_encadrements)(visiteur, {pk: str(pk) in coches for pk in vus})
        messages.success(
            request, f"{count_mots(changes, 'établissement changé', 'établissements changés').capitalize()}."
        )
        return redirect("espace-maquettes")
    contexte = {
        "ici": "maquettes",
        "tableaux": readable(visiteur),
        "des": lus.list_des(),
        "lieux": lus.list_lieux(),
    }
    return render(request, "parcours/maquettes.html", contexte)


@require_http_methods(GET_POST)
def maquette(request: HttpRequest, pk: int) -> HttpResponse:
    """A version is never rewritten: saving writes the next one."""
    visiteur, _ = _enter(request, Acte.ECRIRE_MAQUETTES)
    des = lus.find_des(pk)
    if des is None:
        raise Http404
    versions = list_versions(des)
    depart, exigences = initial_of(versions[0].maquette if versions else usual_maquette(des))
    formulaire = MaquetteSaisie(request.POST or None, initial=depart)
    lignes = Exigences(request.POST or None, initial=exigences, prefix="e")
    refus = ""
    if request.method == "POST" and formulaire.is_valid() and lignes.is_valid():
        lues = formulaire.cleaned_data
        contenu = {
            "promotion_de": lues["promotion_de"],
            "phases": formulaire.phases(),
            "exigences": [dite for ligne in lignes if (dite := ligne.exigence()) is not None],
        }
        try:
            version = by_writer(write_version)(
                visiteur, pk, contenu, motif=lues["motif"], maintenant=requete.now()
            )
        except ParcoursRefuse as erreur:
            refus = erreur.message
        else:
            messages.success(request, f"Version {version} enregistrée. Elle vaut aussitôt.")
            return redirect("espace-maquette", pk)
    contexte = {
        "ici": "maquettes",
        "tableaux": readable(visiteur),
        "des": des,
        "form": formulaire,
        "lignes": lignes,
        "versions": versions,
        "phases_dites": {phase.value: mot for phase, mot in PHASES_DITES.items()},
        "refus": refus,
    }
    return render(request, "parcours/maquette_edition.html", contexte, status=REFUS if refus else 200)


def _judge(request: HttpRequest, visiteur: Visiteur, perimetre: Perimetre) -> None:
    dit = request.POST.get("jugement", "")
    if dit not in set(Jugement):
        raise ParcoursRefuse("Choisissez ce que vous faites de ces semestres.")
    lignes = [int(un) for un in request.POST.getlist("ligne") if un.isdecimal() and len(un) < 19]
    faits = by_writer(judge_lignes)(
        visiteur,
        perimetre,
        lignes,
        Jugement(dit),
        motif=requete.read_typed(request, "motif"),
        maintenant=requete.now(),
    )
    messages.success(request, f"{count_mots(faits, *FAITS[Jugement(dit)]).capitalize()}.")


def _etat(request: HttpRequest) -> str:
    dit = request.GET.get("etat", "presume")
    return "" if dit == "tous" or dit not in dict(ETATS) else dit


def _enter(request: HttpRequest, acte: Acte) -> tuple[Visiteur, Perimetre]:
    visiteur = visiteur_of(request.user)
    try:
        check_can_read_espace(visiteur, acte)
    except Interdit as interdit:
        raise PermissionDenied(interdit.message) from None
    return visiteur, perimetre_of(visiteur)
