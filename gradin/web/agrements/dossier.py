"""The file of a service, opened by a signed link without any account: check it, ask, correct, withdraw."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.agrements.demandes import (
    PHASES,
    DemandeSaisie,
    check_dossier,
    file_demande,
    withdraw_demande,
)
from gradin.operations.agrements.liens import note_use, open_lien
from gradin.operations.agrements.refus import AgrementRefuse
from gradin.queries.agrements.campagnes import list_des, open_dossier
from gradin.web.agrements.liste import today
from gradin.web.liens import is_secret, keep_secret, must_change, opened_by
from gradin.web.public.requete import read_typed

FAITS = {
    "verifier": "Votre dossier est vérifié.",
    "demander": "Votre demande est enregistrée. Vous pouvez la corriger jusqu’au dernier jour.",
    "retirer": "Votre demande est retirée.",
}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def dossier(request: HttpRequest, jeton: str) -> HttpResponse:
    """An expired or revoked link says whom to ask."""
    maintenant = maintenant_ms()
    pk = opened_by(request, jeton, open_lien, maintenant)
    ouvert = open_dossier(pk, today()) if pk is not None else None
    if pk is None or ouvert is None:
        return render(request, "agrements/lien_ferme.html", {"garde": not is_secret(jeton)}, status=410)
    if must_change(request, jeton):
        return keep_secret(request, jeton, pk)
    by_writer(note_use)(pk, maintenant)
    refus = ""
    if request.method == "POST":
        try:
            messages.success(request, _act(request, pk, maintenant))
            return redirect(request.path)
        except AgrementRefuse as erreur:
            refus = erreur.message
    contexte = {
        "ouvert": ouvert,
        "dossier": ouvert.dossier,
        "phases": PHASES,
        "des": list_des(),
        "refus": refus,
        "saisi": request.POST,
    }
    return render(request, "agrements/dossier.html", contexte, status=409 if refus else 200)


def _act(request: HttpRequest, pk: int, maintenant: int) -> str:
    geste = request.POST.get("geste", "")
    if geste == "verifier":
        by_writer(check_dossier)(pk, read_typed(request, "chef"), read_typed(request, "site"), maintenant)
    elif geste == "demander":
        by_writer(file_demande)(pk, _read(request), maintenant)
    elif geste == "retirer":
        by_writer(withdraw_demande)(pk, _number(request, "demande") or 0, maintenant)
    else:
        raise AgrementRefuse("Choisissez ce que vous voulez faire.")
    return FAITS[geste]


def _read(request: HttpRequest) -> DemandeSaisie:
    return DemandeSaisie(
        nature=read_typed(request, "nature"),
        agrement=_number(request, "agrement"),
        des=_number(request, "des"),
        phases=[une.replace("\x00", "") for une in request.POST.getlist("phases")],
        capacite=_number(request, "capacite") or 0,
        chef=read_typed(request, "chef"),
        texte=read_typed(request, "texte"),
    )


def _number(request: HttpRequest, nom: str) -> int | None:
    texte = request.POST.get(nom, "").strip()
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 10 else None
