"""The demonstration loads whole, the same for the same seed, and a second time changes nothing."""

from datetime import UTC, datetime

import pytest

from gradin.cli.demo.chargement import SEMESTRE, Chargement
from gradin.data.amphis.models import Affectation, Amphi, EtatAmphi, Fait, Place
from gradin.data.comptes.models import Compte, Role
from gradin.data.internes.models import Inscription
from gradin.data.postes.models import Poste
from gradin.live.temps import maintenant_ms
from gradin.queries.demonstration import (
    OFFERTS,
    compte_of_demonstration,
    comptes_demonstration,
    inscription_a_essayer,
    relais_en_cours,
)

pytestmark = pytest.mark.django_db


def load() -> list[str]:
    return list(Chargement(graine=2027, internes=None, maintenant=maintenant_ms()).run())


def choices() -> list[tuple[str, str]]:
    return sorted(Affectation.objects.values_list("interne__ine", "poste__numero"))


def test_the_semester_is_whole_with_an_amphi_in_each_state_and_twice_is_once() -> None:
    load()
    # Past semestres hold the stages that evaluations speak of.
    postes = Poste.objects.filter(semestre__code=SEMESTRE)
    assert (Inscription.objects.count(), postes.count()) == (1_350, 1_434)
    assert (
        Compte.objects.filter(role=Role.INTERNE).exclude(email__startswith="docteur.junior").count() == 1_349
    )
    etats = set(Amphi.objects.values_list("etat", flat=True))
    assert etats == {
        EtatAmphi.BROUILLON,
        EtatAmphi.VALIDE,
        EtatAmphi.OUVERT,
        EtatAmphi.EN_COURS,
        EtatAmphi.CLOS,
    }
    assert [offert.cle for offert in comptes_demonstration()] == [offert.cle for offert in OFFERTS]
    a_inscrire = inscription_a_essayer()
    assert a_inscrire is not None and (a_inscrire.nom, a_inscrire.ine) == ("Guérin", "8470000971EJ")
    check_the_interne_of_the_banner_waits_for_a_tour_that_comes_soon()
    check_played_scenes_lie_in_the_past_whatever_the_day()
    check_the_banner_goes_on_to_the_next_amphi_once_she_has_had_her_tour()

    faits, choix = Fait.objects.count(), choices()
    load()
    assert (Fait.objects.count(), choices()) == (faits, choix)
    assert (
        Compte.objects.filter(role=Role.INTERNE).exclude(email__startswith="docteur.junior").count() == 1_349
    )


def check_the_interne_of_the_banner_waits_for_a_tour_that_comes_soon() -> None:
    amphi, *_ = relais_en_cours()
    assert (amphi.etat, [qui.nom for qui in amphi.personnes]) == (
        EtatAmphi.EN_COURS,
        ["Camille L'Hermite", "Jeanne Chabert"],
    )
    sienne = Place.objects.get(amphi=amphi.pk, inscription__interne__courriel=OFFERTS[0].courriel)
    devant = Place.objects.filter(amphi=amphi.pk, rang__lt=sienne.rang, statut__in=("a_venir", "en_cours"))
    assert 10 <= devant.count() <= 20
    assert sienne.inscription.type_choix == "classique"
    assert sienne.inscription.favoris.count() > 3


def check_played_scenes_lie_in_the_past_whatever_the_day() -> None:
    played = Amphi.objects.filter(etat=EtatAmphi.CLOS)
    assert played.count() == 3
    assert all(amphi.debut is not None and amphi.debut < datetime.now(UTC) for amphi in played)


def check_the_banner_goes_on_to_the_next_amphi_once_she_has_had_her_tour() -> None:
    amphi, suivant, *_ = relais_en_cours()
    Amphi.objects.filter(pk=amphi.pk).update(etat=EtatAmphi.CLOS)
    offert, *autres = comptes_demonstration()
    assert (offert.courriel, offert.role) == (
        suivant.personnes[0].courriel,
        "interne, choisit à l’amphi suivant",
    )
    assert compte_of_demonstration(offert.cle) == Compte.objects.get(pk=suivant.personnes[0].compte)
    assert [autre.cle for autre in autres] == ["interne", "agent"]
    Amphi.objects.filter(pk=amphi.pk).update(etat=EtatAmphi.EN_COURS)
    assert comptes_demonstration() == OFFERTS
