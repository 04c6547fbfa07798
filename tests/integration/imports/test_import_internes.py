"""Importing internes: all or nothing, idempotent, every error with its cell, nothing lost."""

import pytest

from gradin.data.internes.models import Inscription, Interne
from gradin.data.referentiel.models import Groupe, Semestre, Specialite, Subdivision, Ufr
from gradin.operations.imports.anomalies import FichierRefuse
from gradin.operations.imports.demande import DemandeImport
from gradin.operations.imports.import_internes import import_internes
from tests.factories.amphis import make_amphi
from tests.factories.fichiers import INTERNE, make_internes, write_csv, write_xlsx
from tests.factories.live import start
from tests.factories.referentiel import make_subdivision

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    """Write these rows as a workbook and import them."""

    def run(lignes, *, semestre="2027-05", subdivision="", essai=False):
        chemin = write_xlsx(tmp_path / "internes.xlsx", lignes)
        return import_internes(
            DemandeImport(chemin=chemin, semestre=semestre, subdivision=subdivision, essai=essai)
        )

    return run


def refusals(run, *lignes):
    with pytest.raises(FichierRefuse) as caught:
        run(list(lignes))
    return caught.value.anomalies


def test_one_line_gives_a_person_and_an_inscription(run):
    rapport = run([INTERNE])
    interne = Interne.objects.get()
    inscription = Inscription.objects.get()
    assert (rapport.crees, rapport.modifies, rapport.inchanges) == (1, 0, 0)
    assert (interne.ine, interne.prenom, str(interne.ne_le)) == ("0470000001EJ", "Raphaël", "1997-03-10")
    assert (inscription.groupe.code, inscription.des.code_des, inscription.phase) == (
        "2",
        "EDN",
        "approfondissement",
    )
    assert (inscription.promotion, inscription.rang_local, inscription.effectif_local) == (2024, 1, 82)
    assert inscription.des.annees == 4


def test_unknown_references_are_created_and_listed(run):
    rapport = run([INTERNE])
    assert Groupe.objects.get().nom == "Spécialités médicales"
    assert Ufr.objects.get().nom == "Lyon Sud"
    assert Semestre.objects.get().code == "2027-05"
    kinds = sorted(ligne.split()[0] for ligne in rapport.referentiel)
    assert kinds == ["DES", "UFR", "groupe", "subdivision"]


def test_second_run_changes_nothing(run):
    lignes = make_internes(5)
    run(lignes)
    before = list(Interne.objects.values().order_by("pk")), list(Inscription.objects.values().order_by("pk"))
    rapport = run(lignes)
    assert rapport.changements == 0
    assert rapport.inchanges == 5
    assert before == (
        list(Interne.objects.values().order_by("pk")),
        list(Inscription.objects.values().order_by("pk")),
    )


def test_same_content_as_csv_changes_nothing(run, tmp_path):
    run([INTERNE])
    chemin = write_csv(tmp_path / "f.csv", [INTERNE], encodage="cp1252")
    assert import_internes(DemandeImport(chemin=chemin, semestre="2027-05")).changements == 0


def test_corrected_file_updates_what_changed(run):
    run([INTERNE])
    rapport = run([{**INTERNE, "Rang local": 7, "Téléphone": "0600000000"}])
    assert (rapport.crees, rapport.modifies) == (0, 1)
    assert Inscription.objects.get().rang_local == 7
    assert Interne.objects.get().telephone == "0600000000"


def test_essai_reports_and_writes_nothing(run):
    rapport = run([INTERNE], essai=True)
    assert (rapport.crees, rapport.essai) == (1, True)
    assert not Interne.objects.exists()
    assert not Groupe.objects.exists()
    assert not Semestre.objects.exists()


def test_what_was_changed_on_the_platform_is_kept_and_told(run):
    run([INTERNE])
    interne = Interne.objects.get()
    interne.telephone, interne.champs_modifies = "0711111111", ["telephone"]
    interne.save()
    rapport = run([INTERNE])
    assert Interne.objects.get().telephone == "0711111111"
    assert rapport.changements == 0
    (conflit,) = rapport.conflits
    assert (conflit.ligne, conflit.colonne) == (2, "Téléphone")
    assert "0711111111" in conflit.message
    assert "0681801034" in conflit.message


def test_column_that_the_file_has_not_is_left_alone(run):
    run([INTERNE])
    run([{k: v for k, v in INTERNE.items() if k not in ("Courriel", "UFR", "Type de choix")}])
    assert Interne.objects.get().courriel == "raphael.collin@exemple.fr"
    assert Interne.objects.get().ufr is not None


def test_interne_is_the_same_person_in_the_next_semestre(run):
    run([INTERNE])
    run([{**INTERNE, "Semestres validés": 6}], semestre="2027-11")
    assert Interne.objects.count() == 1
    assert Inscription.objects.count() == 2


@pytest.mark.parametrize("rang", ["98e", "98,5", 98.5, 0, -3, "0", "-3", "1 2", "x"])
def test_bad_rank_is_told_with_its_cell(run, rang):
    (anomalie,) = refusals(run, INTERNE, {**INTERNE, "INE": "0470000002EJ", "Rang local": rang})
    assert (anomalie.feuille, anomalie.ligne, anomalie.colonne) == ("Feuille1", 3, "Rang local")
    assert anomalie.cellule == "O3"
    assert not Interne.objects.exists()


def test_empty_rank_is_a_warning_only(run):
    rapport = run([{**INTERNE, "Rang local": None}])
    assert [(a.ligne, a.colonne) for a in rapport.avertissements] == [(2, "Rang local")]
    assert Inscription.objects.get().rang_local is None


def test_empty_effectif_is_a_warning_only(run):
    assert "compté" in run([{**INTERNE, "Effectif promo local": None}]).avertissements[0].message


def test_every_error_of_the_file_is_told_at_once(run):
    anomalies = refusals(
        run,
        {**INTERNE, "Date de naissance": "31/02/1999", "Promotion": "promo", "DES": None},
        {**INTERNE, "INE": None, "Formation": "Sorcier", "Absence prévue": "peut-être"},
    )
    assert [(a.ligne, a.colonne) for a in anomalies] == [
        (2, "Date de naissance"),
        (2, "Promotion"),
        (2, "DES"),
        (3, "INE"),
        (3, "Formation"),
        (3, "Absence prévue"),
    ]
    assert all(a.message.endswith(".") for a in anomalies)


def test_doubled_ine_names_both_lines(run):
    (anomalie,) = refusals(
        run, INTERNE, {**INTERNE, "INE": "0470000009EJ"}, {**INTERNE, "INE": "0470000001ej"}
    )
    assert (anomalie.ligne, anomalie.colonne) == (4, "INE")
    assert "ligne 2" in anomalie.message


@pytest.mark.parametrize("jour", ["1997-03-10", "10/03/1997", "10-03-1997", "1997-03-10 00:00:00"])
def test_dates_are_read_as_people_write_them(run, jour):
    run([{**INTERNE, "Date de naissance": jour}])
    assert str(Interne.objects.get().ne_le) == "1997-03-10"


def test_headers_are_matched_without_case_accents_or_order(run):
    lignes = [{entete.upper().replace("É", "e"): valeur for entete, valeur in reversed(INTERNE.items())}]
    assert run(lignes).crees == 1


def test_unknown_column_is_told_and_ignored(run):
    rapport = run([{**INTERNE, "Couleur préférée": "vert"}])
    assert rapport.colonnes_inconnues == ("Couleur préférée",)
    assert rapport.crees == 1


def test_missing_and_doubled_columns_are_refused(run):
    (anomalie,) = refusals(run, {k: v for k, v in INTERNE.items() if k != "Promotion"})
    assert anomalie.colonne == "Promotion"
    (anomalie,) = refusals(run, {**INTERNE, "rang LOCAL": 4})
    assert (anomalie.colonne, anomalie.cellule) == ("Rang local", "V1")


def test_text_is_stored_in_nfc_and_shown_intact(run):
    run([{**INTERNE, "Nom": "  Noe\u0308l-d’Arc 🙂 \u200f"}])
    assert Interne.objects.get().nom == "Noël-d’Arc 🙂 \u200f"


def test_nul_is_refused(tmp_path):
    chemin = write_csv(tmp_path / "f.csv", [{**INTERNE, "Nom": "No\0el"}])
    with pytest.raises(FichierRefuse, match="caractère interdit"):
        import_internes(DemandeImport(chemin=chemin, semestre="2027-05"))


def test_too_long_a_text_is_refused_on_every_store(run):
    (anomalie,) = refusals(run, {**INTERNE, "Nom": "x" * 201})
    assert "200 caractères" in anomalie.message


def test_ine_written_as_a_number_is_refused(run):
    (anomalie,) = refusals(run, {**INTERNE, "INE": 470000001})
    assert "texte" in anomalie.message


def test_zeros_in_front_of_an_ine_are_part_of_it(run):
    run([{**INTERNE, "INE": "0470000001"}, {**INTERNE, "INE": "470000001", "Nom": "Autre"}])
    lus = Interne.objects.filter(ine__endswith="470000001").order_by("ine")
    assert [interne.ine for interne in lus] == ["0470000001", "470000001"]


@pytest.mark.parametrize(
    ("groupe", "code"), [("02 - SPECIALITES MEDICALES", "2"), ("p01 – Pharmacie", "P01"), (" 2 ", "2")]
)
def test_code_of_a_groupe_is_normalised(run, groupe, code):
    run([{**INTERNE, "Groupe": groupe}])
    assert Groupe.objects.get().code == code


def test_des_is_known_by_its_name_alone(run):
    run([{**INTERNE, "DES": "medecine generale"}])
    assert Specialite.objects.get().code_des == "MGE"


def test_unknown_words_without_a_code_are_refused(run):
    (anomalie,) = refusals(run, {**INTERNE, "DES": "Astrologie médicale"})
    assert "MGE - Médecine générale" in anomalie.message


def test_desc_fst_and_option_are_read(run):
    run([{**INTERNE, "DESC": "MIR - Médecine intensive", "FST": "Douleur", "Option": "obésité"}])
    inscription = Inscription.objects.get()
    assert inscription.desc is not None
    assert (inscription.desc.code_des, inscription.fst, inscription.option) == ("MIR", "douleur", "obésité")


def test_unusual_groupe_of_a_des_is_only_told(run):
    lignes = make_internes(3)
    lignes[2]["Groupe"] = "10 - SANTE PUBLIQUE"
    (alerte,) = run(lignes).avertissements
    assert (alerte.ligne, alerte.colonne) == (4, "Groupe")


def test_subdivision_is_the_only_one_or_the_column_or_the_option(run):
    make_subdivision("LYON", "Lyon")
    run([INTERNE])
    assert Inscription.objects.get().subdivision.code == "LYON"
    make_subdivision("STE", "Saint-Étienne")
    (anomalie,) = refusals(run, INTERNE)
    assert "--subdivision" in anomalie.message
    run([INTERNE], subdivision="lyon")
    run([{**INTERNE, "INE": "0470000002EJ", "Subdivision": "Saint-Etienne"}])
    assert Inscription.objects.get(interne__ine="0470000002EJ").subdivision.code == "STE"
    assert Subdivision.objects.count() == 2


def test_unknown_semestre_is_refused_before_the_file_is_opened(tmp_path):
    with pytest.raises(FichierRefuse, match="2027-05"):
        import_internes(DemandeImport(chemin=tmp_path / "absent.xlsx", semestre="2027-06"))


def test_file_without_lines_is_refused(tmp_path):
    chemin = write_csv(tmp_path / "f.csv", [dict.fromkeys(INTERNE)])
    with pytest.raises(FichierRefuse, match="aucune ligne"):
        import_internes(DemandeImport(chemin=chemin, semestre="2027-05"))


def test_interne_of_a_started_amphi_changes_no_more_by_a_file(run):
    amphi = make_amphi(internes=1)
    start(amphi)
    inscription = Inscription.objects.get()
    inscription.interne.ine = "0470000001EJ"
    inscription.interne.save()
    anomalies = refusals(run, {**INTERNE, "Subdivision": amphi.subdivision.code})
    assert "a commencé" in anomalies[0].message
    inscription.refresh_from_db()
    assert inscription.promotion == 2026
