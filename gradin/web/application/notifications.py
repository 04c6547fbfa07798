"""« Notifications »: one agrees on each device, sees them all, and takes it back."""

import json
import secrets

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.notifications import (
    AbonnementRefuse,
    Annonce,
    announce,
    forget,
    subscribe,
    unsubscribe,
)
from gradin.queries.notifications import list_appareils, public_key
from gradin.web.public.requete import now

ESSAI_MS = 300_000
NAVIGATEURS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
SYSTEMES = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@require_safe
def notifications(request: HttpRequest) -> HttpResponse:
    assert request.user.pk is not None
    contexte = {"cle": public_key(), "appareils": list_appareils(request.user.pk)}
    return render(request, "application/notifications.html", contexte)


@require_POST
def abonner(request: HttpRequest) -> HttpResponse:
    """What the browser's own `PushSubscription` says, as JSON."""
    assert request.user.pk is not None
    try:
        corps = json.loads(request.body)
        adresse, cles = corps["endpoint"], corps["keys"]
        p256dh, auth = cles["p256dh"], cles["auth"]
        if not all(isinstance(mot, str) for mot in (adresse, p256dh, auth)):
            raise TypeError
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"message": "Ce navigateur n’a rien donné de lisible. Réessayez."}, status=400)
    try:
        by_writer(subscribe)(
            request.user.pk,
            adresse=adresse,
            p256dh=p256dh,
            auth=auth,
            appareil=device_of(request.headers.get("User-Agent", "")),
            maintenant=now(),
        )
    except AbonnementRefuse as refus:
        return JsonResponse({"message": str(refus)}, status=409)
    return JsonResponse({}, status=201)


@require_POST
def oublier(request: HttpRequest) -> HttpResponse:
    """« Ne plus me prévenir ici »: by the address that the browser itself has."""
    assert request.user.pk is not None
    by_writer(forget)(request.user.pk, request.POST.get("adresse", ""))
    messages.info(request, "Cet appareil ne recevra plus de notifications.")
    return HttpResponse(status=204)


@require_POST
def retirer(request: HttpRequest, pk: int) -> HttpResponse:
    assert request.user.pk is not None
    if not by_writer(unsubscribe)(request.user.pk, pk):
        raise Http404
    messages.info(request, "Cet appareil ne recevra plus de notifications.")
    return redirect("notifications")


@require_POST
def essayer(request: HttpRequest) -> HttpResponse:
    """One to oneself, to see it come."""
    assert request.user.pk is not None
    maintenant = maintenant_ms()
    essai = Annonce(
        cle=f"essai-{secrets.token_hex(8)}",
        titre="Gradin vous préviendra ici",
        texte="Quatre internes avant votre tour, à votre tour, et quand l’ARS écrit à tous.",
        lien="/mon-profil/notifications/",
        jusque=maintenant + ESSAI_MS,
    )
    by_writer(announce)([(essai, (request.user.pk,))], maintenant)
    messages.info(
        request, "Une notification d’essai part vers vos appareils. Elle arrive en quelques secondes."
    )
    return redirect("notifications")


def device_of(agent: str) -> str:
    """« Chrome sur Android »: enough to know one's own in a list."""
    navigateur = next((nom for signe, nom in NAVIGATEURS if signe in agent), "Navigateur")
    systeme = next((nom for signe, nom in SYSTEMES if signe in agent), "")
    return f"{navigateur} sur {systeme}" if systeme else navigateur
