"""« Informations utiles »: documents, announcements, links, directory; files only ever as attachments."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gradin.queries import publications as lues
from gradin.queries.visiteurs import visiteur_of
from gradin.web.public import requete

# A file opened by mistake as a page could do nothing.
BOITE = "default-src 'none'; sandbox"


@login_not_required
@require_safe
def informations(request: HttpRequest) -> HttpResponse:
    maintenant = requete.now()
    documents = lues.list_published("document", maintenant)
    contexte = {
        "documents": documents,
        "plusieurs": len({d.subdivision for d in documents}) > 1,
        "annuaires": lues.read_directory(),
        **published(maintenant),
    }
    return render(request, "public/informations.html", contexte)


@login_not_required
@require_safe
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "public/publication.html", {"publication": _find(request, pk)})


@login_not_required
@require_safe
def fichier(request: HttpRequest, pk: int) -> HttpResponse:
    lu = _find(request, pk).fichier
    if lu is None:
        raise Http404
    disposition = content_disposition_header(True, lu.nom) or "attachment"
    return HttpResponse(
        lues.read_contents(pk),
        content_type=lu.nature,
        headers={
            "Content-Disposition": disposition,
            "Content-Security-Policy": BOITE,
            "X-Content-Type-Options": "nosniff",
        },
    )


def published(maintenant: datetime) -> dict[str, object]:
    """What the home page shows too."""
    return {
        "annonces": lues.list_published("annonce", maintenant),
        "tuiles": lues.list_published("lien", maintenant),
    }


def _find(request: HttpRequest, pk: int) -> lues.PublicationLue:
    """Out of its dates it is read by the agents of its subdivision only."""
    maintenant = requete.now()
    lue = lues.find_published(pk, maintenant) or next(
        (lue for lue in lues.list_managed(visiteur_of(request.user), maintenant) if lue.pk == pk), None
    )
    if lue is None:
        raise Http404
    return lue
