"""« Informations » of the ARS: documents, announcements, links, with a preview before they appear."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gradin.documents.markdown import render_markdown
from gradin.live.ecriture import by_writer
from gradin.operations import publications as operations
from gradin.operations.permissions import Interdit, can_publish, check_can_publish
from gradin.queries import publications as lues
from gradin.queries.visiteurs import Visiteur
from gradin.web.gestion.acces import enter_gestion, refuse, sign
from gradin.web.gestion.saisies_publications import FormulairePublication
from gradin.web.public import requete
from gradin.web.templatetags.gradin import localize

GET_POST = ["GET", "HEAD", "POST"]
GENRES = ("document", "annonce", "lien")


@require_safe
def informations(request: HttpRequest) -> HttpResponse:
    agent = enter_gestion(request)
    contexte = {
        "publications": lues.list_managed(agent, requete.now()),
        "ars": lues.list_ars(agent),
        "contacts": lues.list_contacts(agent),
        "entier": bool(lues.whole_subdivisions(agent)),
        "ici": "informations",
    }
    return render(request, "gestion/informations.html", contexte)


@require_http_methods(GET_POST)
def ajouter(request: HttpRequest, genre: str) -> HttpResponse:
    agent = enter_gestion(request)
    if genre not in GENRES or not lues.whole_subdivisions(agent):
        raise Http404
    maintenant = localize(requete.now())
    depart = {"jour": maintenant.date(), "heure": maintenant.time().replace(second=0, microsecond=0)}
    return _edit(request, agent, None, genre, depart)


@require_http_methods(GET_POST)
def changer(request: HttpRequest, pk: int) -> HttpResponse:
    agent = enter_gestion(request)
    row = _own(agent, pk)
    return _edit(request, agent, row, row.genre, _filled(row))


@require_POST
def retirer(request: HttpRequest, pk: int) -> HttpResponse:
    agent = enter_gestion(request)
    _own(agent, pk)
    by_writer(operations.delete_publication)(pk, sign(agent))
    messages.success(request, "Supprimé.")
    return redirect("gestion-informations")


def _edit(request: HttpRequest, agent: Visiteur, row: Any, genre: str, depart: Any) -> HttpResponse:
    """« Aperçu » shows and writes nothing; a refused file leaves everything as it was."""
    formulaire = FormulairePublication(
        request.POST or None,
        request.FILES or None,
        initial=depart,
        genre=genre,
        cadres=lues.list_cadres(agent),
    )
    apercu = None
    if request.method == "POST" and _is_his(formulaire, agent):
        if request.POST.get("geste") == "apercu":
            apercu = render_markdown(formulaire.cleaned_data["texte"])
        elif _save(formulaire, row, agent):
            messages.success(request, "Enregistré.")
            return redirect("gestion-informations")
    contexte = {
        "form": formulaire,
        "apercu": apercu,
        "genre": genre,
        "pk": row.pk if row else None,
        "fichier": getattr(row, "fichier", None) if row else None,
        "ici": "informations",
    }
    return render(request, "gestion/publication.html", contexte)


def _save(formulaire: FormulairePublication, row: Any, agent: Visiteur) -> bool:
    saisies = formulaire.cleaned_data
    recu = saisies.get("fichier")
    try:
        by_writer(operations.save_publication)(
            row.pk if row else None,
            formulaire.saisie(),
            fichier=(recu.name, recu.read(operations.OCTETS + 1)) if recu else None,
            sans_fichier=saisies.get("sans_fichier", False),
            signature=sign(agent),
        )
    except operations.FichierRefuse as refus:
        formulaire.add_error("fichier", str(refus))
        return False
    return True


def _own(agent: Visiteur, pk: int) -> Any:
    row = lues.find_managed(pk)
    if row is None:
        raise Http404
    try:
        check_can_publish(agent, row.subdivision_id)
    except Interdit as interdit:
        raise refuse(interdit) from None
    return row


def _is_his(formulaire: FormulairePublication, agent: Visiteur) -> bool:
    if not formulaire.is_valid():
        return False
    if can_publish(agent, formulaire.cleaned_data["subdivision"]):
        return True
    formulaire.add_error("subdivision", "Choisissez une subdivision de votre périmètre.")
    return False


def _filled(row: Any) -> dict[str, Any]:
    """`expires_at` is the midnight after the last day."""
    fuseau = row.subdivision.fuseau
    parution = localize(row.published_at, fuseau)
    fin = localize(row.expires_at, fuseau) if row.expires_at else None
    return {
        "subdivision": row.subdivision_id,
        "jour": parution.date(),
        "heure": parution.time(),
        "retire_le": (fin - operations.UN_INSTANT).date() if fin else None,
        **{nom: getattr(row, nom) for nom in ("titre", "texte", "lien", "ordre", "nouveau_jusqu_au")},
    }
