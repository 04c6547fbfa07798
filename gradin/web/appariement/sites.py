"""A responsable de terrain ranks his candidates: signed in, or by a signed link without any account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from gradin.domain.appariement.classement import GESTES, POSES
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.appariement.liens import note_use, open_lien
from gradin.operations.appariement.refus import AppariementRefuse
from gradin.operations.appariement.reponses import set_rangs
from gradin.queries.appariement.candidat import find_piece
from gradin.queries.appariement.recus import list_recus_site
from gradin.queries.appariement.site import (
    Classement,
    SiteClassant,
    find_site,
    list_left_out,
    list_taken,
    read_classement,
    read_site,
)
from gradin.queries.appariement.tours import current_tour, list_tours
from gradin.web.appariement.acces import instant, own_site, serve_pdf
from gradin.web.liens import is_secret, keep_secret, must_change, opened_by
from gradin.web.public.requete import FRAGMENT

GET_POST = ["GET", "HEAD", "POST"]
NUMEROS = "numeros"


@require_http_methods(GET_POST)
def site(request: HttpRequest, pk: int) -> HttpResponse:
    return _conduct(request, own_site(request, pk), "/appariement/pieces/{}/")


@login_not_required
@require_http_methods(GET_POST)
def lien(request: HttpRequest, jeton: str) -> HttpResponse:
    """The same page; an expired or revoked link says whom to ask."""
    pk = opened_by(request, jeton, open_lien, maintenant_ms())
    row = find_site(pk) if pk is not None else None
    if row is None:
        return render(request, "appariement/lien_ferme.html", {"garde": not is_secret(jeton)}, status=410)
    if must_change(request, jeton):
        return keep_secret(request, jeton, row.pk)
    by_writer(note_use)(row.pk, maintenant_ms())
    return _conduct(request, read_site(row), f"/appariement/lien/{jeton}/pieces/{{}}/")


@login_not_required
@require_safe
def piece_du_lien(request: HttpRequest, jeton: str, pk: int) -> HttpResponse:
    """A file of a candidate whom this site may rank."""
    site_pk, piece = opened_by(request, jeton, open_lien, maintenant_ms()), find_piece(pk)
    row = find_site(site_pk) if site_pk is not None else None
    if row is None or piece is None:
        raise Http404
    un = piece.candidature
    if (un.campagne_id, un.des_id) != (row.campagne_id, row.des_id):
        raise Http404
    return serve_pdf(piece.nom, bytes(piece.contenu))


def _conduct(request: HttpRequest, un: SiteClassant, adresse_piece: str) -> HttpResponse:
    maintenant = instant()
    tour = current_tour(list_tours(un.campagne, maintenant))
    classement = read_classement(un.pk, tour.pk, maintenant) if tour else None
    dit = ""
    if request.method == "POST" and classement is not None:
        try:
            dit = _rank(request, un, classement)
            classement = read_classement(un.pk, classement.tour.pk, maintenant)
        except AppariementRefuse as refus:
            dit = refus.message
        if not request.headers.get(FRAGMENT):
            messages.info(request, dit)
            return redirect(f"{request.path}#candidat-{_target(request)}")
    contexte = {
        "site": un,
        "tour": tour,
        "classement": classement,
        "dit": dit,
        "ecarts": list_left_out(un.pk, maintenant),
        "pris": list_taken(un.pk, maintenant),
        "recus": list_recus_site(un.pk, maintenant),
        "pieces": {
            piece.pk: adresse_piece.format(piece.pk)
            for candidat in (classement.candidats if classement else ())
            for piece in candidat.pieces
        },
    }
    gabarit = "appariement/_classement.html" if request.headers.get(FRAGMENT) else "appariement/site.html"
    return render(request, gabarit, contexte)


def _rank(request: HttpRequest, un: SiteClassant, classement: Classement) -> str:
    """One gesture on one candidate, or all the numbers of the form. What changed is written, nothing else."""
    avant = {c.pk: c.rang for c in classement.candidats if c.rang is not None}
    geste = request.POST.get("geste", "").partition(":")[0]
    cible, repere = _target(request), _number(request.POST.get("repere", ""))
    siens = {c.pk for c in classement.candidats}
    if geste == NUMEROS:
        apres = _read_numbers(request, classement)
    elif geste in GESTES and cible in siens:
        apres = GESTES[geste](avant, cible)
    elif geste in POSES and {cible, repere} <= siens:
        apres = POSES[geste](avant, cible, repere)
    else:
        raise AppariementRefuse("La liste a changé. Rechargez la page.")
    voulus = {c.pk: apres.get(c.pk) for c in classement.candidats if apres.get(c.pk) != avant.get(c.pk)}
    by_writer(set_rangs)(classement.tour.pk, un.pk, voulus, maintenant_ms())
    return _say(classement, cible, apres)


def _read_numbers(request: HttpRequest, classement: Classement) -> dict[int, int]:
    lus: dict[int, int] = {}
    for candidat in classement.candidats:
        texte = request.POST.get(f"rang-{candidat.pk}", "").strip()
        if not texte:
            continue
        if not (texte.isascii() and texte.isdigit() and len(texte) < 6):
            raise AppariementRefuse(
                f"{candidat.nom}\u00a0: «\u00a0{texte[:20]}\u00a0» n’est pas un rang. "
                "Écrivez un nombre, 0 pour refuser."
            )
        lus[candidat.pk] = int(texte)
    return lus


def _say(classement: Classement, cible: int, apres: dict[int, int]) -> str:
    nom = next((c.nom for c in classement.candidats if c.pk == cible), "")
    if not nom:
        return "Classement enregistré."
    rang = apres.get(cible)
    if rang is None:
        return f"{nom}\u00a0: pas encore classé."
    return (
        f"{nom}\u00a0: refusé. «\u00a0Ne plus refuser\u00a0» le reprend, jusqu’à la clôture."
        if rang == 0
        else f"{nom}\u00a0: rang {rang}."
    )


def _target(request: HttpRequest) -> int:
    return _number(request.POST.get("geste", "").partition(":")[2])


def _number(texte: str) -> int:
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 19 else 0
