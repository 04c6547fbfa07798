"""After a run: refusals until their date, the third round by hand, affectations, announcements."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import QuerySet

from gradin.data.amphis.models import Affectation
from gradin.data.appariement.models import (
    ActeAppariement,
    CampagneAppariement,
    Candidature,
    ResultatCandidat,
    SiteAppariement,
    TourCampagne,
)
from gradin.data.demandes.models import HorsChoix, NatureHorsChoix
from gradin.data.internes.models import Inscription, Phase, TypeChoix
from gradin.data.postes.models import Poste, Regime
from gradin.domain.appariement.calendrier import HORS_PLATEFORME, REPETITION, Etape
from gradin.domain.rang.semestre import parse_semestre
from gradin.domain.texte import fold
from gradin.operations.appariement.annonces import announce_result
from gradin.operations.appariement.campagnes import lock_tour, record_acte
from gradin.operations.appariement.refus import AppariementRefuse
from gradin.operations.demandes.mouvements import note_hors_choix
from gradin.operations.imports.salle import tell_salle
from gradin.operations.permissions_appariement import check_can_run_appariement
from gradin.queries.appariement.places import list_unplaced, poste_prefix
from gradin.queries.appariement.tours import candidats_of, places_of, read_tour
from gradin.queries.visiteurs import Visiteur

logger = logging.getLogger(__name__)
# Candidates given their seat in one transaction; about how many rows each of them writes.
LOT, LIGNES_PAR_PLACE = 20, 5


@transaction.atomic
def refuse_result(tour: int, candidature: int, maintenant: int) -> None:
    """He goes on to the next round, and so does the seat. Raises AppariementRefuse."""
    row = lock_tour(tour)
    if read_tour(row, _instant(maintenant)).etape is not Etape.RESULTAT:
        raise AppariementRefuse("Un résultat se refuse entre son annonce et la date dite, pas après.")
    siens = ResultatCandidat.objects.filter(
        tour=row, candidature=candidature, site__isnull=False, refuse_at=None
    )
    if not siens.update(refuse_at=maintenant):
        raise AppariementRefuse("Il n’y a pas de site à refuser dans ce tour.")


@transaction.atomic
def record_agreement(
    tour: int, candidature: int, site: int, motif: str, visiteur: Visiteur, maintenant: int
) -> None:
    """Third round: what a candidate and a site agreed elsewhere; the affectation follows at once."""
    row = lock_tour(tour)
    check_can_run_appariement(visiteur, row.campagne)
    if row.numero != HORS_PLATEFORME:
        raise AppariementRefuse("Seul le troisième tour se saisit à la main.")
    if _instant(maintenant) < row.voeux_ouvre:
        raise AppariementRefuse("Le troisième tour n’a pas commencé.")
    un = candidats_of(row).filter(pk=candidature).first()
    lieu = SiteAppariement.objects.filter(pk=site, pk__in=places_of(row)).first()
    if un is None or ResultatCandidat.objects.filter(tour=row, candidature=candidature).exists():
        raise AppariementRefuse("Ce candidat a déjà un site.")
    if _holds_another(un, row.campagne):
        raise AppariementRefuse(
            "Ce candidat a déjà une affectation ce semestre. Annulez-la d’abord, ou laissez-la-lui."
        )
    pris = ResultatCandidat.objects.filter(tour=row, site=site).count()
    if lieu is None or places_of(row)[lieu.pk] <= pris:
        raise AppariementRefuse("Ce site n’a plus de place. Choisissez-en un autre.")
    if lieu.des_id != un.des_id:
        raise AppariementRefuse("Ce site n’est pas offert au DES de ce candidat.")
    resultat = ResultatCandidat.objects.create(tour=row, candidature=un, site=lieu, motif=motif[:300])
    record_acte(row.campagne, "accord", visiteur, maintenant, candidature=un.pk, site=lieu.code)
    _affect(resultat, visiteur.compte or _author_of(row), maintenant)


def settle_due(maintenant: int) -> int:
    """Announces the results whose hour has come, and gives the affectations whose refusals are over."""
    instant = _instant(maintenant)
    annonces = TourCampagne.objects.filter(
        annonce_at=None, calcule_at__isnull=False, resultat_at__lte=instant
    )
    finis = TourCampagne.objects.filter(
        definitif_at=None, calcule_at__isnull=False, refus_jusque__lte=instant, numero__gt=REPETITION
    )
    faits = [_attempt(announce_result, pk, maintenant) for pk in list(annonces.values_list("pk", flat=True))]
    faits += [
        _attempt(settle, pk, maintenant) for pk in list(finis.values_list("pk", flat=True)) if not _waits(pk)
    ]
    return sum(faits)


def _waits(tour: int) -> bool:
    """So many rows at once would be felt in a running amphi; nothing of the next round waits for them."""
    return tell_salle(LIGNES_PAR_PLACE * _kept(tour).count()) != ""


def _kept(tour: int) -> QuerySet[ResultatCandidat]:
    return ResultatCandidat.objects.filter(tour=tour, site__isnull=False, refuse_at=None)


def _attempt(operation: object, pk: int, maintenant: int) -> bool:
    """One that fails is tried again at the next look; the others do not wait for it."""
    try:
        operation(pk, maintenant)  # type: ignore[operator]
    except Exception:
        logger.exception("matching round %s: could not be announced or settled", pk)
        return False
    return True


def settle(tour: int, maintenant: int) -> None:
    """What nobody refused becomes an affectation, with a poste of its own; done once.

    By lots, so that no transaction lasts; one that is interrupted is taken up again where it stopped.
    """
    cles = list(_kept(tour).order_by("pk").values_list("pk", flat=True))
    for debut in range(0, len(cles), LOT):
        _settle_lot(tour, cles[debut : debut + LOT], maintenant)
    _close_round(tour, maintenant)


@transaction.atomic
def _settle_lot(tour: int, cles: Sequence[int], maintenant: int) -> None:
    row = lock_tour(tour)
    if row.definitif_at is not None:
        return
    faits, agent = _done(row, cles), _author_of(row)
    gardes = _kept(tour).filter(pk__in=cles).exclude(candidature__in=faits).order_by("pk")
    for resultat in gardes.select_related("site__service__etablissement", "site__des", "candidature"):
        _affect(resultat, agent, maintenant)


def _done(row: TourCampagne, cles: Sequence[int]) -> set[int]:
    """Candidatures of a lot that an interrupted settlement has already served, or told the ARS of."""
    actes = ActeAppariement.objects.filter(campagne=row.campagne_id, acte="place_non_donnee")
    dits = {details["candidature"] for details in actes.values_list("details", flat=True)}
    gardes = _kept(row.pk).filter(pk__in=cles).values_list("candidature__interne", "candidature", "site")
    attendus = {interne: (un, poste_prefix(site)) for interne, un, site in gardes}
    tenus = Affectation.objects.filter(interne__in=attendus, semestre=row.campagne.semestre_id)
    donnes = {
        attendus[interne][0]
        for interne, numero in tenus.values_list("interne", "poste__numero")
        if numero.startswith(attendus[interne][1])
    }
    return dits | donnes


@transaction.atomic
def _close_round(tour: int, maintenant: int) -> None:
    row = lock_tour(tour)
    if row.definitif_at is not None:
        return
    TourCampagne.objects.filter(pk=tour).update(definitif_at=maintenant)
    record_acte(row.campagne, "definitif", None, maintenant, tour=row.numero)


def _author_of(row: TourCampagne) -> int:
    """The agent who ran the round, or who opened the campaign where a command ran it."""
    actes = ActeAppariement.objects.filter(campagne=row.campagne_id, auteur__isnull=False)
    lances = actes.filter(acte="calcul", details__tour=row.numero).order_by("-pk")
    acte = lances.first() or actes.order_by("pk").first()
    assert acte is not None and acte.auteur_id is not None
    return acte.auteur_id


def _affect(resultat: ResultatCandidat, agent: int, maintenant: int) -> None:
    """As a poste given without an amphi: list of the ARS, parcours and attestation follow from it.

    Who already has an affectation of the semestre keeps it: the page of the campaign names him to the ARS.
    """
    un, site = resultat.candidature, resultat.site
    assert site is not None
    campagne = CampagneAppariement.objects.get(pk=un.campagne_id)
    if _holds_another(un, campagne):
        record_acte(campagne, "place_non_donnee", None, maintenant, candidature=un.pk, site=site.code)
        return
    _enrol(campagne, site, un)
    affectation = Affectation.objects.create(
        interne_id=un.interne_id,
        semestre_id=campagne.semestre_id,
        poste=_free_poste(campagne, site, un),
        amphi=None,
        type_choix=TypeChoix.CLASSIQUE,
        n=None,
        chosen_at=maintenant,
    )
    donne = HorsChoix.objects.create(
        affectation=affectation,
        nature=NatureHorsChoix.APPARIEMENT,
        given_at=maintenant,
        given_by_id=agent,
    )
    note_hors_choix(donne, "attribution", agent, maintenant, texte=f"{campagne.intitule}\u00a0: {site.code}")


@transaction.atomic
def give_place(resultat: int, visiteur: Visiteur, maintenant: int) -> None:
    """A definitive seat that another affectation kept from its winner, once that one is annulled."""
    row = ResultatCandidat.objects.select_related("candidature", "site__service__etablissement").get(
        pk=resultat
    )
    tour = lock_tour(row.tour_id)
    check_can_run_appariement(visiteur, tour.campagne)
    if resultat not in {une.resultat for une in list_unplaced(tour.campagne_id)}:
        raise AppariementRefuse("Cette place est déjà donnée, ou ne l’est plus à personne.")
    if _holds_another(row.candidature, tour.campagne):
        raise AppariementRefuse("Il a encore une autre affectation ce semestre. Annulez-la d’abord.")
    assert row.site is not None and visiteur.compte is not None
    record_acte(
        tour.campagne,
        "place_donnee",
        visiteur,
        maintenant,
        candidature=row.candidature_id,
        site=row.site.code,
    )
    _affect(row, visiteur.compte, maintenant)


def _holds_another(un: Candidature, campagne: CampagneAppariement) -> bool:
    return Affectation.objects.filter(
        interne=un.interne_id, semestre=campagne.semestre_id, annulee=False
    ).exists()


def _enrol(campagne: CampagneAppariement, site: SiteAppariement, un: Candidature) -> None:
    """Whom the file of candidates alone named stands in the roster of the semestre from now on."""
    annee = parse_semestre(campagne.semestre.code).annee
    Inscription.objects.get_or_create(
        interne_id=un.interne_id,
        semestre_id=campagne.semestre_id,
        defaults={
            "subdivision_id": un.subdivision_id,
            "groupe_id": site.groupe_id,
            "phase": Phase.CONSOLIDATION,
            "des_id": un.des_id,
            "promotion": annee - (site.des.annees or 4),
        },
    )


def _free_poste(campagne: CampagneAppariement, site: SiteAppariement, un: Candidature) -> Poste:
    """Seats of a site are numbered from 1: the first that nobody holds."""
    prefixe = poste_prefix(site.pk)
    tenus = set(
        Affectation.objects.filter(
            semestre=campagne.semestre_id,
            poste__service=site.service_id,
            poste__numero__startswith=prefixe,
            annulee=False,
        ).values_list("poste__numero", flat=True)
    )
    place = next((n for n in range(1, site.places + 1) if f"{prefixe}{n}" not in tenus), None)
    if place is None:
        raise AppariementRefuse(f"Le site {site.code} n’a plus de place.")
    poste, _ = Poste.objects.get_or_create(
        semestre_id=campagne.semestre_id,
        subdivision_id=site.subdivision_id,
        numero=f"{prefixe}{place}",
        defaults={
            "service": site.service,
            "groupe_id": site.groupe_id,
            "des_id": un.des_id,
            "regime": Regime.CONSOLIDATION,
            "etat": "pourvu",
            "cle_tri": fold(f"{site.service.nom} {place:03d}")[:600],
            "recherche": site.recherche,
        },
    )
    return poste


def _instant(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
