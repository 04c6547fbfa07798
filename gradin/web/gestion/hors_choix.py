"""« Hors choix »: give postes before the amphi, one or many at once, and take one back."""

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.demandes.hors_choix import Attribution, give_postes, undo_poste
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.operations.permissions_demandes import can_give_poste
from gradin.queries.hors_choix import NATURES, Apercu, find_hors_choix, find_ligne, list_hors_choix
from gradin.queries.public.semestres import SemestreLu, find_semestre, list_semestres
from gradin.queries.visiteurs import Visiteur
from gradin.web.compte.moi import own_pk
from gradin.web.gestion.acces import enter_gestion
from gradin.web.public.requete import read_typed, read_words

MAXIMUM = 200


@require_http_methods(["GET", "HEAD", "POST"])
def hors_choix(request: HttpRequest) -> HttpResponse:
    """First the lines, read and named; then, once confirmed, all of them or none."""
    agent = enter_gestion(request)
    semestre = find_semestre(read_words(request, "semestre"))
    contexte: dict[str, object] = {"saisie": request.POST}
    if request.method == "POST" and semestre is not None:
        try:
            lus = _read(request, agent, semestre)
            if "confirme" in request.POST:
                _give(request, lus)
                return redirect(f"{request.path}?semestre={semestre.code}")
            contexte["apercus"] = lus
        except DemandeRefusee as refus:
            contexte["erreur"] = refus.message
    contexte |= {
        "semestre": semestre,
        "semestres": list_semestres(),
        "donnes": list_hors_choix(agent, semestre),
        "natures": NATURES,
        "ici": "hors-choix",
    }
    return render(request, "gestion/hors_choix.html", contexte)


@require_POST
def annuler(request: HttpRequest, pk: int) -> HttpResponse:
    agent = enter_gestion(request)
    donne = find_hors_choix(agent, pk)
    if donne is None:
        raise Http404
    try:
        by_writer(undo_poste)(
            pk, read_typed(request, "motif"), agent=own_pk(request), maintenant=maintenant_ms()
        )
        messages.success(request, "L’attribution est annulée\u00a0: l’interne choisira à son tour.")
    except DemandeRefusee as refus:
        messages.error(request, refus.message)
    return redirect("gestion-hors-choix")


def _read(request: HttpRequest, agent: Visiteur, semestre: SemestreLu) -> list[Apercu]:
    """`INE ; numéro`, one line each. Raises DemandeRefusee at the first that is wrong."""
    lignes = [ligne for ligne in read_typed(request, "lignes").splitlines() if ligne.strip()]
    if not lignes:
        raise DemandeRefusee("Écrivez au moins une ligne\u00a0: l’INE, puis le numéro du poste.")
    if len(lignes) > MAXIMUM:
        raise DemandeRefusee(f"{MAXIMUM} lignes au plus à la fois. Envoyez-les en plusieurs fois.")
    return [_line(agent, semestre, rang, ligne) for rang, ligne in enumerate(lignes, start=1)]


def _line(agent: Visiteur, semestre: SemestreLu, rang: int, ligne: str) -> Apercu:
    morceaux = [un for un in re.split(r"[;,\t ]+", ligne.strip()) if un]
    if len(morceaux) != 2:
        raise DemandeRefusee(f"Ligne {rang}\u00a0: écrivez l’INE, un point-virgule, le numéro du poste.")
    lu = find_ligne(semestre, morceaux[0][:20], morceaux[1][:20])
    if isinstance(lu, str):
        raise DemandeRefusee(f"Ligne {rang}\u00a0: {lu}")
    if not can_give_poste(agent, lu.inscription, lu.poste):
        raise DemandeRefusee(f"Ligne {rang}\u00a0: cet interne ou ce poste n’est pas de votre périmètre.")
    return lu


def _give(request: HttpRequest, lus: list[Apercu]) -> None:
    attributions = [Attribution(inscription=lu.inscription.pk, poste=lu.poste.pk) for lu in lus]
    nature = read_typed(request, "nature")
    donnes = by_writer(give_postes)(
        attributions,
        nature if nature in dict(NATURES) else "",
        read_typed(request, "motif"),
        agent=own_pk(request),
        maintenant=maintenant_ms(),
    )
    s = "s" if len(donnes) > 1 else ""
    messages.success(
        request,
        f"{len(donnes)} poste{s} attribué{s}\u00a0: chaque interne est averti et n’aura pas de tour.",
    )
