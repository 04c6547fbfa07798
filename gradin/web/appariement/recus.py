"""What proves a round: the public list of salted hashes, and each person's own receipt that opens one."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gradin.live.temps import maintenant_ms
from gradin.operations.appariement.liens import open_lien
from gradin.queries.appariement.campagnes import find_tour_row
from gradin.queries.appariement.recus import RecuLu, read_liste, read_recu_candidat, read_recu_site
from gradin.web.appariement.acces import instant, own_candidature, own_site
from gradin.web.liens import opened_by

JSON = "application/json; charset=utf-8"


@login_not_required
@require_safe
def liste(request: HttpRequest, pk: int, numero: int, code_des: str) -> HttpResponse:
    # PostgreSQL refuses a NUL in a parameter.
    row, code = find_tour_row(pk, numero), code_des.replace("\x00", "")
    texte = read_liste(row.pk, code, instant()) if row else None
    if texte is None:
        raise Http404
    return _download(f"engagements-{pk}-{numero}-{code}.json", texte)


@require_safe
def candidat(request: HttpRequest, pk: int, numero: int) -> HttpResponse:
    un = own_candidature(request, pk)
    return _serve(read_recu_candidat(un.pk, numero, instant()))


@require_safe
def site(request: HttpRequest, pk: int, numero: int) -> HttpResponse:
    return _serve(read_recu_site(own_site(request, pk).pk, numero, instant()))


@login_not_required
@require_safe
def site_du_lien(request: HttpRequest, jeton: str, numero: int) -> HttpResponse:
    pk = opened_by(request, jeton, open_lien, maintenant_ms())
    return _serve(None if pk is None else read_recu_site(pk, numero, instant()))


def _serve(recu: RecuLu | None) -> HttpResponse:
    if recu is None:
        raise Http404
    return _download(recu.nom, recu.texte)


def _download(nom: str, texte: str) -> HttpResponse:
    reponse = HttpResponse(texte, content_type=JSON)
    reponse["Content-Disposition"] = f'attachment; filename="{nom}"'
    return reponse
