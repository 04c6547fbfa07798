"""A campaign from its windows to the affectations: minima, run, refusal, second and third rounds."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gradin.data.amphis.models import Affectation
from gradin.data.appariement.models import (
    CalculAppariement,
    NoteSite,
    ResultatCandidat,
    SiteAppariement,
    TourCampagne,
)
from gradin.data.courriers.models import Envoi
from gradin.data.internes.models import Inscription
from gradin.data.postes.models import Poste
from gradin.domain.appariement.calendrier import PATIENCE_MS, Etape, Fenetres
from gradin.domain.appariement.publication import verify_publication
from gradin.operations.appariement import resultats
from gradin.operations.appariement.calcul import begin_run, fail_run, run_tour
from gradin.operations.appariement.campagnes import set_fenetres
from gradin.operations.appariement.refus import AppariementRefuse
from gradin.operations.appariement.reponses import set_note, set_rangs, take_notes_back
from gradin.operations.appariement.resultats import record_agreement, refuse_result, settle, settle_due
from gradin.queries.appariement.campagnes import list_files, read_file
from gradin.queries.appariement.candidat import find_candidature, list_results
from gradin.queries.appariement.suivi import list_silent_candidats, list_silent_sites
from gradin.queries.appariement.tours import candidats_of, fenetres_of, places_of, read_tour
from gradin.queries.attestations import read_attestation
from gradin.web.appariement.acces import instant
from tests.factories.amphis import T0
from tests.factories.appariement import HEURE, Campagne, make_campagne
from tests.integration.appariement.conftest import answer, run


def site_of(campagne: Campagne, rang: int, numero: int = 1) -> int | None:
    row = ResultatCandidat.objects.get(
        tour=campagne.tour(numero), candidature=campagne.candidatures[rang], refuse_at=None
    )
    return row.site_id


def test_a_round_is_computed_told_at_its_hour_and_recomputed_by_anybody(campagne: Campagne) -> None:
    answer(campagne)
    run(campagne)
    tour, un = campagne.tour(), find_candidature(campagne.candidatures[0].interne_id, campagne.row.pk)
    assert un is not None
    assert [site_of(campagne, rang) for rang in range(3)] == [
        campagne.sites[1].pk,
        campagne.sites[0].pk,
        None,
    ]
    assert list_results(un, instant(T0)) == () and list_files(campagne.row.pk, instant(T0)) == ()
    assert read_file(tour.pk, "33", instant(T0)) is None and settle_due(T0) == 0
    TourCampagne.objects.exclude(pk=tour.pk).delete()
    reporte = fenetres_of(tour)
    plus_tard = {nom: getattr(reporte, nom) + HEURE for nom in Fenetres.__slots__}
    set_fenetres(tour.pk, Fenetres(**plus_tard), campagne.agent, T0)
    assert campagne.tour().calcule_at is None
    run(campagne)
    tour = campagne.tour()
    campagne.at(Etape.RESULTAT)
    assert settle_due(T0) == 1 and settle_due(T0) == 0
    (resultat,) = list_results(un, instant(T0))
    assert [r.issue for r in resultat.raisons] == ["mieux_classes", "obtenu"]
    fichier = read_file(tour.pk, "33", instant(T0))
    assert fichier is not None and len(verify_publication(fichier).candidats) == 3
    assert tour.graine in fichier and str(campagne.candidatures[0].pk) not in fichier.split('"')
    envois = dict(Envoi.objects.values_list("destinataire", "texte"))
    assert {campagne.compte(0).email, "site1@hopital.example"} <= envois.keys()
    assert "Interne2" in envois["site1@hopital.example"]
    assert not Affectation.objects.exists()


def test_a_refusal_and_what_is_left_go_to_the_next_round_and_the_rest_is_affected(campagne: Campagne) -> None:
    answer(campagne)
    run(campagne)
    campagne.at(Etape.RESULTAT)
    refuse_result(campagne.tour().pk, campagne.candidatures[0].pk, T0)
    campagne.at(Etape.FINI)
    with pytest.raises(AppariementRefuse, match="entre son annonce et la date dite"):
        refuse_result(campagne.tour().pk, campagne.candidatures[1].pk, T0)
    settle_due(T0)
    (seule,) = Affectation.objects.select_related("poste")
    assert seule.interne_id == campagne.candidatures[1].interne_id
    assert (seule.poste.service_id, seule.poste.regime) == (campagne.sites[0].service_id, "consolidation")
    attestee = read_attestation(seule.pk, "code", "https://exemple.fr")
    assert attestee.voie == "Appariement des docteurs juniors" and attestee.fiche.service == "Service 1"
    assert Inscription.objects.filter(interne=seule.interne_id, phase="consolidation").exists()
    second = campagne.tour(2)
    assert set(candidats_of(second)) == {campagne.candidatures[0], campagne.candidatures[2]}
    assert places_of(second) == {campagne.sites[1].pk: 1, campagne.sites[2].pk: 1}
    campagne.at(Etape.VOEUX, 2)
    assert take_notes_back(second.pk, campagne.candidatures[2].pk, T0) == 1
    answer(campagne, {0: {2: 5}, 2: {1: 5}}, {1: {0: 1, 2: 2}, 2: {0: 1, 2: 1}}, numero=2)
    run(campagne, 2)
    campagne.at(Etape.FINI, 2)
    settle_due(T0)
    assert Affectation.objects.count() == 3
    assert campagne.tour(2).definitif_at == T0


@pytest.mark.django_db
def test_who_answered_too_little_takes_no_part_unless_the_ars_admits_him() -> None:
    campagne = make_campagne(notes_au_moins=2)
    answer(campagne, {0: {0: 5, 1: 3}, 1: {0: 5}, 2: {1: 5, 0: 4}}, {0: {0: 2, 1: 1, 2: 3}, 1: {0: 1}})
    tour = campagne.tour()
    (court,) = list_silent_candidats(tour).values()
    assert (court.pk, court.manque) == (campagne.candidatures[1].pk, 1)
    assert [*list_silent_sites(tour)] == [site.pk for site in campagne.sites[1:]]
    run(campagne)
    refuse = ResultatCandidat.objects.get(tour=tour, candidature=campagne.candidatures[1])
    assert refuse.site is None and "trop peu de sites" in refuse.motif
    assert site_of(campagne, 0) == campagne.sites[0].pk
    admis = {"candidats": [campagne.candidatures[1].pk], "sites": [campagne.sites[1].pk]}
    run(campagne, admis=admis)
    assert campagne.tour().admis == admis
    assert CalculAppariement.objects.get().candidats == 3
    assert [site_of(campagne, rang) for rang in range(2)] == [campagne.sites[1].pk, campagne.sites[0].pk]


def test_nothing_is_answered_or_run_outside_its_window(campagne: Campagne) -> None:
    tour, moi, site = campagne.tour().pk, campagne.candidatures[0].pk, campagne.sites[0].pk
    for etape in (Etape.A_VENIR, Etape.ENTRE, Etape.CLASSEMENT, Etape.CALCUL):
        campagne.at(etape)
        with pytest.raises(AppariementRefuse, match="Rien n’a été enregistré"):
            set_note(tour, moi, site, 3, T0)
    for etape in (Etape.VOEUX, Etape.CALCUL):
        campagne.at(etape)
        with pytest.raises(AppariementRefuse, match="Rien n’a été enregistré"):
            set_rangs(tour, site, {moi: 1}, T0)
    campagne.at(Etape.CLASSEMENT)
    with pytest.raises(AppariementRefuse, match="après la clôture"):
        begin_run(tour, {}, campagne.agent, T0)
    campagne.at(Etape.VOEUX)
    with CaptureQueriesContext(connection) as requetes:
        assert set_note(tour, moi, site, 3, T0) == 1
    compte = next(une["sql"] for une in reversed(requetes.captured_queries) if "COUNT(" in une["sql"])
    assert '"candidature_id" = ' in compte
    assert set_note(tour, moi, site, 0, T0) == 0
    assert set_note(tour, moi, site, None, T0) == 0 and not NoteSite.objects.exists()


def test_affectations_wait_for_the_salle_and_resume_where_they_stopped(
    campagne: Campagne, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(campagne)
    run(campagne)
    campagne.at(Etape.FINI)
    monkeypatch.setattr(resultats, "LOT", 1)
    monkeypatch.setattr(resultats, "tell_salle", lambda lignes: "Attendez." if lignes else "")
    assert settle_due(T0) == 1 and not Affectation.objects.exists()
    monkeypatch.setattr(resultats, "tell_salle", lambda lignes: "")
    SiteAppariement.objects.filter(pk=campagne.sites[0].pk).update(places=0)
    assert settle_due(T0) == 0
    assert Affectation.objects.get().interne_id == campagne.candidatures[0].interne_id
    assert campagne.tour().definitif_at is None
    SiteAppariement.objects.filter(pk=campagne.sites[0].pk).update(places=1)
    assert settle_due(T0) == 1 and settle_due(T0) == 0
    settle(campagne.tour().pk, T0)
    assert Affectation.objects.count() == 2 and Poste.objects.filter(numero__startswith="DJ").count() == 2
    assert list(campagne.row.actes.filter(acte="definitif").values_list("a", flat=True)) == [T0]
    assert not campagne.row.actes.filter(acte="place_non_donnee").exists()


def test_two_runs_never_mix_and_one_left_behind_blocks_nothing(campagne: Campagne) -> None:
    answer(campagne)
    TourCampagne.objects.exclude(numero=1).delete()
    now, tour = campagne.at(Etape.CALCUL), campagne.tour()
    tard = now + PATIENCE_MS
    begin_run(tour.pk, {}, campagne.agent, now)
    with pytest.raises(AppariementRefuse, match="déjà en cours"):
        begin_run(tour.pk, {}, campagne.agent, tard - 1)
    with pytest.raises(AppariementRefuse, match="en cours"):
        set_fenetres(tour.pk, fenetres_of(tour), campagne.agent, tard - 1)
    assert "s’est arrêté" in read_tour(campagne.tour(), instant(tard)).echec
    begin_run(tour.pk, {}, campagne.agent, tard)
    run_tour(tour.pk, now)
    fail_run(tour.pk, now)
    assert not CalculAppariement.objects.exists() and campagne.tour().lance_at == tard
    run_tour(tour.pk, tard)
    fail_run(tour.pk, tard)
    assert (campagne.tour().echec, campagne.tour().calcule_at) == ("", tard)
    begin_run(tour.pk, {}, campagne.agent, tard + 1)
    set_fenetres(tour.pk, fenetres_of(tour), campagne.agent, tard + 1 + PATIENCE_MS)
    assert campagne.tour().lance_at is None


@pytest.mark.django_db
def test_a_campaign_by_rank_gives_places_in_call_order() -> None:
    campagne = make_campagne(mode="rang")
    answer(campagne, {0: {0: 5, 1: 1}, 1: {0: 5, 1: 4}, 2: {0: 5}}, {})
    run(campagne)
    assert [site_of(campagne, rang) for rang in range(3)] == [
        campagne.sites[0].pk,
        campagne.sites[1].pk,
        None,
    ]
    campagne.at(Etape.CLASSEMENT)
    with pytest.raises(AppariementRefuse, match="les sites ne classent pas"):
        set_rangs(campagne.tour().pk, campagne.sites[0].pk, {campagne.candidatures[0].pk: 1}, T0)


def test_the_third_round_is_recorded_by_hand_within_what_is_left(campagne: Campagne) -> None:
    tour = campagne.tour(3).pk
    campagne.at(Etape.VOEUX, 3)
    moi, lui, site = campagne.candidatures[0].pk, campagne.candidatures[1].pk, campagne.sites[0].pk
    record_agreement(tour, moi, site, "Accord du 25", campagne.agent, T0)
    for qui, quoi, mots in ((lui, site, "plus de place"), (moi, campagne.sites[1].pk, "déjà un site")):
        with pytest.raises(AppariementRefuse, match=mots):
            record_agreement(tour, qui, quoi, "", campagne.agent, T0)
    assert Affectation.objects.get().interne_id == campagne.candidatures[0].interne_id


def test_a_rehearsal_leaves_nothing(campagne: Campagne) -> None:
    tour = campagne.tour()
    TourCampagne.objects.filter(pk=tour.pk).update(numero=0)
    answer(campagne, numero=0)
    run(campagne, 0)
    campagne.at(Etape.FINI, 0)
    settle_due(T0)
    assert not Affectation.objects.exists()
    assert candidats_of(campagne.tour(2)).count() == 3
