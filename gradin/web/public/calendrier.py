"""« Calendrier »: the semester's dates by month, on paper, and as feeds for everybody or for one person."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gradin.documents.agenda import DateAgenda, write_agenda
from gradin.documents.calendrier import CalendrierImprime, print_calendrier
from gradin.live.ecriture import by_writer
from gradin.operations import calendrier as operations
from gradin.operations.courriers.adresse import site_url
from gradin.queries import mon_calendrier
from gradin.queries.calendrier import EvenementLu, list_evenements, list_subdivisions
from gradin.queries.public.semestres import SemestreLu, find_semestre
from gradin.queries.visiteurs import ANONYME, Visiteur, visiteur_of
from gradin.web.public import requete
from gradin.web.public.dates import print_months, say_months
from gradin.web.templatetags.gradin import jour_an, localize

PARTAGE = "public, max-age=300"
MOI = "moi"


@login_not_required
@require_safe
def calendrier(request: HttpRequest) -> HttpResponse:
    visiteur, semestre = visiteur_of(request.user), find_semestre(requete.read_words(request, "semestre"))
    maintenant, passes = requete.now(), request.GET.get("vue") == "passes"
    lus = _asked(request, semestre, visiteur)
    montres = [lu for lu in lus if (lu.passe_a <= maintenant) is passes]
    contexte = {
        "semestre": semestre,
        "mois": say_months(reversed(montres) if passes else montres, maintenant),
        "passes": passes,
        "vues": requete.segments(request, "vue", (("", "À venir"), ("passes", "Passés"))),
        "pour": requete.segments(request, "pour", (("", "Tout"), (MOI, "Ce qui me concerne")))
        if visiteur.compte
        else None,
        "plusieurs": len({lu.subdivision for lu in lus}) > 1,
        "territoires": _territories(request),
        "public_ics": site_url(f"/calendrier.ics{_only(request)}"),
        "mon_ics": _own_address(visiteur),
        "base": requete.link(request, vue=""),
    }
    return render(request, "public/calendrier.html", contexte)


@login_not_required
@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """What anybody may read: no visio."""
    semestre = find_semestre(requete.read_words(request, "semestre"))
    ou = _subdivisions(request)
    lus = list_evenements(semestre, ANONYME, subdivisions=ou, annules=True) if semestre else []
    reponse = _feed("Choix des internes", lus, "calendrier.ics")
    reponse["Cache-Control"] = PARTAGE
    return reponse


@login_not_required
@require_safe
def agenda_personnel(request: HttpRequest, secret: str) -> HttpResponse:
    """Whoever holds the address reads it: calendars do not sign in."""
    visiteur = mon_calendrier.visiteur_of_abonnement(operations.cle_of(secret))
    if visiteur is None:
        raise Http404
    semestre = find_semestre()
    lus = mon_calendrier.list_miens(semestre, visiteur, annules=True) if semestre else []
    return _feed("Mes choix de stage", lus, "mon-calendrier.ics")


@login_not_required
@require_safe
def papier(request: HttpRequest) -> HttpResponse:
    semestre = find_semestre(requete.read_words(request, "semestre"))
    if semestre is None:
        raise Http404
    maintenant = requete.now()
    lus = _asked(request, semestre, visiteur_of(request.user))
    aujourdhui = localize(maintenant).date()
    imprime = CalendrierImprime(
        emetteur=" et ".join(sorted({lu.subdivision for lu in lus})[:3]) or "Gradin",
        semestre=semestre.libelle,
        date=aujourdhui,
        date_dite=str(jour_an(maintenant)).replace("<sup>", "").replace("</sup>", ""),
        mois=print_months(say_months(lus, maintenant)),
    )
    nom = f"calendrier-{semestre.code}.pdf"
    return HttpResponse(
        _print(imprime),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{nom}"'},
    )


@require_POST
def abonnement(request: HttpRequest) -> HttpResponse:
    """`creer` also renews; the address before is dead at once."""
    visiteur = visiteur_of(request.user)
    if visiteur.compte is None:
        raise Http404
    if request.POST.get("geste") == "supprimer":
        by_writer(operations.close_abonnement)(visiteur.compte)
        messages.success(
            request, "Votre calendrier personnel est supprimé\u00a0: son adresse ne répond plus."
        )
    else:
        cle = secrets.token_urlsafe(16)
        by_writer(operations.open_abonnement)(visiteur.compte, cle=cle, maintenant=requete.now())
        messages.success(request, "Votre adresse est prête. Toute adresse précédente ne répond plus.")
    return redirect("/calendrier/#abonnement")


# Anybody may ask for the paper: the same one is set once.
_print = lru_cache(maxsize=16)(print_calendrier)


def _asked(request: HttpRequest, semestre: SemestreLu | None, visiteur: Visiteur) -> list[EvenementLu]:
    if semestre is None:
        return []
    if request.GET.get("pour") == MOI and visiteur.compte is not None:
        return mon_calendrier.list_miens(semestre, visiteur)
    ici = list_evenements(semestre, visiteur, subdivisions=_subdivisions(request))
    tous = [*ici, *mon_calendrier.list_own_dates(semestre, visiteur)]
    return sorted(tous, key=lambda lu: (lu.debut, lu.cle))


def _subdivisions(request: HttpRequest) -> tuple[int, ...] | None:
    """The one asked for by its code; all of them without, none for an unknown code."""
    code = requete.read_words(request, "subdivision")
    return tuple(pk for connu, _, pk in list_subdivisions() if connu == code) if code else None


def _territories(request: HttpRequest) -> list[dict[str, object]]:
    """Nothing to choose from in a region of one."""
    connues = list_subdivisions()
    choix = (("", "Toutes"), *((code, nom) for code, nom, _ in connues))
    return requete.segments(request, "subdivision", choix) if len(connues) > 1 else []


def _only(request: HttpRequest) -> str:
    code = requete.read_words(request, "subdivision")
    return f"?{urlencode({'subdivision': code})}" if code else ""


def _own_address(visiteur: Visiteur) -> str:
    abonne = mon_calendrier.find_abonnement(visiteur.compte) if visiteur.compte else None
    return site_url(f"/calendrier/{operations.secret_of(abonne.cle)}.ics") if abonne else ""


def _feed(nom: str, lus: Sequence[EvenementLu], fichier: str) -> HttpResponse:
    maintenant = datetime.now(UTC)
    corps = write_agenda(nom, [_dated(lu, maintenant) for lu in lus])
    return HttpResponse(
        corps,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="{fichier}"'},
    )


def _dated(lu: EvenementLu, maintenant: datetime) -> DateAgenda:
    """A visio goes where calendars look for it: in the text too."""
    textes = (lu.description, f"Visio\u00a0: {lu.visio}" if lu.visio else "")
    fin = lu.fin
    return DateAgenda(
        uid=f"{lu.cle}@{settings.GRADIN_URL.split('//')[-1].split('/')[0].split(':')[0]}",
        sequence=lu.sequence,
        titre=lu.titre,
        debut=localize(lu.debut, lu.fuseau).date() if lu.journee else lu.debut,
        fin=localize(fin, lu.fuseau).date() if lu.journee and fin else fin,
        modifie=lu.updated_at or maintenant,
        description="\n\n".join(texte for texte in textes if texte),
        lieu=lu.lieu or ("Visio" if lu.visio else ""),
        adresse=lu.visio or site_url(lu.href or "/calendrier/"),
        categorie=lu.categorie_dite,
        annule=lu.annule,
        prevu=lu.previsionnel,
    )
