"""« Aide »: the summary with its search, and each page of the manual."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gradin.queries.publications import read_directory
from gradin.web.aide.manuel import find_page, read_manuel
from gradin.web.aide.recherche import search
from gradin.web.public import requete


@login_not_required
@require_safe
def aide(request: HttpRequest) -> HttpResponse:
    q = requete.read_words(request)
    pages = read_manuel()
    contexte = {
        "q": q,
        "trouvees": search(q) if q else (),
        "roles": pages[:-1],
        "questions": pages[-1],
        "annuaires": read_directory(),
    }
    return render(request, "aide/sommaire.html", contexte)


@login_not_required
@require_safe
def page(request: HttpRequest, nom: str) -> HttpResponse:
    lue = find_page(nom)
    if lue is None:
        raise Http404
    autres = [une for une in read_manuel() if une.nom != nom]
    contexte = {"lue": lue, "autres": autres, "annuaires": read_directory()}
    return render(request, "aide/page.html", contexte)
