"""« Signaler une erreur dans mon rang », and the UFR that is asked once: from the home page to the ARS."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from gradin.live.ecriture import by_writer
from gradin.operations.comptes.corrections import ask_correction
from gradin.operations.comptes.profil import set_ufr
from gradin.operations.comptes.refus import CompteRefuse
from gradin.queries.corrections import own_corrections
from gradin.queries.public.mon_amphi import MonAmphi, my_amphis
from gradin.queries.public.semestres import find_semestre
from gradin.web.compte.profil import contact_of, now, own_profil


@require_http_methods(["GET", "HEAD", "POST"])
def signaler(request: HttpRequest) -> HttpResponse:
    """A request of correction that says by itself which list and which rank it is about."""
    visiteur, lu = own_profil(request)
    semestre = find_semestre()
    miens = my_amphis(lu.interne, semestre, now()) if semestre else []
    mien = _asked(request, miens)
    refus = ""
    texte = request.POST.get("texte", "").strip()
    if request.method == "POST":
        try:
            by_writer(ask_correction)(lu.interne, texte=_letter(mien, texte), maintenant=now())
        except CompteRefuse as refuse:
            refus = refuse.message
        else:
            messages.success(request, "Votre signalement est dans la file de l’ARS. Sa réponse paraîtra ici.")
            return redirect("classement-signaler")
    contexte = {
        "mien": mien,
        "refus": refus,
        "texte": texte,
        "corrections": own_corrections(lu.interne),
        "assistance": contact_of(lu),
        "visiteur": visiteur,
    }
    return render(request, "compte/signaler.html", contexte)


@require_POST
def ufr(request: HttpRequest) -> HttpResponse:
    visiteur, lu = own_profil(request)
    voulue = request.POST.get("ufr", "")
    try:
        by_writer(set_ufr)(
            lu.interne,
            int(voulue) if voulue.isascii() and voulue.isdigit() and len(voulue) < 9 else None,
            auteur=visiteur.courriel,
            maintenant=now(),
        )
    except CompteRefuse as refus:
        messages.error(request, refus.message)
    else:
        messages.success(request, "Votre UFR est enregistrée. Vous la changez dans votre profil.")
    return redirect("accueil")


def _asked(request: HttpRequest, miens: list[MonAmphi]) -> MonAmphi | None:
    """The one that the address names, else the first to come."""
    voulu = request.GET.get("amphi", "")
    return next((mien for mien in miens if str(mien.amphi.pk) == voulu), miens[0] if miens else None)


def _letter(mien: MonAmphi | None, texte: str) -> str:
    """Empty stays empty: the rank alone asks nothing."""
    if not texte or mien is None:
        return texte
    rang = f"rang {mien.rang} sur {mien.amphi.internes}" if mien.rang else "sans rang"
    return f"Erreur dans mon rang ({mien.amphi.intitule}, {rang})\u00a0: {texte}"
