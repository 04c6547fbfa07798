"""What an interne declares of his past is refused where it contradicts what is known, and says what to do."""

from dataclasses import replace

import pytest

from gradin.domain.maquettes.modele import NatureAgrement
from gradin.domain.parcours.coherence import Connu, Declaration, find_contradiction
from gradin.domain.parcours.modele import Situation

CONNU = Connu(
    promotion=2024,
    des="MGE",
    subdivision="Lyon",
    pour="2027-05",
    phases={"2024-11": "socle", "2026-05": "approfondissement"},
    regions=frozenset({"Lyon"}),
    formations={"MGE": "medecin", "PED": "medecin", "PH": "pharmacien"},
)
DITE = Declaration(
    semestre="2025-05",
    situation=Situation.STAGE,
    phase="socle",
    des="MGE",
    agrement=NatureAgrement.PRINCIPAL,
    service="84000105",
)


def plain(texte):
    return texte.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_stage_that_contradicts_nothing_is_accepted():
    assert find_contradiction(DITE, CONNU) == ""


@pytest.mark.parametrize(
    ("change", "dit"),
    [
        ({"semestre": "2024-05"}, "votre internat commence en novembre 2024"),
        ({"semestre": "2027-05"}, "n’a pas commencé"),
        ({"semestre": "2026-05"}, "déjà dans votre parcours"),
        ({"service": ""}, "un service que la plateforme connaît"),
        ({"situation": Situation.ETRANGER, "service": ""}, "Écrivez l’hôpital"),
        ({"situation": Situation.ANNEE_RECHERCHE}, "n’a pas de service"),
        ({"situation": Situation.HORS_SUBDIVISION, "lieu": "CHU"}, "Choisissez « Stage »"),
        ({"des": ""}, "Choisissez le DES"),
        ({"des": "PH"}, "autre formation"),
        ({"des": "PED"}, "agrément principal"),
        ({"phase": "consolidation"}, "les phases se suivent"),
    ],
)
def test_each_contradiction_is_refused_with_what_to_do(change, dit):
    assert dit in plain(find_contradiction(replace(DITE, **change), CONNU))


def test_a_service_of_another_subdivision_is_no_stage_of_this_one():
    ailleurs = replace(CONNU, regions=frozenset({"Grenoble"}))
    assert "« Hors subdivision »" in plain(find_contradiction(DITE, ailleurs))
