"""What a browser asks to install the site: manifest, service worker, the page without network."""

import json
from functools import cache, lru_cache

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from gradin.live.temps import maintenant_ms

# The last copy of these, and of nothing else, may be read without network.
GARDEES = ("/mon-amphi/favoris/", "/postes/", "/calendrier/")
FUSEAU = "Europe/Paris"
RELU = "no-cache"
RELUE_MS = 600_000
SCENE = "#1e1329"
FOND = "#f5f4f7"


@login_not_required
@require_safe
def service(request: HttpRequest) -> HttpResponse:
    """Two lines over the hashed files, so that a new version of these is a new service worker."""
    response = HttpResponse(_service(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = RELU
    return response


@cache
def _service() -> str:
    reglages = {
        "version": getattr(staticfiles_storage, "manifest_hash", "") or "sans-empreinte",
        "gardees": GARDEES,
        "horsLigne": reverse("hors-ligne"),
        "sortie": reverse("account_logout"),
        "module": static("gradin/js/hors-ligne.js"),
        "style": static("gradin/css/hors-ligne.css"),
        "fuseau": FUSEAU,
        "icone": static("gradin/icones/icone-192.png"),
        "pastille": static("gradin/icones/pastille-96.png"),
    }
    modules = [static(f"gradin/js/{nom}.js") for nom in ("service", "service-notifications")]
    return f"self.GRADIN = {json.dumps(reglages)};\nimportScripts(...{json.dumps(modules)});\n"


@login_not_required
@require_safe
def manifeste(request: HttpRequest) -> HttpResponse:
    response = JsonResponse(_manifeste(), content_type="application/manifest+json")
    response["Cache-Control"] = RELU
    return response


def _manifeste() -> dict[str, object]:
    raccourcis = (
        ("Mon amphi", "/mon-amphi/"),
        ("Mes favoris", "/mon-amphi/favoris/"),
        ("Postes", "/postes/"),
    )
    return {
        "id": "/",
        "name": "Gradin, le choix des internes",
        "short_name": "Gradin",
        "description": "Préparer son choix de poste, le faire à son tour, suivre l’amphithéâtre en direct.",
        "lang": "fr",
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": FOND,
        "theme_color": SCENE,
        "icons": [
            _icone("icone-192.png", 192, "any"),
            _icone("icone-512.png", 512, "any"),
            _icone("masque-512.png", 512, "maskable"),
        ],
        "shortcuts": [{"name": nom, "url": url} for nom, url in raccourcis],
    }


def _icone(nom: str, taille: int, usage: str) -> dict[str, str]:
    return {
        "src": static(f"gradin/icones/{nom}"),
        "sizes": f"{taille}x{taille}",
        "type": "image/png",
        "purpose": usage,
    }


@login_not_required
@require_safe
def hors_ligne(request: HttpRequest) -> HttpResponse:
    """Asked once by each new device, all on the same morning: rendered once for them all, as nobody."""
    return HttpResponse(_hors_ligne(maintenant_ms() // RELUE_MS))


@lru_cache(maxsize=1)
def _hors_ligne(tranche: int) -> str:
    personne = HttpRequest()
    personne.path = reverse("hors-ligne")
    personne.user = AnonymousUser()
    return render_to_string("application/hors_ligne.html", request=personne)
