"""The published cases of tests/vectors/rang.json hold."""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from gradin.domain.rang.actualise import compute_rang_actualise, show_rang, write_fraction
from gradin.domain.rang.anciennete import Semestres, compute_anciennete
from gradin.domain.rang.construction import build_liste
from gradin.domain.rang.liste import Candidat, ListeAppel
from gradin.domain.rang.parametres import ParametresRang
from gradin.domain.rang.promotion import find_promotion_theorique
from gradin.domain.rang.semestre import parse_semestre

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "rang.json").read_text("utf-8"))


@pytest.mark.parametrize("cas", VECTORS["anciennete"])
def test_anciennete_of_the_manual(cas):
    semestres = Semestres(
        valides=cas["valides"],
        surnombre_non_validant=cas["surnombre_non_validant"],
        recherche=cas["recherche"],
        convenances=cas.get("convenances", 0),
    )
    assert compute_anciennete(semestres, ParametresRang()) == cas["attendu"]


@pytest.mark.parametrize(
    ("semestre", "cas"),
    [(groupe["semestre"], cas) for groupe in VECTORS["promotion_theorique"] for cas in groupe["cas"]],
)
def test_promotion_theorique_of_the_manual(semestre, cas):
    assert find_promotion_theorique(parse_semestre(semestre), cas["anciennete"]) == cas["attendu"]


@pytest.mark.parametrize("cas", VECTORS["rang_actualise"])
def test_rang_actualise_is_exact_and_shown_truncated(cas):
    rang = compute_rang_actualise(
        rang_local=cas["rang_local"],
        effectif_local=cas["effectif_local"],
        effectif_theorique=cas["effectif_theorique"],
    )
    assert rang == Fraction(cas["exact"])
    assert write_fraction(rang) == cas["exact"]
    assert show_rang(rang) == cas["affiche"]


def build_from(cas) -> ListeAppel:
    candidats = (
        Candidat(
            ine=interne["nom"],
            promotion=interne["promotion"],
            rang_local=interne["rang_local"],
            effectif_local=interne["effectif_local"],
            semestres=Semestres(valides=interne["anciennete"]),
            ne_le=date.fromisoformat(interne["ne_le"]) if "ne_le" in interne else None,
        )
        for interne in cas["internes"]
    )
    imposes = tuple((int(annee), effectif) for annee, effectif in cas["effectif_theorique_impose"].items())
    return build_liste(
        parse_semestre(cas["semestre"]), candidats, ParametresRang(effectifs_imposes=imposes, graine="graine")
    )


def test_call_list_of_sante_publique():
    liste = build_from(VECTORS["liste_appel"])
    assert [ligne.ine for ligne in liste.lignes] == VECTORS["liste_appel"]["ordre"]
    shown = [show_rang(ligne.rang_actualise) for ligne in liste.lignes]
    assert shown == VECTORS["liste_appel"]["rangs_affiches"]
    assert liste.a_confirmer == ()


def test_equals_parted_by_birth_date_are_to_be_confirmed():
    liste = build_from(VECTORS["liste_appel_ex_aequo"])
    assert [ligne.ine for ligne in liste.lignes] == VECTORS["liste_appel_ex_aequo"]["ordre"]
    assert [list(groupe) for groupe in liste.a_confirmer] == VECTORS["liste_appel_ex_aequo"]["a_confirmer"]
