"""The explanation of a rank tells its owner every figure, and nothing of anybody else."""

from datetime import date

from gradin.domain.rang.anciennete import Semestres
from gradin.domain.rang.construction import build_liste
from gradin.domain.rang.explication import explain_rang
from gradin.domain.rang.liste import Candidat
from gradin.domain.rang.parametres import MethodeReclassement, ParametresRang
from gradin.domain.rang.semestre import parse_semestre

NOVEMBRE_2022 = parse_semestre("2022-11")


def candidat(ine="E", *, rang=466, ne_le=date(1995, 1, 1)):
    return Candidat(
        ine=ine,
        promotion=2019,
        rang_local=rang,
        effectif_local=614,
        semestres=Semestres(valides=4, recherche=2),
        ne_le=ne_le,
    )


def explain(*candidats, parametres=None):
    parametres = parametres or ParametresRang(effectifs_imposes=((2019, 10),), graine="7f3a")
    liste = build_liste(NOVEMBRE_2022, candidats, parametres)
    return explain_rang(
        liste.lignes[-1],
        semestre=NOVEMBRE_2022,
        parametres=parametres,
        semestres=candidats[-1].semestres,
        plus_anciens=0,
    )


def test_every_step_stands_in_order():
    intitules = [etape.intitule for etape in explain(candidat())]
    assert intitules == [
        "Ancienneté",
        "Promotion théorique",
        "Effectif de la promotion théorique",
        "Rang actualisé",
        "Rang d’appel",
    ]


def test_the_fraction_is_exact_and_the_result_truncated():
    etape = explain(candidat())[3]
    assert "2330/307" in etape.calcul
    assert etape.resultat == "7,58"


def test_imposed_effectif_is_said():
    assert "fixé par l’ARS" in explain(candidat())[2].calcul
    assert "Internes de cette liste" in explain(candidat(), parametres=ParametresRang())[2].calcul


def test_missing_rank_sends_to_the_ars():
    assert "signalez-le à l’ARS" in explain(candidat(rang=None))[3].calcul


def test_unmoved_interne_of_decales_reads_that_his_rank_stands():
    parametres = ParametresRang(methode=MethodeReclassement.DECALES)
    etape = explain(candidat(), parametres=parametres)[3]
    assert "inchangée" in etape.calcul
    assert etape.resultat == "466,00"


def test_draw_is_told_with_its_seed():
    etapes = explain(candidat("E"), candidat("F"))
    assert "7f3a" in etapes[-1].calcul
    assert etapes[-1].resultat == "sort"


def test_birth_date_of_the_other_is_not_told():
    etapes = explain(candidat("E", ne_le=date(1994, 3, 2)), candidat("F", ne_le=date(1994, 9, 10)))
    assert etapes[-1].resultat == "naissance"
    assert all("1994" not in etape.calcul for etape in etapes)
