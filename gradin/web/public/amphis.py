"""« Liste des amphithéâtres », and the sessions of one."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gradin.operations.permissions import Acces, Audience, acces
from gradin.queries.public import amphis as lus
from gradin.queries.public import appel
from gradin.queries.public.semestres import SemestreLu, find_semestre, list_semestres, version_of
from gradin.queries.recherche.criteres import clean_values
from gradin.queries.visiteurs import visiteur_of
from gradin.web.public import recherche, requete

COLONNES = (
    ("code", "Code"),
    ("groupe", "Groupe"),
    ("formation", "Formation"),
    ("phase", "Phase"),
    ("etat", "État"),
    ("favoris", "Date des favoris"),
    ("debut", "Du"),
    ("fin", "Au"),
)
FORMATIONS = (("medecin", "Médecin"), ("pharmacien", "Pharmacien"), ("dentiste", "Dentiste"))


@login_not_required
@require_safe
def amphis(request: HttpRequest) -> HttpResponse:
    semestre = find_semestre(requete.read_words(request, "semestre"))
    filtre = lus.FiltreAmphis(
        phase=requete.read_words(request, "phase"),
        formation=requete.read_words(request, "formation"),
        # `q` is that of addresses kept since before the field took several values.
        amphi=clean_values(request.GET.getlist("amphi") + request.GET.getlist("q")),
        tri=requete.read_words(request, "tri") or "code",
    )
    maintenant = requete.now()
    contexte: dict[str, object] = {
        "semestre": semestre,
        "version": version_of(semestre),
        "maintenant": maintenant,
        "filtre": filtre,
        "colonnes": requete.columns(request, filtre.tri, COLONNES),
        "sans_filtre": requete.link(request, phase="", formation="", amphi="", q=""),
    }
    if semestre is not None:
        contexte |= {
            "amphis": lus.list_amphis(semestre, filtre, maintenant),
            **_tools(request, semestre, filtre),
        }
    return requete.render_list(request, "public/amphis.html", contexte)


def _tools(request: HttpRequest, semestre: SemestreLu, filtre: lus.FiltreAmphis) -> dict[str, object]:
    courtes = {"amphi": lus.list_groupes(semestre)}
    return recherche.form_of(request, filtre, {"amphi": "Amphithéâtre"}, courtes, ("tri",)) | {
        "phases": lus.phases(),
        "formations": FORMATIONS,
        "semestres": list_semestres(),
    }


@login_not_required
@require_safe
def sessions(request: HttpRequest, pk: int) -> HttpResponse:
    amphi, droit = open_amphi(request, pk)
    contexte: dict[str, object] = {
        "amphi": amphi,
        "sessions": lus.list_sessions(pk),
        "mon_rang": appel.rang_of(droit.place),
        "lien_appel": f"/amphis/{pk}/liste-appel/",
        "maintenant": requete.now(),
    }
    return render(request, "public/sessions.html", contexte)


def open_amphi(request: HttpRequest, pk: int) -> tuple[lus.AmphiLu, Acces]:
    """An amphi not validated exists for the ARS only."""
    row, amphi = lus.get_row(pk), lus.find_amphi(pk, requete.now())
    if row is None or amphi is None:
        raise Http404
    droit = acces(visiteur_of(request.user), row)
    if amphi.etat == "brouillon" and droit.audience is not Audience.REGIE:
        raise Http404
    return amphi, droit
