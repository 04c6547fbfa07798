"""The mandataire: his invitation, his mandants, the role he takes in one click."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.demandes.acceptation import (
    NouveauCompte,
    accept_procuration,
    decline_invitation,
    renounce,
)
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.operations.demandes.secret import procuration_of
from gradin.queries.procurations import InvitationLue, find_invitation, list_mandats
from gradin.web.compte.champs import MotDePasse, Saisie, Texte, check_mot_de_passe
from gradin.web.compte.force import AIDE
from gradin.web.compte.moi import own_pk
from gradin.web.salle.role import enter_role


class Code(Saisie):
    """What only the mandant could have told him."""

    code = Texte(
        longueur=9,
        label="Code à six chiffres",
        help_text="La personne qui vous donne procuration le lit dans son profil et vous le donne elle-même.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class NouveauMandataire(Code):
    """Who has no account yet."""

    nom = Texte(longueur=160, label="Vos prénom et nom", autocomplete="name")
    mot_de_passe = MotDePasse(
        nouveau=True,
        label="Mot de passe",
        help_text=AIDE,
    )
    confirmation = MotDePasse(nouveau=True, label="Le même, une seconde fois")

    def clean(self) -> dict[str, Any]:
        lues = super().clean() or {}
        mot_de_passe, confirmation = lues.get("mot_de_passe"), lues.get("confirmation")
        if mot_de_passe and confirmation and mot_de_passe != confirmation:
            self.add_error("confirmation", "Les deux mots de passe diffèrent.")
        elif mot_de_passe:
            check_mot_de_passe(self, "mot_de_passe")
        return lues


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def accepter(request: HttpRequest, jeton: str) -> HttpResponse:
    """Opening the link changes nothing: mail scanners open links too."""
    lu = procuration_of(jeton)
    invitation = find_invitation(*lu, maintenant_ms()) if lu else None
    if invitation is None:
        return render(request, "compte/procuration_finie.html", status=410)
    if request.POST.get("acte") == "refuser":
        return _decline(request, jeton)
    nouveau = not request.user.is_authenticated
    if nouveau and invitation.compte_existe:
        return render(request, "compte/procuration_connexion.html", {"invitation": invitation})
    formulaire = (NouveauMandataire if nouveau else Code)(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        try:
            return _accept(request, jeton, invitation, formulaire.cleaned_data)
        except DemandeRefusee as refus:
            formulaire.add_error(refus.champ or None, refus.message)
    return render(
        request,
        "compte/procuration_accepter.html",
        {"form": formulaire, "invitation": invitation, "nouveau": nouveau},
    )


def _accept(
    request: HttpRequest, jeton: str, invitation: InvitationLue, lues: dict[str, Any]
) -> HttpResponse:
    connecte = request.user.is_authenticated
    nouveau = None if connecte else NouveauCompte(nom=lues["nom"], mot_de_passe=lues["mot_de_passe"])
    by_writer(accept_procuration)(
        jeton,
        lues["code"],
        compte=own_pk(request) if connecte else None,
        nouveau=nouveau,
        maintenant=maintenant_ms(),
    )
    if not connecte:
        return render(request, "compte/procuration_activee.html", {"invitation": invitation})
    enter_role(request, invitation.cle)
    messages.success(request, f"La procuration de {invitation.mandant} est acceptée.")
    return redirect("salle")


def _decline(request: HttpRequest, jeton: str) -> HttpResponse:
    try:
        by_writer(decline_invitation)(jeton, maintenant=maintenant_ms())
    except DemandeRefusee:
        return render(request, "compte/procuration_finie.html", status=410)
    return render(request, "compte/procuration_finie.html", {"declinee": True})


@require_safe
def mandats(request: HttpRequest) -> HttpResponse:
    """Whom one chooses for, each in turn; the sign-in of « Procuration » enters the only one at once."""
    lus = list_mandats(own_pk(request))
    cles = {mandat.cle for mandat in lus}
    if request.GET.get("entrer") and len(cles) == 1:
        enter_role(request, cles.pop())
        return redirect("salle")
    return render(request, "compte/mandats.html", {"mandats": lus})


@require_POST
def role(request: HttpRequest) -> HttpResponse:
    """One click, either way."""
    cle = request.POST.get("mandat", "")
    places = [mandat for mandat in list_mandats(own_pk(request)) if mandat.cle == cle]
    if cle and not places:
        raise Http404
    enter_role(request, cle)
    amphi = request.POST.get("amphi", "")
    choisi = next((str(place.amphi) for place in places if str(place.amphi) == amphi), "")
    return redirect(f"/mon-amphi/?amphi={choisi}" if choisi else "/mon-amphi/")


@require_POST
def rendre(request: HttpRequest) -> HttpResponse:
    """The mandataire gives the choice back."""
    try:
        by_writer(renounce)(
            request.POST.get("mandat", ""), compte=own_pk(request), maintenant=maintenant_ms()
        )
    except DemandeRefusee as refus:
        messages.error(request, refus.message)
    else:
        enter_role(request, "")
        messages.success(
            request, "C’est fait\u00a0: la personne choisit de nouveau elle-même, et elle le sait."
        )
    return redirect("mandats")
