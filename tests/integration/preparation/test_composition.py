"""An amphi from any list of internes and postes; corrections of a published list; confirmed ties."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from gradin.data.amphis.models import Amphi, ListeAppel, Place
from gradin.data.internes.models import Phase
from gradin.operations.amphis.actes_avant import run_acte_avant
from gradin.operations.preparation.composition import Composition, make_amphi
from gradin.operations.preparation.listes import compute_liste, confirm_ex_aequo
from gradin.operations.preparation.refus import PreparationRefusee
from gradin.queries.listes import explain_ligne, read_liste
from tests.factories.referentiel import make_groupe, make_semestre, make_subdivision
from tests.factories.roster import make_inscrit, make_inscrits, make_offert, start_prepared

pytestmark = pytest.mark.django_db
MAINTENANT = datetime(2027, 3, 1, 8, tzinfo=UTC)
MS = round(MAINTENANT.timestamp() * 1000)


def compose(inscriptions, postes=(), **fields):
    return Composition(
        semestre=make_semestre(),
        subdivision=make_subdivision(),
        groupe=make_groupe(),
        phase=Phase.APPROFONDISSEMENT,
        intitule="FST douleur",
        inscriptions=[inscription.pk for inscription in inscriptions],
        postes=[poste.pk for poste in postes],
        **{"variante": "fst-douleur", **fields},
    )


def make(composition):
    return make_amphi(composition, maintenant=MAINTENANT, graine="graine")


def test_amphi_of_a_fst_mixes_phases_and_groupes():
    ana = make_inscrit("Ana", phase=Phase.SOCLE, fst="douleur")
    bo = make_inscrit("Bo", groupe=make_groupe("9", "Biologie"), fst="douleur")
    amphi = make(compose((ana, bo), (make_offert("1"),)))
    assert (amphi.etat, amphi.postes.count(), amphi.sessions.count()) == ("valide", 1, 1)
    assert {place.inscription_id for place in amphi.places.all()} == {ana.pk, bo.pk}


def test_interne_may_stand_in_two_amphis():
    ana = make_inscrit("Ana")
    make(compose((ana,)))
    make(compose((ana,), variante="ambulatoire"))
    assert Place.objects.filter(inscription=ana).count() == 2


def test_same_composition_again_changes_nothing_and_another_offer_is_followed():
    ana, un, deux = make_inscrit("Ana"), make_offert("1"), make_offert("2")
    amphi = make(compose((ana,), (un,)))
    version = Amphi.objects.get().version_offre
    make(compose((ana,), (un,)))
    assert Amphi.objects.get().version_offre == version
    make(compose((ana,), (deux,)))
    assert list(amphi.postes.all()) == [deux]
    assert Amphi.objects.get().version_offre == version + 1


def test_started_amphi_is_refused():
    composition = compose((make_inscrit("Ana"),), (make_offert("1"),))
    start_prepared(make(composition))
    with pytest.raises(PreparationRefusee, match="Passez par la régie"):
        make(replace(composition, postes=()))


def test_correction_of_a_published_list_is_a_new_version_with_its_motive():
    ana, _ = make_inscrits(["Ana", "Bo"])
    amphi = make(compose((ana, _)))
    assert run_acte_avant("publier_liste", amphi.pk, auteur=None, maintenant=MS).statut == 201
    ana.rang_local = 9
    ana.save()
    unchanged = compute_liste(amphi, maintenant=MAINTENANT, graine="autre")
    assert (unchanged.version, ListeAppel.objects.count()) == (1, 1)
    corrected = compute_liste(amphi, maintenant=MAINTENANT, graine="autre", motif="Rang local rectifié")
    assert (corrected.version, corrected.graine, corrected.published_at) == (2, "graine", None)
    premiere = ListeAppel.objects.get(version=1)
    assert [ligne["nom"] for ligne in premiere.figures] == ["Ana", "Bo"]
    assert [ligne["nom"] for ligne in corrected.figures] == ["Bo", "Ana"]
    assert premiere.empreinte != corrected.empreinte


def test_hash_covers_every_figure_that_the_amphi_reads():
    ana = make_inscrit("Ana")
    amphi = make(compose((ana,)))
    before = ListeAppel.objects.get().empreinte
    ana.effectif_local = 11
    ana.save()
    make(compose((ana,)))
    assert amphi.listes.get().empreinte != before


def test_confirmed_ties_stay_confirmed_until_they_change():
    ana, bo = make_inscrit("Ana"), make_inscrit("Bo")
    amphi = make(compose((ana, bo)))
    (groupe,) = ListeAppel.objects.get().a_confirmer
    assert sorted(groupe) == ["INEANA", "INEBO"]
    confirm_ex_aequo(amphi.pk, auteur="agent@ars.example", maintenant=MAINTENANT)
    make(compose((ana, bo)))
    assert ListeAppel.objects.get().ties_confirmed_by == "agent@ars.example"
    make(compose((ana, bo, make_inscrit("Cy"))))
    assert ListeAppel.objects.get().ties_confirmed_at is None


def test_stored_list_explains_each_rank_from_its_frozen_figures():
    ana = make_inscrit("Ana", rang_local=4, effectif_local=12, semestres_recherche=2)
    amphi = make(compose((ana,)))
    ana.semestres_valides = 9
    ana.save()
    etapes = explain_ligne(amphi.pk, "INEANA")
    assert etapes[0].resultat == "5 semestres"
    assert etapes[3].resultat == "0,33"
    assert explain_ligne(amphi.pk, "INCONNU") == ()


def test_amphi_without_a_list_reads_none():
    amphi = make(compose((make_inscrit("Ana"),)))
    ListeAppel.objects.all().delete()
    assert read_liste(amphi.pk) is None
    assert explain_ligne(amphi.pk, "INEANA") == ()
