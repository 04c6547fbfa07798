"""Who may read what of a fact, and what the snapshot shows to whom."""

import json

import pytest

from gradin.domain.amphi import commands as c
from gradin.domain.amphi.encodage import encode
from gradin.domain.amphi.lecture import compteurs, etat_poste
from gradin.domain.amphi.places import avertissements_pour, ouverts_a
from gradin.domain.amphi.projection import Audience, project
from gradin.domain.kernel import AVERTISSEMENTS, PHRASES, Motif
from tests.unit.amphi.partie import Partie, ligne, poste
from tests.unit.amphi.test_journal import full_amphi


@pytest.fixture(scope="module")
def faits():
    return full_amphi().faits


def test_the_public_reads_p_and_nothing_else(faits):
    for fait in faits:
        lu = project(fait, Audience.PUBLIC)
        assert (lu.fait, lu.p, lu.prive) == (*encode(fait)[:2], {})


def test_the_amphi_reads_the_texts_of_messages_besides(faits):
    lus = {lu.fait: dict(lu.prive) for lu in (project(fait, Audience.AMPHI) for fait in faits) if lu.prive}
    assert lus == {"MessageDiffuse": {"texte": "Bonjour à tous"}}


def test_the_regie_reads_all(faits):
    for fait in faits:
        assert project(fait, Audience.REGIE).prive == (encode(fait)[2] or {})


def test_a_reserved_act_is_empty_for_everybody_else(faits):
    reserves = [
        project(fait, Audience.AMPHI, interne=5) for fait in faits if encode(fait)[0] == "ActeReserve"
    ]
    assert reserves
    assert all(lu.p == {} and lu.prive == {} for lu in reserves)


def test_everyone_reads_his_own_private_parts_only(faits):
    for interne in (1, 3, 6):
        for fait in faits:
            prive = project(fait, Audience.AMPHI, interne=interne).prive
            _, p, _ = encode(fait)
            if "liste" in prive:
                assert {one["interne"] for one in prive["liste"]} <= {interne}
            elif prive and "texte" not in prive:
                assert interne in (p.get("interne"), prive.get("interne"))
            assert "auteur" not in json.dumps(prive)


def test_one_reads_his_own_type_and_length(faits):
    lus = [project(fait, Audience.AMPHI, interne=1) for fait in faits]
    tours = [lu.prive["duree_ms"] for lu in lus if lu.fait == "TourOuvert" and lu.p["interne"] == 1]
    assert set(tours) == {120_000}
    ouverture = lus[0].prive["liste"][0]
    assert ouverture["prive"]["multiplicateur"] == "4/3"
    assert ouverture["prive"]["figures"] == [["rang_actualise", "2330/307"]]


def test_read_rows_tell_the_state_of_each_interne_and_poste():
    partie = Partie(3, 3, tenus=("2",))
    partie.choose(1, "1")
    partie.pass_open()
    etat = partie.etat
    assert {i: s.value for i, s in etat.statuts.items()} == {1: "a_choisi", 2: "passe", 3: "en_cours"}
    assert {p: etat_poste(etat, p).value for p in etat.postes} == {"1": "pourvu", "2": "pourvu", "3": "libre"}
    assert {i: choix.poste for i, choix in etat.choix.items()} == {1: "1"}
    assert etat.causes[2].value == "agent"
    compte = compteurs(partie.etat)
    assert (compte.offerts, compte.choisis, compte.restants) == (3, 2, 1)


def test_why_each_poste_is_open_or_not():
    offre = [poste("1"), poste("2", reserve=["PED"]), poste("3")]
    partie = Partie(2, offre=offre)
    partie.choose(1, "1")
    assert ouverts_a(partie.etat, 2) == {"1": Motif.POSTE_POURVU, "2": Motif.POSTE_RESERVE, "3": None}
    assert set(ouverts_a(partie.etat, 1).values()) == {Motif.DEJA_AFFECTE}
    assert set(ouverts_a(partie.etat, 2, affecte_ailleurs=True).values()) == {Motif.DEJA_AFFECTE}


def test_service_already_validated_warns_or_refuses_as_set():
    liste = [ligne(1, valides=("S1",), hors_maquette=("2",))]
    souple = Partie(liste=liste)
    dits = {"1": (Motif.DEJA_VALIDE,), "2": (Motif.HORS_MAQUETTE,)}
    assert avertissements_pour(souple.etat, 1, souple.etat.postes) == dits
    souple.choose(1, "2")
    assert avertissements_pour(souple.etat, 1, souple.etat.postes) == {}
    strict = Partie(liste=liste, deja_valide="refuse", maquette="refuse")
    assert avertissements_pour(strict.etat, 1, strict.etat.postes) == {}
    assert strict.why_not(strict.confirm(1, "1")) is Motif.DEJA_VALIDE
    assert strict.why_not(strict.confirm(1, "2")) is Motif.HORS_MAQUETTE
    assert strict.choose(1, "3")


def test_amphi_without_surnombre_refuses_it():
    partie = Partie(liste=[ligne(1, type_choix=c.TypeChoix.SURNOMBRE_VALIDANT)], surnombre="interdit")
    assert partie.why_not(partie.confirm(1, "1")) is Motif.SURNOMBRE_INTERDIT


def test_each_motif_has_a_sentence_that_ends_and_says_what_to_do():
    assert set(PHRASES) == set(Motif)
    assert all(phrase.endswith(".") and len(phrase.split()) > 5 for phrase in PHRASES.values())


def test_warning_never_asks_for_another_poste():
    assert set(AVERTISSEMENTS) == {Motif.DEJA_VALIDE, Motif.HORS_MAQUETTE}
    assert all(phrase.startswith("Possible, mais ") for phrase in AVERTISSEMENTS.values())
