"""What an interne keeps on the fiche of a service: a star, a note. Plain forms, his alone."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gradin.live.ecriture import by_writer
from gradin.operations.services.notes import NoteRefusee, write_note
from gradin.queries.favoris import own_place
from gradin.queries.public.semestres import find_semestre
from gradin.queries.salle import find_salle
from gradin.queries.services.fiche import find_fiche
from gradin.queries.services.miens import find_miens
from gradin.queries.visiteurs import visiteur_of
from gradin.web.public import requete
from gradin.web.public.recherches import own_compte
from gradin.web.salle.favoris import apply


@require_POST
def star(request: HttpRequest, imotep: str) -> HttpResponse:
    """The gestures of « Mes favoris », on the list of the amphi that offers this service."""
    own_compte(request)
    interne, maintenant = visiteur_of(request.user).interne, requete.now()
    semestre = find_semestre(requete.read_words(request, "semestre"))
    assert interne is not None
    miens = find_miens(interne, semestre.code, imotep, maintenant, ()) if semestre else None
    salle = find_salle(interne, miens.amphi) if miens else None
    if miens is None or salle is None:
        raise Http404
    messages.info(request, apply(request, salle, own_place(interne, miens.amphi, maintenant)))
    return redirect(f"/services/{imotep}/#postes")


@require_POST
def note(request: HttpRequest, imotep: str) -> HttpResponse:
    compte, semestre = own_compte(request), find_semestre()
    if semestre is None or find_fiche(imotep, semestre.pk) is None:
        raise Http404
    try:
        by_writer(write_note)(compte, imotep, request.POST.get("texte", ""), requete.now())
    except NoteRefusee as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, "Note enregistrée. Vous seul la lisez.")
    return redirect(f"/services/{imotep}/#note")
