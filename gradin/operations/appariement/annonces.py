"""The mails of a round: windows, reminders, the result at its hour. No mark, no rank stands in them."""

from datetime import datetime
from typing import assert_never

from django.db import transaction

from gradin.data.appariement.models import (
    Candidature,
    ModeCampagne,
    ResultatCandidat,
    SiteAppariement,
    TourCampagne,
)
from gradin.documents.courriel import Valeur
from gradin.domain.appariement.calendrier import HORS_PLATEFORME, REPETITION, Avis, Etape, list_avis
from gradin.operations.appariement.campagnes import lock_tour, record_acte
from gradin.operations.appariement.liens import mail_lien
from gradin.operations.appariement.refus import AppariementRefuse
from gradin.operations.courriers import Lettre, Lien, compose, enqueue
from gradin.operations.courriers.adresse import site_url
from gradin.operations.courriers.enqueue import instant
from gradin.operations.permissions_appariement import check_can_run_appariement
from gradin.queries.appariement.suivi import list_silent_candidats, list_silent_sites
from gradin.queries.appariement.tours import (
    NOMS,
    candidats_of,
    count_notes_required,
    fenetres_of,
    list_des,
    places_of,
    read_tour,
)
from gradin.queries.reports import say_moment
from gradin.queries.visiteurs import Visiteur

JOUR_MS = 86_400_000


@transaction.atomic
def remind(tour: int, visiteur: Visiteur, maintenant: int) -> int:
    """Whoever has answered too little in the open window; once a day each. How many can be written to."""
    row = lock_tour(tour)
    check_can_run_appariement(visiteur, row.campagne)
    etape = read_tour(row, instant(maintenant)).etape
    if etape is Etape.VOEUX:
        nombre = _remind_candidats(row, maintenant)
    elif etape is Etape.CLASSEMENT:
        nombre = _remind_sites(row, maintenant)
    else:
        raise AppariementRefuse("Une relance part pendant la fenêtre des vœux ou celle des classements.")
    record_acte(row.campagne, "relance", visiteur, maintenant, tour=row.numero, nombre=nombre)
    return nombre


def _remind_candidats(row: TourCampagne, maintenant: int) -> int:
    """With what he gave and what is lacking."""
    silencieux = list_silent_candidats(row)
    rows = Candidature.objects.filter(pk__in=silencieux.keys()).select_related("interne__compte")
    joignables = [un for un in rows if address_of(un)]
    for un in joignables:
        adresse = site_url(f"/appariement/campagnes/{row.campagne_id}/")
        _send(
            row,
            f"appariement-relance-{row.pk}-c{un.pk}-{maintenant // JOUR_MS}",
            address_of(un),
            "appariement-relance-candidat",
            {
                "nom": str(un.interne),
                "donnes": str(silencieux[un.pk].notes),
                "requises": str(silencieux[un.pk].requises),
                "manque": _count_sites(silencieux[un.pk].manque),
                "limite": _say(row, row.voeux_clot),
                "lien": Lien(mots="Noter mes sites", adresse=adresse),
            },
            maintenant,
        )
    return len(joignables)


def _count_sites(nombre: int) -> str:
    return "un site" if nombre == 1 else f"{nombre} sites"


def _say(row: TourCampagne, moment: datetime) -> str:
    return say_moment(moment, row.campagne.subdivision.fuseau)


def _remind_sites(row: TourCampagne, maintenant: int) -> int:
    """With its link again: the first mail may have been lost."""
    silencieux = list_silent_sites(row)
    sites = SiteAppariement.objects.filter(pk__in=silencieux.keys()).exclude(courriel="")
    quoi = f"{row.pk}-relance-{maintenant // JOUR_MS}"
    for site in sites.select_related("campagne__subdivision", "service__etablissement"):
        un = silencieux[site.pk]
        valeurs = {
            "tour": NOMS[row.numero],
            "classes": str(un.ranges),
            "requis": str(un.requis),
            "manque": "un candidat" if un.manque == 1 else f"{un.manque} candidats",
            "limite": _say(row, row.classement_clot),
        }
        mail_lien(site, quoi, "appariement-relance-site", valeurs, maintenant)
    return len(sites)


def notify_due(maintenant: int) -> int:
    """The mails that the clock asks for: a window has opened, or closes within a day and lacks answers."""
    now = instant(maintenant)
    rows = TourCampagne.objects.filter(voeux_ouvre__lte=now, classement_clot__gt=now)
    dus = [
        (row.pk, avis)
        for row in rows.exclude(numero=HORS_PLATEFORME)
        for avis in list_avis(fenetres_of(row), now)
        if avis not in row.avis
    ]
    return sum(notify(tour, avis, maintenant) for tour, avis in dus)


@transaction.atomic
def notify(tour: int, avis: Avis, maintenant: int) -> int:
    """Once for each round; how many mails."""
    row = lock_tour(tour)
    if avis in row.avis:
        return 0
    row.avis = {**row.avis, avis.value: maintenant}
    row.save(update_fields=["avis"])
    match avis:
        case Avis.OUVERTURE_VOEUX:
            return _open_voeux(row, maintenant)
        case Avis.RAPPEL_VOEUX:
            return _remind_candidats(row, maintenant)
        case Avis.OUVERTURE_CLASSEMENT:
            return _open_classement(row, maintenant)
        case Avis.RAPPEL_CLASSEMENT:
            return _remind_sites(row, maintenant)
    assert_never(avis)


def _open_voeux(row: TourCampagne, maintenant: int) -> int:
    adresse = site_url(f"/appariement/campagnes/{row.campagne_id}/")
    candidatures = list(candidats_of(row).select_related("interne__compte"))
    requises = {des: count_notes_required(row, des) for des in list_des(row)}
    for un in candidatures:
        valeurs: dict[str, Valeur] = {
            "nom": str(un.interne),
            "sites": _count_sites(requises[un.des_id]),
            "limite": _say(row, row.voeux_clot),
            "lien": Lien(mots="Noter mes sites", adresse=adresse),
        }
        cle = f"appariement-voeux-{row.pk}-c{un.pk}-{round(row.voeux_ouvre.timestamp())}"
        _send(row, cle, address_of(un), "appariement-voeux", valeurs, maintenant)
    return len(candidatures)


def _open_classement(row: TourCampagne, maintenant: int) -> int:
    """To each site that has somebody to rank, with its link; nobody ranks where rank alone decides."""
    if row.campagne.mode == ModeCampagne.RANG:
        return 0
    sites = SiteAppariement.objects.filter(pk__in=places_of(row), des__in=list_des(row)).exclude(courriel="")
    valeurs = {"tour": NOMS[row.numero], "limite": _say(row, row.classement_clot)}
    quoi = f"{row.pk}-{round(row.classement_ouvre.timestamp())}"
    for site in sites.select_related("campagne__subdivision", "service__etablissement"):
        mail_lien(site, quoi, "appariement-classement", valeurs, maintenant)
    return len(sites)


@transaction.atomic
def announce_result(tour: int, maintenant: int) -> None:
    """To the candidates of the round, to its sites and to the ARS; what was got is read on the platform."""
    row = lock_tour(tour)
    if row.annonce_at is not None:
        return
    resultats = ResultatCandidat.objects.filter(tour=row).select_related("candidature__interne__compte")
    for resultat in resultats:
        un = resultat.candidature
        adresse = site_url(f"/appariement/campagnes/{row.campagne_id}/resultat/")
        lien = Lien(mots="Lire mon résultat", adresse=adresse)
        valeurs: dict[str, Valeur] = {"nom": str(un.interne), "lien": lien}
        cle = f"appariement-resultat-{row.pk}-c{un.pk}"
        _send(row, cle, address_of(un), "appariement-resultat", valeurs, maintenant)
    _tell_sites(row, maintenant)
    _tell_ars(row, maintenant)
    TourCampagne.objects.filter(pk=row.pk).update(annonce_at=maintenant)


def _tell_sites(row: TourCampagne, maintenant: int) -> None:
    """Names only, of those whom it takes; who answered too little is told so instead."""
    for site in SiteAppariement.objects.filter(campagne=row.campagne_id).exclude(courriel=""):
        if str(site.pk) in row.sites_ecartes:
            _tell_left_out(row, site, maintenant)
            continue
        pris = ResultatCandidat.objects.filter(tour=row, site=site).select_related("candidature__interne")
        noms = [str(un.candidature.interne) for un in pris.order_by("candidature__interne__cle_tri")]
        _send(
            row,
            f"appariement-resultat-{row.pk}-s{site.pk}",
            site.courriel,
            "appariement-resultat-site",
            {
                "nom": site.responsable or "Madame, Monsieur",
                "site": str(site),
                "candidats": ", ".join(noms) or "aucun candidat à ce tour",
            },
            maintenant,
        )


def _tell_left_out(row: TourCampagne, site: SiteAppariement, maintenant: int) -> None:
    ranges, requis = row.sites_ecartes[str(site.pk)]
    valeurs: dict[str, Valeur] = {
        "nom": site.responsable or "Madame, Monsieur",
        "site": str(site),
        "classes": str(ranges),
        "requis": str(requis),
    }
    cle = f"appariement-resultat-{row.pk}-s{site.pk}"
    _send(row, cle, site.courriel, "appariement-site-ecarte", valeurs, maintenant)


def _tell_ars(row: TourCampagne, maintenant: int) -> None:
    courriel = row.campagne.subdivision.contact_courriel
    adresse = site_url(f"/gestion/appariement/{row.campagne_id}/")
    lien = Lien(mots="Suivre la campagne", adresse=adresse)
    _send(
        row,
        f"appariement-resultat-{row.pk}-ars",
        courriel,
        "appariement-resultat-ars",
        {"lien": lien},
        maintenant,
    )


def _send(
    row: TourCampagne, cle: str, courriel: str, modele: str, valeurs: dict[str, Valeur], maintenant: int
) -> None:
    if not courriel:
        return
    communes: dict[str, Valeur] = {
        "campagne": row.campagne.intitule,
        "tour": NOMS[row.numero],
        "blanc": "C’est une répétition\u00a0: rien n’en reste." if row.numero == REPETITION else "",
    }
    signature = f"Agence régionale de santé, {row.campagne.subdivision.nom}"
    lettre = Lettre(modele=modele, valeurs={**communes, **valeurs}, signature=signature)
    enqueue(cle, courriel, compose(lettre), maintenant)


def address_of(un: Candidature) -> str:
    compte = un.interne.compte
    return compte.email if compte else un.interne.courriel
