"""« Ma procuration »: give it, give the code, send again, change it, take it back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.demandes.procuration import (
    Contact,
    cancel_procuration,
    read_code,
    resend_procuration,
    send_procuration,
)
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.queries.procurations import DossierProcuration, read_dossier_procuration
from gradin.queries.visiteurs import visiteur_of
from gradin.web.compte.champs import Courriel, Saisie, Telephone, check_same_courriel
from gradin.web.compte.moi import own_pk


class Invitation(Saisie):
    """The manual's two fields; the address twice, because the choice goes to whoever holds it."""

    courriel = Courriel(label="Courriel du contact")
    confirmation = Courriel(label="Confirmation de ce courriel")
    telephone = Telephone(label="N° de téléphone du contact")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for champ in self.fields.values():
            champ.widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        lues = super().clean() or {}
        check_same_courriel(self)
        return lues

    @property
    def contact(self) -> Contact:
        lues = self.cleaned_data
        return Contact(courriel=lues["courriel"], telephone=lues["telephone"])


@require_http_methods(["GET", "HEAD", "POST"])
def procuration(request: HttpRequest) -> HttpResponse:
    dossier = own_dossier(request)
    acte = request.POST.get("acte", "")
    formulaire = Invitation(request.POST if acte == "envoyer" else None)
    if request.method == "POST" and (acte != "envoyer" or formulaire.is_valid()):
        try:
            messages.success(request, ACTES[acte](request, dossier, formulaire))
        except KeyError:
            raise PermissionDenied("Cet acte n’existe pas.") from None
        except DemandeRefusee as refus:
            if acte == "envoyer":
                formulaire.add_error(refus.champ or None, refus.message)
                return _show(request, dossier, formulaire)
            messages.error(request, refus.message)
        return redirect("salle" if request.POST.get("suite") == "salle" else "procuration")
    if request.GET.get("annuler") and dossier.courante is not None and not dossier.poste:
        suite = "salle" if request.GET.get("suite") == "salle" else ""
        return render(request, "compte/procuration_annuler.html", {"dossier": dossier, "suite": suite})
    return _show(request, dossier, formulaire)


def own_dossier(request: HttpRequest) -> DossierProcuration:
    visiteur = visiteur_of(request.user)
    dossier = read_dossier_procuration(visiteur.interne, maintenant_ms()) if visiteur.interne else None
    if dossier is None:
        raise PermissionDenied("Cette page est celle d’un interne inscrit pour un semestre.")
    return dossier


def _show(request: HttpRequest, dossier: DossierProcuration, formulaire: Invitation) -> HttpResponse:
    attend = dossier.courante is not None and not dossier.courante.acceptee
    contexte = {
        "dossier": dossier,
        "form": formulaire,
        "code": read_code(dossier.pk) if attend and dossier.pk else "",
        "ouvert": formulaire.is_bound,
    }
    return render(request, "compte/procuration.html", contexte)


def _send(request: HttpRequest, dossier: DossierProcuration, formulaire: Invitation) -> str:
    by_writer(send_procuration)(
        dossier.inscription,
        formulaire.contact,
        auteur=own_pk(request),
        maintenant=maintenant_ms(),
    )
    return "Votre demande de procuration est envoyée. Donnez maintenant le code à cette personne."


def _resend(request: HttpRequest, dossier: DossierProcuration, formulaire: Invitation) -> str:
    by_writer(resend_procuration)(dossier.inscription, auteur=own_pk(request), maintenant=maintenant_ms())
    return "Le courriel vient de repartir. Le code a changé\u00a0: donnez le nouveau."


def _cancel(request: HttpRequest, dossier: DossierProcuration, formulaire: Invitation) -> str:
    by_writer(cancel_procuration)(dossier.inscription, auteur=own_pk(request), maintenant=maintenant_ms())
    return "La procuration est annulée. Vous choisissez de nouveau vous-même, dès maintenant."


ACTES = {"envoyer": _send, "renvoyer": _resend, "annuler": _cancel}
