"""The published cases of tests/vectors/surnombre.json hold."""

import json
from pathlib import Path

import pytest

from gradin.domain.eligibilite.regles import first_refusal
from gradin.domain.eligibilite.situation import Candidat, Place, Reglement, TypeChoix

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "surnombre.json").read_text("utf-8"))


@pytest.mark.parametrize("cas", VECTORS["cas"])
def test_surnombre_case_of_the_manual(cas):
    rangs = cas.get("pris_par_classiques", [])
    place = Place(
        poste="1",
        service="1",
        rang_classique=rangs[0] if rangs else None,
        surnombres_service=cas.get("surnombres_du_service", cas.get("pris_par_surnombres", 0)),
    )
    candidat = Candidat(rang=cas["rang"], type_choix=TypeChoix(cas["type"]))
    reglement = Reglement(surnombres_max=cas.get("surnombres_max"))
    motif = first_refusal(candidat, place, reglement)
    assert (motif is None) is cas["ouvert"]
    assert (motif and motif.value) == cas.get("motif")
