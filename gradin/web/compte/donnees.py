"""« Données personnelles »: what is held about me, why, how long, whom to ask; mine to take away."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from gradin.live.ecriture import by_writer
from gradin.operations.comptes.corrections import ask_correction
from gradin.operations.comptes.refus import CompteRefuse
from gradin.operations.conservation import REGLES, days_of
from gradin.queries.corrections import own_corrections
from gradin.queries.donnees import read_donnees
from gradin.queries.historique import own_historique
from gradin.queries.profils import read_profil
from gradin.queries.visiteurs import visiteur_of
from gradin.web.compte.profil import contact_of, now


@require_http_methods(["GET", "HEAD", "POST"])
def donnees(request: HttpRequest) -> HttpResponse:
    visiteur = visiteur_of(request.user)
    refus = ""
    if request.method == "POST":
        if visiteur.interne is None:
            raise PermissionDenied("Cette demande est celle des internes.")
        try:
            by_writer(ask_correction)(visiteur.interne, texte=request.POST.get("texte", ""), maintenant=now())
        except CompteRefuse as refuse:
            refus = refuse.message
        else:
            messages.success(
                request,
                "Votre demande est dans la file de l’ARS. "
                "Vous recevrez un courriel\u202f; sa réponse paraîtra ici.",
            )
            return redirect("donnees")
    reglages = settings.GRADIN_CONSERVATION
    contexte = {
        "sections": read_donnees(visiteur),
        "regles": [(regle, days_of(regle.nom, reglages)) for regle in REGLES],
        "depart_jours": days_of("anciens_internes", reglages),
        "corrections": own_corrections(visiteur.interne) if visiteur.interne else (),
        "historique": own_historique(visiteur.interne, visiteur.compte) if visiteur.interne else (),
        "refus": refus,
        "texte": request.POST.get("texte", ""),
        "visiteur": visiteur,
    }
    if visiteur.interne:
        contexte["assistance"] = contact_of(read_profil(visiteur.interne))
    return render(request, "compte/donnees.html", contexte)


@require_safe
def telecharger(request: HttpRequest) -> HttpResponse:
    """The same, as a file that a program reads."""
    sections = read_donnees(visiteur_of(request.user))
    corps = {
        section.nom: {"titre": section.titre, "lignes": [*map(dict, section.lignes)]} for section in sections
    }
    reponse = JsonResponse(
        corps, encoder=DjangoJSONEncoder, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    reponse["Content-Disposition"] = 'attachment; filename="mes-donnees.json"'
    return reponse
