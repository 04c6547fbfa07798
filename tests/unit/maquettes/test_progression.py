"""The progress in a maquette: done, projected, owed; what a poste serves; the properties of both."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradin.domain.maquettes.ecriture import read_maquette, write_maquette
from gradin.domain.maquettes.modele import (
    Exigence,
    Lieu,
    Maquette,
    MaquetteInvalide,
    NatureAgrement,
    PhaseMaquette,
    StageFait,
    Terrain,
    default_phases,
)
from gradin.domain.maquettes.progression import compute_progression, serves
from tests.ampleur import times

NATIONALES = Path(__file__).parents[3] / "gradin" / "data" / "parcours" / "nationales.json"
SOCLE, APPRO, CONSO = PhaseMaquette


def terrain(texte="", service="S1", des="MGE", lieu=Lieu.HOSPITALIER, universitaire=False):
    return Terrain(
        service=service,
        des=des,
        agrement=NatureAgrement.PRINCIPAL,
        universitaire=universitaire,
        lieu=lieu,
        texte=texte,
    )


def stage(texte="", phase=APPRO, *, valide=True, semestre="2025-05", **lui):
    return StageFait(semestre=semestre, phase=phase, terrain=terrain(texte, **lui), valide=valide)


def medecine_generale():
    return read_maquette(json.loads(NATIONALES.read_text(encoding="utf-8"))[0])


def owed(progression):
    return {un.exigence.intitule: un.du for un in progression.exigences if un.du}


def test_a_validated_stage_is_done_a_presumed_one_projected_the_rest_owed():
    lue = compute_progression(
        medecine_generale(), [stage("urgences adultes", SOCLE), stage("pediatrie", valide=False)]
    )
    dits = {un.exigence.intitule: (un.fait, un.projete, un.du) for un in lue.exigences}
    assert dits["Urgences adultes"] == (1, 0, 0)
    assert dits["Santé de la femme et de l’enfant"] == (0, 1, 0)
    assert dits["Niveau 3 (ambulatoire)"] == (0, 0, 2)
    assert [(un.phase, un.fait, un.projete, un.du) for un in lue.phases] == [
        (SOCLE, 1, 0, 1),
        (APPRO, 0, 1, 3),
        (CONSO, 0, 0, 2),
    ]


def test_a_stage_of_another_phase_does_not_serve_a_requirement_of_this_one():
    assert "Urgences adultes" in owed(compute_progression(medecine_generale(), [stage("urgences adultes")]))


def test_the_second_stage_of_a_kind_is_the_free_one_and_the_third_serves_nothing():
    maquette, pediatrie = medecine_generale(), terrain("pediatrie generale")
    faits = [stage("pediatrie generale")]
    assert [une.intitule for une in serves(maquette, faits, APPRO, pediatrie)] == ["Stage libre"]
    faits.append(stage("pediatrie generale", service="S2"))
    assert serves(maquette, faits, APPRO, pediatrie) == ()
    assert serves(maquette, faits, APPRO, terrain("medecine polyvalente"))


def test_one_service_counts_once_where_sites_must_differ():
    maquette = Maquette(
        des="X",
        phases=((SOCLE, 4),),
        exigences=(Exigence(cle="a", intitule="A", nombre=2, distincts=True),),
    )
    assert serves(maquette, [stage(phase=SOCLE)], SOCLE, terrain()) == ()
    assert serves(maquette, [stage(phase=SOCLE)], SOCLE, terrain(service="S2")) != ()


def test_a_stage_may_serve_several_requirements_at_once():
    maquette = read_maquette(json.loads(NATIONALES.read_text(encoding="utf-8"))[1])
    servies = serves(maquette, [], APPRO, terrain(des="CVD", universitaire=True))
    assert [une.nombre for une in servies] == [8, 5]


def test_a_maquette_nobody_could_fulfil_is_refused():
    with pytest.raises(MaquetteInvalide, match="demande 3 semestres pour 2 possibles"):
        Maquette(
            des="X", phases=((SOCLE, 2),), exigences=(Exigence(cle="a", intitule="A", nombre=3, phase=SOCLE),)
        )


def test_phases_when_nothing_is_known():
    assert default_phases(4, chirurgie=False) == ((SOCLE, 2), (APPRO, 4), (CONSO, 2))
    assert default_phases(6, chirurgie=True) == ((SOCLE, 2), (APPRO, 6), (CONSO, 4))


def test_the_shipped_maquettes_say_the_length_of_their_des_and_survive_writing():
    semestres = {}
    for dite in json.loads(NATIONALES.read_text(encoding="utf-8")):
        maquette = read_maquette(dite)
        assert read_maquette(write_maquette(maquette)) == maquette
        semestres[maquette.des] = maquette.semestres
    assert semestres == {"MGE": 8, "CVD": 12, "CMF": 12, "HGE": 10, "ACP": 10}


terrains = st.builds(
    Terrain,
    service=st.sampled_from(("S1", "S2", "S3")),
    des=st.sampled_from(("A", "B")),
    agrement=st.sampled_from(NatureAgrement),
    universitaire=st.booleans(),
    lieu=st.sampled_from(Lieu),
    texte=st.sampled_from(("urgences", "pediatrie", "")),
)
phases = st.sampled_from((SOCLE, APPRO))
faits = st.builds(
    StageFait,
    semestre=st.sampled_from(("2025-05", "2025-11", "2026-05")),
    phase=phases,
    terrain=terrains,
    valide=st.booleans(),
)
parcours = st.lists(faits, max_size=6)


@st.composite
def maquettes(draw):
    nombres = draw(st.lists(st.integers(1, 3), min_size=1, max_size=4))
    exigences = [
        Exigence(
            cle=str(n),
            intitule=str(n),
            nombre=nombre,
            phase=draw(st.sampled_from((None, SOCLE, APPRO))),
            des=draw(st.sampled_from((frozenset(), frozenset("A")))),
            universitaire=draw(st.sampled_from((None, True, False))),
            mots=draw(st.sampled_from(((), ("urgences",)))),
            distincts=draw(st.booleans()),
        )
        for n, nombre in enumerate(nombres)
    ]
    libre = Exigence(cle="libre", intitule="Libre", nombre=draw(st.integers(1, 3)), libre=True)
    libre = replace(libre, phase=draw(st.sampled_from((None, APPRO))))
    return Maquette(des="A", phases=((SOCLE, 3), (APPRO, 3)), exigences=(*exigences, libre))


@given(maquettes(), parcours)
@settings(max_examples=times(40), deadline=None)
def test_done_projected_and_owed_make_what_is_demanded_and_none_is_negative(maquette, stages):
    for un in compute_progression(maquette, stages).exigences:
        assert un.fait + un.projete + un.du == un.exigence.nombre
        assert min(un.fait, un.projete, un.du) >= 0


@given(maquettes(), parcours, st.randoms())
@settings(max_examples=times(30), deadline=None)
def test_the_order_in_which_the_stages_are_read_changes_nothing(maquette, stages, hasard):
    melanges = stages[:]
    hasard.shuffle(melanges)
    assert compute_progression(maquette, stages) == compute_progression(maquette, melanges)


@given(maquettes(), parcours, faits)
@settings(max_examples=times(40), deadline=None)
def test_one_stage_more_never_makes_more_owed(maquette, stages, neuf):
    avant = compute_progression(maquette, stages)
    apres = compute_progression(maquette, [*stages, neuf])
    for un, autre in zip(avant.exigences, apres.exigences, strict=True):
        assert autre.du <= un.du


@given(maquettes(), parcours, phases, terrains)
@settings(max_examples=times(40), deadline=None)
def test_a_poste_is_valid_exactly_when_choosing_it_makes_less_owed(maquette, stages, phase, lieu):
    choisi = StageFait(semestre="2026-11", phase=phase, terrain=lieu, valide=False)
    avant = sum(un.du for un in compute_progression(maquette, stages).exigences)
    apres = sum(un.du for un in compute_progression(maquette, [*stages, choisi]).exigences)
    assert bool(serves(maquette, stages, phase, lieu)) == (apres < avant)


@given(maquettes(), parcours)
@settings(max_examples=times(30), deadline=None)
def test_validating_a_presumed_stage_moves_it_from_projected_to_done(maquette, stages):
    avant = compute_progression(maquette, stages)
    apres = compute_progression(maquette, [replace(un, valide=True) for un in stages])
    for un, autre in zip(avant.exigences, apres.exigences, strict=True):
        assert (autre.fait, autre.projete, autre.du) == (un.fait + un.projete, 0, un.du)
