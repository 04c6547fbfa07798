"""A file in the browser: nothing before its confirmation, undone while nothing depends on it."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from gradin.data.amphis.models import Amphi, ListeAppel, Place
from gradin.data.comptes.models import Compte
from gradin.data.imports.models import Depot, EtatDepot
from gradin.data.internes.models import Inscription, Interne
from gradin.data.postes.models import Poste
from gradin.data.prechoix.models import ListeVoeux
from gradin.data.referentiel.models import Groupe, Subdivision
from gradin.operations.amphis.actes_avant import run_acte_avant
from gradin.operations.demandes.hors_choix import Attribution, give_postes
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.operations.imports.annulation import begin_undo, list_obstacles
from gradin.operations.imports.anomalies import FichierRefuse
from gradin.operations.imports.demande import DemandeImport
from gradin.operations.imports.depots import DepotRefuse, confirm_depot
from gradin.operations.imports.import_internes import import_internes
from gradin.operations.imports.salle import LIGNES, check_salle
from gradin.operations.preparation.amphis import DemandePreparation, prepare_amphis
from gradin.operations.roster.internes import correct_lot as correct_internes
from gradin.operations.roster.postes import correct_lot as correct_postes
from gradin.operations.roster.verrous import CorrectionRefusee
from gradin.queries.visiteurs import ANONYME
from tests.factories.amphis import make_amphi
from tests.factories.comptes import make_agent
from tests.factories.fichiers import make_internes, make_postes, write_csv
from tests.factories.referentiel import make_groupe, make_subdivision

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def agent() -> Client:
    return sign_in(make_agent(make_subdivision("LYON", "Lyon")).courriel)


def sign_in(courriel: str) -> Client:
    client = Client()
    client.force_login(Compte.objects.get(email=courriel), backend=BACKEND)
    return client


def drop(client: Client, tmp_path, lignes, nature: str = "internes", **champs: str) -> Depot:
    chemin = write_csv(tmp_path / f"{nature}.csv", lignes)
    fichier = SimpleUploadedFile(chemin.name, chemin.read_bytes())
    saisie = {"nature": nature, "semestre": "2027-05", "subdivision": "LYON", "fichier": fichier, **champs}
    reponse = client.post("/gestion/imports/", saisie)
    assert reponse.status_code == 302, reponse.content.decode()
    return Depot.objects.latest("pk")


def confirm(client: Client, depot: Depot) -> Depot:
    client.post(f"/gestion/imports/{depot.pk}/confirmer/")
    depot.refresh_from_db()
    return depot


def page(client: Client, depot: Depot) -> str:
    return client.get(f"/gestion/imports/{depot.pk}/").content.decode()


def test_nothing_is_written_before_the_confirmation(agent: Client, tmp_path) -> None:
    depot = drop(agent, tmp_path, make_internes(3))
    assert (depot.etat, Interne.objects.count()) == (EtatDepot.PRET, 0)
    assert "Enregistrer ces différences" in page(agent, depot)
    depot = confirm(agent, depot)
    assert (depot.etat, Inscription.objects.count(), bytes(depot.contenu)) == (EtatDepot.FAIT, 3, b"")


def test_each_difference_is_shown_field_by_field_with_who_is_missing(agent: Client, tmp_path) -> None:
    lignes = make_internes(3)
    confirm(agent, drop(agent, tmp_path, lignes))
    lignes[0]["Rang local"] = 77
    depot = drop(agent, tmp_path, lignes[:2])
    assert depot.apercu["differences"] == [[2, "0000000001EJ", "Raphaël Collin1", "Rang local", "1", "77"]]
    assert depot.apercu["absents"] == ["Raphaël Collin3 (INE 0000000003EJ)"]
    confirm(agent, depot)
    assert Inscription.objects.get(interne__ine="0000000001EJ").rang_local == 77
    assert Inscription.objects.count() == 3


def test_a_refused_file_says_where_and_what_to_do(agent: Client, tmp_path) -> None:
    depot = drop(agent, tmp_path, make_internes(1, **{"Rang local": "98e"}))
    assert depot.etat == EtatDepot.REFUSE
    assert "« 98e » n’est pas un rang" in page(agent, depot)
    assert Interne.objects.count() == 0


def test_an_import_is_undone_to_the_last_value(agent: Client, tmp_path) -> None:
    confirm(agent, drop(agent, tmp_path, make_internes(2)))
    avant = list(Inscription.objects.order_by("pk").values())
    lignes = make_internes(3, Groupe="7 - Nouveau groupe")
    depot = confirm(agent, drop(agent, tmp_path, lignes))
    assert Inscription.objects.count() == 3
    agent.post(f"/gestion/imports/{depot.pk}/annuler/")
    depot.refresh_from_db()
    assert depot.etat == EtatDepot.ANNULE
    assert list(Inscription.objects.order_by("pk").values()) == avant
    assert not Groupe.objects.filter(code="7").exists()
    assert Interne.objects.count() == 2


def test_a_later_import_on_its_lines_and_wishes_keep_the_import(agent: Client, tmp_path) -> None:
    premier = confirm(agent, drop(agent, tmp_path, make_internes(2)))
    suivant = confirm(agent, drop(agent, tmp_path, make_internes(2, **{"Rang local": 9})))
    assert "imports plus récents ont changé ces lignes" in page(agent, premier)
    refus = agent.post(f"/gestion/imports/{premier.pk}/annuler/", follow=True).content.decode()
    assert "imports plus récents" in refus and Inscription.objects.filter(rang_local=9).count() == 2
    agent.post(f"/gestion/imports/{suivant.pk}/annuler/")
    assert "imports plus récents" not in page(agent, premier)
    amphi = make_amphi(internes=0, postes=0)
    place = Place.objects.create(amphi=amphi, inscription=Inscription.objects.earliest("pk"))
    ListeVoeux.objects.create(place=place, updated_at=datetime.now(UTC))
    agent.post(f"/gestion/imports/{premier.pk}/annuler/")
    assert "rangé leurs vœux" in page(agent, premier)
    assert (ListeVoeux.objects.count(), Inscription.objects.count()) == (1, 2)


def test_a_published_list_keeps_its_import(agent: Client, tmp_path) -> None:
    depot = confirm(agent, drop(agent, tmp_path, make_internes(2)))
    confirm(agent, drop(agent, tmp_path, make_postes(2), "postes"))
    demande = DemandePreparation(semestre="2027-05", subdivision="LYON", graine="g")
    prepare_amphis(demande, maintenant=datetime.now(UTC))
    amphi = Inscription.objects.first().places.get().amphi_id
    # A corrected rank reaches the provisional list by itself, before it is frozen.
    corrige = confirm(agent, drop(agent, tmp_path, make_internes(2, **{"Rang local": 39})))
    assert {ligne["rang_local"] for ligne in ListeAppel.objects.get(amphi=amphi).figures} == {39}
    agent.post(f"/gestion/imports/{corrige.pk}/annuler/")
    assert {ligne["rang_local"] for ligne in ListeAppel.objects.get(amphi=amphi).figures} != {39}
    run_acte_avant("publier_liste", amphi, auteur=None, maintenant=1_800_000_000_000)
    assert "listes d’appel publiées en dépendent" in page(agent, depot)
    agent.post(f"/gestion/imports/{depot.pk}/annuler/")
    depot.refresh_from_db()
    assert (depot.etat, Inscription.objects.count()) == (EtatDepot.FAIT, 2)


def test_a_later_correction_keeps_the_import(agent: Client, tmp_path) -> None:
    depot = confirm(agent, drop(agent, tmp_path, make_postes(1), "postes"))
    poste = Poste.objects.get()
    agent.post(f"/gestion/postes/{poste.pk}/champ/flechage/", {"flechage": "Garde"})
    assert "modifiées depuis" in page(agent, depot)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL locks rows, not the whole store")
def test_a_long_write_waits_for_the_end_of_a_running_amphi(agent: Client, tmp_path) -> None:
    depot = confirm(agent, drop(agent, tmp_path, make_internes(1)))
    depot.retour["crees"]["internes.interne"] += range(10_000, 10_000 + LIGNES)
    depot.save()
    pret = drop(agent, tmp_path, make_internes(2))
    Depot.objects.filter(pk=pret.pk).update(apercu={**pret.apercu, "crees": LIGNES + 1})
    assert not list_obstacles(depot.pk)
    amphi = make_amphi(internes=0, postes=0)
    Amphi.objects.filter(pk=amphi.pk).update(etat="en_cours")
    for ecrire in (begin_undo, confirm_depot):
        with pytest.raises(DepotRefuse, match="attendez la pause"):
            ecrire(depot.pk if ecrire is begin_undo else pret.pk, datetime.now(UTC))
    for correct in (correct_internes, correct_postes):
        with pytest.raises(CorrectionRefusee, match="attendez la pause"):
            correct(range(LIGNES + 1), "groupe", "2", ANONYME, maintenant=datetime.now(UTC))
    with pytest.raises(FichierRefuse, match="attendez la pause"):
        check_salle(LIGNES + 1, "Agréments")
    with pytest.raises(DemandeRefusee, match="attendez la pause"):
        give_postes([Attribution(inscription=0, poste=0)] * 51, "hors_choix", "n° 4", agent=0, maintenant=0)
    Depot.objects.filter(pk=pret.pk).update(apercu=pret.apercu)
    assert confirm(agent, pret).etat == EtatDepot.FAIT


def test_a_file_stays_in_the_scope_of_its_agent(tmp_path) -> None:
    lyon = make_subdivision("LYON", "Lyon")
    client = sign_in(make_agent(lyon, "groupe@ars.example", make_groupe("9", "Biologie")).courriel)
    depot = drop(client, tmp_path, make_internes(1))
    assert depot.etat == EtatDepot.REFUSE
    assert "n’est pas de votre périmètre" in page(client, depot)


def test_a_mistyped_subdivision_creates_nothing(tmp_path) -> None:
    make_subdivision("LYON", "Lyon")
    chemin = write_csv(tmp_path / "f.csv", make_internes(1))
    with pytest.raises(FichierRefuse, match="Celles qui existent : LYON"):
        import_internes(DemandeImport(chemin=chemin, semestre="2027-05", subdivision="LION"))
    assert Subdivision.objects.count() == 1
    import_internes(
        DemandeImport(chemin=chemin, semestre="2027-05", subdivision="NICE", creer_subdivision=True)
    )
    assert Subdivision.objects.filter(code="NICE").exists()
