"""The home page, and the version that live lists ask for."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from gradin.queries.appariement.attendus import count_notes
from gradin.queries.appariement.dates import list_next
from gradin.queries.procurations import read_dossier_procuration
from gradin.queries.profils import missing_ufr
from gradin.queries.public import accueil as lu
from gradin.queries.public.amphis import AmphiLu
from gradin.queries.public.mon_amphi import my_amphis
from gradin.queries.public.semestres import SemestreLu, find_semestre, version_of
from gradin.queries.visiteurs import visiteur_of
from gradin.web.public import requete
from gradin.web.public.informations import published
from gradin.web.templatetags.gradin import pluriel


@login_not_required
@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    visiteur = visiteur_of(request.user)
    semestre = find_semestre()
    maintenant = requete.now()
    contexte: dict[str, object] = {
        "semestre": semestre,
        "version": version_of(semestre),
        "maintenant": maintenant,
        "visiteur": visiteur,
        "contacts": lu.contacts(),
        **published(maintenant),
    }
    if semestre is not None:
        contexte |= {**_numbers(semestre), **_live(semestre, maintenant)}
        if visiteur.interne is not None:
            contexte |= _mine(visiteur.interne, semestre, maintenant)
    return requete.render_list(request, "public/accueil.html", contexte)


@login_not_required
@require_safe
def version(request: HttpRequest) -> HttpResponse:
    """Asked every five seconds by each open list: two short queries."""
    reponse = JsonResponse({"version": version_of(find_semestre(requete.read_words(request, "semestre")))})
    reponse["Gradin-Maintenant"] = str(int(requete.now().timestamp() * 1000))
    return reponse


def _numbers(semestre: SemestreLu) -> dict[str, object]:
    nombres = lu.count_all(semestre)
    return {
        "nombres": nombres,
        "mots_postes": f"{pluriel(nombres.postes, 'poste offert,postes offerts')} pour {semestre.libelle}",
        "mots_amphis": f"{pluriel(nombres.amphis, 'amphithéâtre,amphithéâtres')}, horaires et listes d’appel",
        "mots_affectes": f"En direct\u00a0: {pluriel(nombres.affectes, 'interne affecté,internes affectés')}",
    }


def _live(semestre: SemestreLu, maintenant: datetime) -> dict[str, object]:
    direct = lu.featured_amphi(semestre, maintenant)
    if direct is None:
        return {}
    return {
        "direct": direct,
        "autres": lu.other_live_amphis(semestre, direct.pk, maintenant),
        **_seats(direct),
    }


def _seats(amphi: AmphiLu) -> dict[str, object]:
    sieges = lu.seats_of(amphi.pk)
    return {"sieges": sieges, "choisit": next((s for s in sieges if s.statut == "en_cours"), None)}


def _mine(interne: int, semestre: SemestreLu, maintenant: datetime) -> dict[str, object]:
    miens = my_amphis(interne, semestre, maintenant)
    appariements = [
        (un, count_notes(interne, un.campagne, maintenant)) for un in list_next(interne, maintenant)
    ]
    if not miens:
        return {"mes_amphis": [], "mes_appariements": appariements}
    pk = miens[0].amphi.pk
    dossier = (
        read_dossier_procuration(interne, round(maintenant.timestamp() * 1000))
        if miens[0].mandataire
        else None
    )
    procuration = dossier.courante if dossier and not dossier.poste else None
    siens = _seats(miens[0].amphi)
    choisit = siens["choisit"]
    return {
        "mes_amphis": miens,
        "mes_appariements": appariements,
        "mon_amphi": miens[0],
        "en_attente": procuration if procuration and not procuration.acceptee else None,
        "ufr_a_dire": missing_ufr(interne),
        "mes_sieges": siens["sieges"],
        "mon_choisit": choisit.interne if isinstance(choisit, lu.Siege) else None,
        "lien_appel": f"/amphis/{pk}/liste-appel/",
        "lien_sessions": f"/amphis/{pk}/sessions/",
    }
