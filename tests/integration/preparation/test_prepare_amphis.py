"""prepare-amphis: one amphi per groupe and phase, chained, listed, cut; again, nothing moves."""

from datetime import UTC, datetime

import pytest

from gradin.data.amphis.models import Affectation, Amphi, ListeAppel, Offre, Place, SessionChoix
from gradin.data.internes.models import Phase
from gradin.data.postes.models import Regime
from gradin.domain.rang.parametres import MethodeReclassement
from gradin.operations.preparation.amphis import DemandePreparation, prepare_amphis
from gradin.operations.preparation.refus import PreparationRefusee
from tests.factories.referentiel import make_des, make_groupe, make_semestre, make_subdivision
from tests.factories.roster import make_inscrit, make_inscrits, make_offert, start_prepared

pytestmark = pytest.mark.django_db
MAINTENANT = datetime(2027, 3, 1, 8, tzinfo=UTC)


def prepare(*, graine="graine", **demande):
    return prepare_amphis(
        DemandePreparation(semestre="2027-05", graine=graine, **demande), maintenant=MAINTENANT
    )


def ranks(amphi):
    places = Place.objects.filter(amphi=amphi).order_by("rang")
    return list(places.values_list("rang", "inscription__interne__nom", "statut"))


def snapshot():
    models = (Amphi, ListeAppel, Place, Offre, SessionChoix)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_each_phase_of_a_groupe_has_its_amphi_and_its_offer():
    make_inscrits(["Ana", "Bo"])
    make_inscrit("Cy", phase=Phase.SOCLE)
    make_inscrit("Di", phase=Phase.CONSOLIDATION)
    make_offert("1")
    make_offert("2", regime=Regime.SOCLE)
    make_offert("3", regime=Regime.ANCIEN_REGIME)
    prepares = prepare()
    assert [(p.code, p.internes, p.postes) for p in prepares] == [
        ("2027-05/3/socle", 1, 1),
        ("2027-05/3/approfondissement", 2, 1),
    ]
    assert set(Amphi.objects.values_list("etat", flat=True)) == {"valide"}


def test_list_gives_each_interne_his_rank_and_absents_their_statut():
    make_inscrit("Ana", rang_local=2)
    make_inscrit("Bo", rang_local=1, absence_prevue=True)
    make_inscrit("Cy", rang_local=9, semestres_valides=5)
    prepare()
    assert ranks(Amphi.objects.get()) == [
        (1, "Cy", "a_venir"),
        (2, "Bo", "hors_choix"),
        (3, "Ana", "a_venir"),
    ]


def test_figures_are_stored_with_their_hash():
    make_inscrit("Ana", rang_local=466, effectif_local=614)
    prepare()
    liste = ListeAppel.objects.get()
    (ligne,) = liste.figures
    assert (ligne["rang_actualise"], ligne["rang_affiche"]) == ("233/307", "0.75")
    assert (liste.version, liste.published_at, liste.graine) == (1, None, "graine")
    assert len(liste.empreinte) == 64


def test_missing_effectif_is_counted_over_the_groupe_all_phases():
    make_inscrit("Ana", effectif_local=None)
    make_inscrits(["Bo", "Cy"], phase=Phase.SOCLE)
    make_inscrit("Di", groupe=make_groupe("9", "Biologie"))
    prepare()
    amphi = Amphi.objects.get(phase=Phase.APPROFONDISSEMENT, groupe__code="3")
    (ligne,) = amphi.listes.get().figures
    assert (ligne["effectif_local"], ligne["effectif_compte"]) == (3, True)


def test_method_of_rescaling_is_kept_until_another_is_asked_for():
    make_inscrit("Ana", rang_local=3)
    prepare(methode=MethodeReclassement.POURCENTAGE)
    prepare()
    assert ListeAppel.objects.get().methode == "pourcentage"
    prepare(methode=MethodeReclassement.DECALES)
    assert ListeAppel.objects.get().methode == "decales"


def test_second_run_changes_nothing():
    make_inscrits(["Ana", "Bo"], ne_le=None)
    make_inscrit("Cy", phase=Phase.ANCIEN_REGIME)
    make_offert("1")
    prepare()
    before = snapshot()
    prepare(graine="une autre")
    assert snapshot() == before


def test_run_after_a_correction_recomputes_the_provisional_list():
    ana, _ = make_inscrits(["Ana", "Bo"])
    prepare()
    ana.rang_local = 9
    ana.save()
    prepare()
    assert [nom for _, nom, _ in ranks(Amphi.objects.get())] == ["Bo", "Ana"]
    assert ListeAppel.objects.count() == 1


def test_interne_who_left_the_groupe_leaves_the_amphi():
    ana, _ = make_inscrits(["Ana", "Bo"])
    prepare()
    ana.phase = Phase.SOCLE
    ana.save()
    prepare()
    assert [nom for _, nom, _ in ranks(Amphi.objects.get(phase=Phase.APPROFONDISSEMENT))] == ["Bo"]


def test_published_list_stands_and_the_report_says_so():
    ana, _ = make_inscrits(["Ana", "Bo"])
    prepare()
    ListeAppel.objects.update(published_at=MAINTENANT)
    figures = ListeAppel.objects.get().figures
    ana.rang_local = 9
    ana.save()
    (prepare_one,) = prepare()
    assert "publiée" in prepare_one.note
    assert ListeAppel.objects.get().figures == figures
    assert [nom for _, nom, _ in ranks(Amphi.objects.get())] == ["Ana", "Bo"]


def test_started_amphi_is_left_as_it_is():
    make_inscrits(["Ana"])
    make_offert("1")
    prepare()
    start_prepared(Amphi.objects.get())
    make_inscrit("Bo", rang_local=2)
    before = snapshot()
    (prepare_one,) = prepare()
    assert "commencé" in prepare_one.note
    assert snapshot() == before


def test_ancien_regime_chooses_first_on_the_shared_offer():
    make_inscrits([f"A{n}" for n in range(3)], phase=Phase.ANCIEN_REGIME)
    make_inscrits([f"B{n}" for n in range(40)])
    make_offert("1")
    prepare(debut=datetime(2027, 4, 5, 9))  # noqa: DTZ001 - local hour
    ancien = Amphi.objects.get(phase=Phase.ANCIEN_REGIME)
    suivant = Amphi.objects.get(phase=Phase.APPROFONDISSEMENT)
    assert suivant.precedent == ancien
    assert (ancien.debut, ancien.fin) == (
        datetime(2027, 4, 5, 7, tzinfo=UTC),
        datetime(2027, 4, 5, 7, 10, tzinfo=UTC),
    )
    assert [(s.debut.hour, s.debut.minute, s.rang_de, s.rang_a) for s in suivant.sessions.all()] == [
        (7, 10, 1, 30),
        (7, 40, 31, 40),
    ]


def test_amphis_without_a_common_poste_are_not_chained():
    make_inscrit("Ana", phase=Phase.ANCIEN_REGIME)
    make_inscrit("Bo")
    make_offert("1", regime=Regime.ANCIEN_REGIME)
    make_offert("2", regime=Regime.APPROFONDISSEMENT)
    prepare()
    assert not Amphi.objects.filter(precedent__isnull=False).exists()
    assert len(set(Amphi.objects.values_list("debut", flat=True))) == 1


def test_first_session_is_on_the_first_monday_of_april_unless_said():
    make_inscrit("Ana")
    prepare()
    amphi = Amphi.objects.get()
    assert amphi.debut == datetime(2027, 4, 5, 7, tzinfo=UTC)
    assert amphi.ouverture_favoris == datetime(2027, 3, 29, 7, tzinfo=UTC)


def test_favourites_follow_a_new_hour_until_they_are_open():
    make_inscrit("Ana")
    prepare(debut=datetime(2027, 3, 9, 9))  # noqa: DTZ001 - local hour
    prepare(debut=datetime(2027, 3, 8, 9))  # noqa: DTZ001 - local hour
    ouverts = datetime(2027, 3, 1, 8, tzinfo=UTC)
    assert Amphi.objects.get().ouverture_favoris == ouverts
    prepare(debut=datetime(2027, 4, 6, 14))  # noqa: DTZ001 - local hour
    assert Amphi.objects.get().ouverture_favoris == ouverts


def test_new_hour_recuts_and_no_hour_keeps_limits_moved_by_hand():
    make_inscrits([f"A{n}" for n in range(40)])
    prepare()
    premiere, seconde = SessionChoix.objects.order_by("numero")
    premiere.rang_a, seconde.rang_de = 20, 21
    premiere.save()
    seconde.save()
    prepare()
    assert SessionChoix.objects.get(numero=1).rang_a == 20
    prepare(debut=datetime(2027, 4, 6, 14))  # noqa: DTZ001 - local hour
    assert SessionChoix.objects.get(numero=1).rang_a == 30
    assert Amphi.objects.get().debut == datetime(2027, 4, 6, 12, tzinfo=UTC)


def test_interne_already_affecte_is_hors_choix():
    ana, _ = make_inscrits(["Ana", "Bo"])
    Affectation.objects.create(
        interne=ana.interne,
        semestre=make_semestre(),
        poste=make_offert("1"),
        type_choix="classique",
        chosen_at=1,
    )
    prepare()
    assert [statut for _, _, statut in ranks(Amphi.objects.get())] == ["hors_choix", "a_venir"]


def test_medecine_generale_refuses_a_service_twice_by_default():
    make_inscrit("Ana", des=make_des("MGE", "Médecine générale"))
    prepare()
    assert Amphi.objects.get().parametres == {"deja_valide": "refuse"}


@pytest.mark.parametrize(
    ("demande", "mot"),
    [
        ({"semestre": "2027-05"}, "Importez"),
        ({"semestre": "2031-05"}, "Rien n’est importé"),
        ({"semestre": "mai"}, "n’est pas un semestre"),
        ({"semestre": "2027-05", "subdivision": "XX"}, "Connues : IDF"),
    ],
)
def test_what_cannot_be_prepared_is_told_with_its_remedy(demande, mot):
    make_semestre()
    make_subdivision()
    with pytest.raises(PreparationRefusee, match=mot):
        prepare_amphis(DemandePreparation(graine="g", **demande), maintenant=MAINTENANT)
