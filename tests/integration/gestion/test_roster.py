"""The two tables: found, corrected in place and in lots, added, exported; what an amphi holds stays."""

from datetime import UTC, datetime
from io import BytesIO

import openpyxl
import pytest
from django.test import Client

from gradin.data.internes.models import Inscription
from gradin.data.postes.models import ChangementPoste, EtatPoste, Poste
from gradin.data.profils.models import Changement
from gradin.data.referentiel.models import Etablissement, Service, Specialite
from gradin.operations.imports.demande import DemandeImport
from gradin.operations.imports.import_internes import import_internes
from gradin.operations.imports.import_postes import import_postes
from gradin.operations.referentiels.edition import save_ligne
from gradin.operations.referentiels.fusion import preview_fusion, rename_fst
from gradin.operations.referentiels.tables import ReferentielRefuse
from gradin.operations.roster.internes import correct_lot as correct_internes
from gradin.operations.roster.postes import correct_lot as correct_postes
from gradin.operations.roster.verrous import CorrectionRefusee
from tests.factories.amphis import make_amphi
from tests.factories.comptes import make_agent
from tests.factories.fichiers import make_internes, make_postes, write_csv
from tests.factories.live import start
from tests.factories.referentiel import make_groupe, make_subdivision
from tests.integration.gestion.test_imports import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(tmp_path) -> Client:
    """Three internes and three postes of Lyon, as an import leaves them."""
    client = sign_in(make_agent(make_subdivision("LYON", "Lyon")).courriel)
    for importer, lignes in ((import_internes, make_internes(3)), (import_postes, make_postes(3))):
        chemin = write_csv(tmp_path / f"{importer.__name__}.csv", lignes)
        importer(DemandeImport(chemin=chemin, semestre="2027-05", subdivision="LYON"))
    return client


def inscription(n: int) -> Inscription:
    return Inscription.objects.select_related("interne").get(interne__ine=f"{n:010d}EJ")


def text(reponse) -> str:
    return reponse.content.decode()


def test_the_table_is_filtered_sorted_and_counted_by_the_server(agent: Client) -> None:
    assert "3 internes" in text(agent.get("/gestion/internes/")).replace("\u202f", " ").replace("\xa0", " ")
    trouvee = text(agent.get("/gestion/internes/?q=collin2"))
    assert "Collin2" in trouvee and "Collin1" not in trouvee
    assert "Collin1" not in text(agent.get("/gestion/internes/?phase=socle"))
    triee = text(agent.get("/gestion/internes/?tri=-rang_local"))
    assert triee.index("Collin3") < triee.index("Collin1")


def test_one_field_is_corrected_in_place_with_its_history_and_kept_from_imports(
    agent: Client, tmp_path
) -> None:
    row = inscription(1)
    adresse = f"/gestion/internes/{row.interne_id}/champ/rang_local/"
    refus = agent.post(adresse, {"rang_local": "98e"}, headers={"Gradin-Fragment": "1"})
    assert "n’est pas un rang" in text(refus)
    cellule = agent.post(adresse, {"rang_local": "12"}, headers={"Gradin-Fragment": "1"})
    assert ">12<" in text(cellule) and "<form" not in text(cellule)
    row.refresh_from_db()
    assert (row.rang_local, row.champs_modifies) == (12, ["rang_local"])
    ligne = Changement.objects.get()
    assert (ligne.champ, ligne.avant, ligne.apres, ligne.auteur) == (
        "rang_local",
        "1",
        "12",
        "agent@ars.example",
    )
    chemin = write_csv(tmp_path / "encore.csv", make_internes(1))
    rapport = import_internes(DemandeImport(chemin=chemin, semestre="2027-05"))
    assert (rapport.changements, len(rapport.conflits)) == (0, 1)


def test_many_are_corrected_at_once_after_a_page_that_says_how_many(agent: Client) -> None:
    saisie = {"champ": "type_choix", "portee": "tous", "semestre": "2027-05", "retour": "q=collin"}
    apercu = text(agent.post("/gestion/internes/lot/", saisie))
    assert "Changer 3" in apercu and Inscription.objects.filter(type_choix="classique").count() == 3
    confirme = {**saisie, "confirme": "1", "nombre": "3", "type_choix": "Surnombre validant"}
    agent.post("/gestion/internes/lot/", confirme)
    assert Inscription.objects.filter(type_choix="surnombre_validant").count() == 3
    assert Changement.objects.count() == 3


def test_a_lot_is_judged_row_by_row_against_the_scope(agent: Client) -> None:
    biologie = make_groupe("9", "Biologie")
    autre = make_agent(make_subdivision("LYON", "Lyon"), "bio@ars.example", biologie)
    for kind, correct in ((Inscription, correct_internes), (Poste, correct_postes)):
        premiere, seconde = kind.objects.order_by("pk")[:2]
        kind.objects.filter(pk=premiere.pk).update(groupe=biologie)
        with pytest.raises(CorrectionRefusee, match="périmètre"):
            correct([premiere.pk, seconde.pk], "groupe", "9 - Biologie", autre, maintenant=datetime.now(UTC))
        seconde.refresh_from_db()
        assert seconde.groupe_id != biologie.pk


def test_a_poste_is_closed_with_its_reason_and_opened_again(agent: Client) -> None:
    poste = Poste.objects.earliest("pk")
    adresse = f"/gestion/postes/{poste.pk}/champ/etat/"
    assert "Dites pourquoi" in text(agent.post(adresse, {"etat": "ferme", "motif": ""}))
    agent.post(adresse, {"etat": "ferme", "motif": "Travaux"})
    poste.refresh_from_db()
    assert (poste.etat, poste.motif_fermeture) == (EtatPoste.RETIRE, "Travaux")
    agent.post(adresse, {"etat": "ouvert", "motif": ""})
    poste.refresh_from_db()
    assert (poste.etat, poste.motif_fermeture) == (EtatPoste.LIBRE, "")
    assert ChangementPoste.objects.filter(champ="etat").count() == 2


def test_what_is_exported_comes_back_without_a_change(agent: Client, tmp_path) -> None:
    for cle, importer in (("internes", import_internes), ("postes", import_postes)):
        chemin = tmp_path / f"{cle}.xlsx"
        chemin.write_bytes(agent.get(f"/gestion/{cle}/export.xlsx").content)
        assert openpyxl.load_workbook(BytesIO(chemin.read_bytes())).active.max_row == 4
        assert importer(DemandeImport(chemin=chemin, semestre="2027-05")).changements == 0


def test_one_more_interne_is_a_file_of_one_line(agent: Client) -> None:
    saisie = {
        "ine": "0000000009EJ",
        "nom": "Nouvelle",
        "prenom": "Aude",
        "formation": "Médecin",
        "phase": "Phase d’approfondissement",
        "groupe": "2 - Spécialités médicales",
        "des": "EDN - Endocrinologie-diabétologie-nutrition",
        "promotion": "2024",
        "rang_local": "4",
        "semestres_valides": "5",
        "absence_prevue": "Non",
        "type_choix": "Classique",
        "subdivision": "LYON",
    }
    agent.post("/gestion/internes/ajouter/", saisie)
    assert inscription(9).rang_local == 4
    assert "déjà dans la liste" in text(agent.post("/gestion/internes/ajouter/", saisie))


def test_who_is_in_a_started_amphi_is_corrected_in_the_regie() -> None:
    amphi = make_amphi(internes=1, postes=1)
    start(amphi)
    client = sign_in(make_agent(amphi.subdivision).courriel)
    row = Inscription.objects.get()
    avant = row.promotion
    page = text(client.post(f"/gestion/internes/{row.interne_id}/champ/promotion/", {"promotion": "2001"}))
    assert "a commencé" in page and f"/regie/amphis/{amphi.pk}/internes/" in page
    poste = text(client.post(f"/gestion/postes/{Poste.objects.get().pk}/champ/flechage/", {"flechage": "X"}))
    assert "a commencé" in poste and f"/regie/amphis/{amphi.pk}/" in poste
    row.refresh_from_db()
    assert row.promotion == avant


def test_outside_his_scope_an_agent_finds_corrects_and_exports_nobody(agent: Client) -> None:
    lyon = make_subdivision("LYON", "Lyon")
    autre = sign_in(make_agent(lyon, "bio@ars.example", make_groupe("9", "Biologie")).courriel)
    assert "Collin" not in text(autre.get("/gestion/internes/"))
    assert (
        openpyxl.load_workbook(BytesIO(autre.get("/gestion/postes/export.xlsx").content)).active.max_row == 1
    )
    row = inscription(1)
    assert autre.post(f"/gestion/internes/{row.interne_id}/champ/rang_local/", {}).status_code == 404
    autre.post(
        "/gestion/internes/lot/",
        {
            "champ": "absence_prevue",
            "pk": [row.pk],
            "semestre": "2027-05",
            "confirme": "1",
            "nombre": "1",
            "absence_prevue": "Oui",
        },
    )
    row.refresh_from_db()
    assert not row.absence_prevue


def test_duplicates_merge_after_a_page_that_says_what_moves(agent: Client) -> None:
    perdu, garde = Service.objects.order_by("pk")[:2]
    adresse = f"/gestion/referentiels/services/{perdu.pk}/fusionner/"
    assert "1 postes" in text(agent.post(adresse, {"cible": garde.pk})).replace("\xa0", " ")
    assert Service.objects.count() == 3
    agent.post(adresse, {"cible": garde.pk, "confirme": "1"})
    assert not Service.objects.filter(pk=perdu.pk).exists()
    assert garde.postes.count() == 2
    page = text(agent.get("/gestion/referentiels/services/"))
    assert f"«\xa0{perdu}\xa0» y est fusionné" in page


def test_a_renamed_hospital_is_found_by_its_new_name(agent: Client) -> None:
    lieu = Etablissement.objects.get()
    saisie = {"nom": "CH du Soleil", "ville": "Bourg", "departement": "01"}
    agent.post(f"/gestion/referentiels/etablissements/{lieu.pk}/", saisie)
    assert "3 postes" in text(agent.get("/gestion/postes/?q=soleil")).replace("\xa0", " ")


def test_a_national_diploma_keeps_its_name(agent: Client) -> None:
    des = Inscription.objects.first().des
    saisie = {"code_des": "EDN", "intitule": "Autre", "annees": "4", "formation": "medecin"}
    assert "liste nationale" in text(agent.post(f"/gestion/referentiels/des/{des.pk}/", saisie))
    des.refresh_from_db()
    assert des.intitule != "Autre"


def test_a_code_that_a_started_amphi_names_is_neither_merged_nor_renamed() -> None:
    amphi = make_amphi(internes=1, postes=1, reserves={"1": ["ZUN", "Sommeil"]})
    reserve, desc, garde = (
        Specialite.objects.create(code_des=code, intitule=code, annees=4) for code in ("ZUN", "ZDE", "ZTR")
    )
    Inscription.objects.update(desc=desc)
    assert not preview_fusion("des", reserve.pk, garde.pk).obstacle
    start(amphi)
    qui = {"auteur": "agent@ars.example", "maintenant": datetime.now(UTC)}
    for perdu in (reserve, desc):
        assert "amphis commencés" in preview_fusion("des", perdu.pk, garde.pk).obstacle
        with pytest.raises(ReferentielRefuse, match="son code reste"):
            save_ligne("des", perdu.pk, {"code_des": "ZZZ", "intitule": "Z", "annees": 4}, **qui)
    with pytest.raises(ReferentielRefuse, match="postes qui lui sont réservés"):
        rename_fst("Sommeil", "Sommeil et vigilance", **qui)
    assert Poste.objects.get().reserve_a == ["ZUN", "Sommeil"]
