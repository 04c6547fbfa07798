"""Importing postes: numbers, services by IMOTEP, reservations."""

import pytest

from gradin.data.postes.models import Poste
from gradin.data.referentiel.models import Etablissement, Service
from gradin.operations.imports.anomalies import FichierRefuse
from gradin.operations.imports.demande import DemandeImport
from gradin.operations.imports.import_postes import import_postes
from tests.factories.amphis import make_amphi
from tests.factories.fichiers import POSTE, make_postes, write_xlsx
from tests.factories.live import start

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    def run(lignes, *, essai=False):
        chemin = write_xlsx(tmp_path / "postes.xlsx", lignes)
        return import_postes(DemandeImport(chemin=chemin, semestre="2027-05", essai=essai))

    return run


def refusals(run, *lignes):
    with pytest.raises(FichierRefuse) as caught:
        run(list(lignes))
    return caught.value.anomalies


def test_one_line_gives_a_poste_its_service_and_its_place(run):
    run([POSTE])
    poste = Poste.objects.get()
    assert (poste.numero, poste.regime, poste.reserve, poste.etat) == (
        "2665",
        "ar-approfondissement",
        False,
        "libre",
    )
    assert (poste.service.imotep, poste.service.chef) == ("01000105", "MEUNIER ANTOINE")
    assert (poste.service.etablissement.departement, poste.service.etablissement.ville) == (
        "01",
        "Bourg-en-Bresse",
    )
    assert "endocrinologie" in poste.recherche


def test_second_run_changes_nothing(run):
    lignes = make_postes(6)
    run(lignes)
    before = list(Poste.objects.values().order_by("pk"))
    assert run(lignes).changements == 0
    assert before == list(Poste.objects.values().order_by("pk"))


def test_essai_writes_nothing(run):
    assert run([POSTE], essai=True).crees == 1
    assert not Service.objects.exists()


def test_zeros_that_the_sheet_ate_come_back(run):
    run([{**POSTE, "IMOTEP": 1000105, "Département": 1}])
    assert Service.objects.get().imotep == "01000105"
    assert Etablissement.objects.get().departement == "01"


@pytest.mark.parametrize("imotep", ["1000105", "0100010", "A1000105", None, "010001055"])
def test_imotep_that_is_no_eight_digits_is_refused(run, imotep):
    (anomalie,) = refusals(run, {**POSTE, "IMOTEP": imotep})
    assert (anomalie.colonne, anomalie.cellule) == ("IMOTEP", "I2")


def test_doubled_number_names_both_lines(run):
    (anomalie,) = refusals(run, POSTE, {**POSTE, "Service": "AUTRE"})
    assert (anomalie.ligne, anomalie.colonne) == (3, "Numéro")
    assert "ligne 2" in anomalie.message


def test_new_chef_updates_the_service_and_the_search_of_its_postes(run):
    run([POSTE])
    rapport = run([{**POSTE, "Chef de service": "NOËL ZOÉ"}])
    assert Service.objects.get().chef == "NOËL ZOÉ"
    assert rapport.modifies == 1
    assert "noel zoe" in Poste.objects.get().recherche


def test_service_described_in_two_ways_keeps_the_first_and_warns(run):
    lignes = [POSTE, {**POSTE, "Numéro": 2666, "Chef de service": "AUTRE"}]
    assert [a.ligne for a in run(lignes).avertissements] == [3]
    assert Service.objects.get().chef == "MEUNIER ANTOINE"
    assert run(lignes).changements == 0


def test_reserved_codes_are_read_and_normalised(run):
    run([{**POSTE, "Réservé": "Oui", "Réservé à": "edn | Médecine générale | Douleur"}])
    assert Poste.objects.get().reserve_a == ["EDN", "MGE", "douleur"]


def test_codes_without_oui_are_refused(run):
    (anomalie,) = refusals(run, {**POSTE, "Réservé à": "EDN"})
    assert anomalie.colonne == "Réservé à"


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        ("Phase socle", "socle"),
        ("PHASE D’APPROFONDISSEMENT", "approfondissement"),
        ("Ancien régime", "ancien-regime"),
        ("Ancien régime / Phase d'approfondissement", "ar-approfondissement"),
    ],
)
def test_regimes_are_read_as_the_ars_writes_them(run, ecrit, lu):
    run([{**POSTE, "Régime de formation": ecrit}])
    assert Poste.objects.get().regime == lu


def test_dangerous_text_is_kept_as_it_is(run):
    run([{**POSTE, "Service": "<script>alert(1)</script>", "Fléchage": "@somme {{7*7}}"}])
    assert Service.objects.get().nom == "<script>alert(1)</script>"
    assert Poste.objects.get().flechage == "@somme {{7*7}}"


def test_poste_of_a_started_amphi_changes_no_more_by_a_file(run):
    amphi = make_amphi(internes=1, postes=1)
    start(amphi)
    (anomalie,) = refusals(run, {**POSTE, "Numéro": "1"})
    assert "a commencé" in anomalie.message


def test_changed_poste_makes_the_cached_offer_old(run):
    amphi = make_amphi(internes=1, postes=1)
    run([{**POSTE, "Numéro": "1"}])
    version = amphi.version_offre
    amphi.refresh_from_db()
    assert amphi.version_offre == version + 1
