"""A candidate's pages: his notes, one tap each, his file, his result and its reasons, his refusal."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.appariement import pieces as pieces_operations
from gradin.operations.appariement.refus import AppariementRefuse
from gradin.operations.appariement.reponses import set_note, take_notes_back, write_presentation
from gradin.operations.appariement.resultats import refuse_result
from gradin.operations.permissions_appariement import can_read_piece
from gradin.queries.appariement.candidat import (
    TRIS,
    CandidatureLue,
    Recherche,
    find_piece,
    list_pieces,
    list_results,
    read_voeux,
)
from gradin.queries.appariement.tours import TourLu, current_tour, list_tours
from gradin.queries.visiteurs import visiteur_of
from gradin.web.appariement.acces import instant, own_candidature, serve_pdf
from gradin.web.public import requete

GET_POST = ["GET", "HEAD", "POST"]
VUES = (("", "Tous"), ("avec", "Notés"), ("sans", "À noter"))


@require_safe
def voeux(request: HttpRequest, pk: int) -> HttpResponse:
    """The sites of his DES, searched and sorted, with his notes."""
    un, maintenant = own_candidature(request, pk), instant()
    tours = list_tours(pk, maintenant)
    tour = current_tour(tours)
    recherche = Recherche(
        q=requete.read_words(request),
        departement=requete.read_words(request, "departement"),
        tri=requete.read_words(request, "tri") or "note",
        notes=requete.read_words(request, "notes"),
    )
    contexte = {
        "candidature": un,
        "tours": tours,
        "tour": tour,
        "voeux": read_voeux(un, tour.pk, recherche, maintenant) if tour else None,
        "recherche": recherche,
        "tris": TRIS,
        "vues": requete.segments(request, "notes", VUES),
        "resultats": list_results(un, maintenant),
        "pieces": list_pieces(un.pk),
        "natures": pieces_operations.NATURES,
        "echelle": range(6),
    }
    return render(request, "appariement/voeux.html", contexte)


@require_POST
def noter(request: HttpRequest, pk: int) -> HttpResponse:
    """One note. The page's module asks for JSON; the plain form comes back to the same site."""
    un = own_candidature(request, pk)
    tour, site, note = (_number(request, nom) for nom in ("tour", "site", "note"))
    en_json = "application/json" in request.headers.get("Accept", "")
    try:
        if tour is None or site is None:
            raise AppariementRefuse("Rechargez la page, puis notez de nouveau.")
        _check_tour(un, tour)
        donnes = by_writer(set_note)(tour, un.pk, site, note, maintenant_ms())
    except AppariementRefuse as refus:
        if en_json:
            return JsonResponse({"motif": "refuse", "message": refus.message}, status=409)
        messages.error(request, refus.message)
        return redirect("appariement-voeux", pk)
    if en_json:
        return JsonResponse({"site": site, "note": note, "donnes": donnes})
    return redirect(f"{_back(request, pk)}#site-{site}")


@require_POST
def reprendre(request: HttpRequest, pk: int) -> HttpResponse:
    un, tour = own_candidature(request, pk), _number(request, "tour")
    try:
        _check_tour(un, tour)
        nombre = by_writer(take_notes_back)(tour or 0, un.pk, maintenant_ms())
        messages.success(request, f"{nombre} notes du tour précédent sont reprises. Vérifiez-les.")
    except AppariementRefuse as refus:
        messages.error(request, refus.message)
    return redirect("appariement-voeux", pk)


@require_http_methods(GET_POST)
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    un = own_candidature(request, pk)
    if request.method == "POST":
        try:
            messages.success(request, _change_file(request, un))
            return redirect("appariement-dossier", pk)
        except AppariementRefuse as refus:
            messages.error(request, refus.message)
    contexte = {"candidature": un, "pieces": list_pieces(un.pk), "natures": pieces_operations.NATURES}
    return render(request, "appariement/dossier.html", contexte)


@require_http_methods(GET_POST)
def resultat(request: HttpRequest, pk: int) -> HttpResponse:
    un, maintenant = own_candidature(request, pk), instant()
    if request.method == "POST":
        tour = _number(request, "tour")
        try:
            _check_tour(un, tour)
            if request.POST.get("accord") != "oui":
                raise AppariementRefuse("Cochez la case pour confirmer votre refus.")
            by_writer(refuse_result)(tour or 0, un.pk, maintenant_ms())
            messages.success(request, "Votre refus est enregistré. Vous prenez part au tour suivant.")
        except AppariementRefuse as refus:
            messages.error(request, refus.message)
        return redirect("appariement-resultat", pk)
    contexte = {
        "candidature": un,
        "resultats": list_results(un, maintenant),
        "tour": current_tour(list_tours(pk, maintenant)),
    }
    return render(request, "appariement/resultat.html", contexte)


@require_safe
def piece(request: HttpRequest, pk: int) -> HttpResponse:
    """Himself, the ARS, the responsables of the sites of his DES."""
    row = find_piece(pk)
    if row is None or not can_read_piece(visiteur_of(request.user), row):
        raise Http404
    return serve_pdf(row.nom, bytes(row.contenu))


def _change_file(request: HttpRequest, un: CandidatureLue) -> str:
    geste, _, nature = requete.read_typed(request, "geste").partition(":")
    if geste == "retirer":
        by_writer(pieces_operations.remove_piece)(un.pk, nature)
        return "Le document est retiré."
    if geste == "presenter":
        by_writer(write_presentation)(un.pk, requete.read_typed(request, "presentation"))
        return "Votre présentation est enregistrée."
    recu = request.FILES.get("fichier")
    if recu is None:
        raise AppariementRefuse("Choisissez un fichier PDF.")
    contenu = recu.read(pieces_operations.OCTETS + 1)
    by_writer(pieces_operations.put_piece)(
        un.pk, nature, (recu.name or "").replace("\x00", ""), contenu, maintenant_ms()
    )
    return "Le document est enregistré."


def _check_tour(un: CandidatureLue, tour: int | None) -> TourLu:
    """A round of this campaign, whatever the form says."""
    trouve = next((one for one in list_tours(un.campagne, instant()) if one.pk == tour), None)
    if trouve is None:
        raise AppariementRefuse("Ce tour n’est pas de votre campagne. Rechargez la page.")
    return trouve


def _number(request: HttpRequest, nom: str) -> int | None:
    valeur = request.POST.get(nom, "")
    return int(valeur) if valeur.isascii() and valeur.isdigit() and len(valeur) < 19 else None


def _back(request: HttpRequest, pk: int) -> str:
    """The same search: only its query string is taken from the form."""
    retour = request.POST.get("retour", "")
    return f"/appariement/campagnes/{pk}/{retour if retour.startswith('?') else ''}"
