"""What each reads and does on his pages: the interne, his faculty, the ARS."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gradin.data.amphis.models import Amphi
from gradin.data.comptes.models import Compte, Role
from gradin.data.parcours.models import LigneParcours, VersionMaquette
from gradin.data.referentiel.models import Ufr
from gradin.operations.comptes.agents import create_agent, parse_portee
from tests.factories.amphis import add_favoris, compte_of, make_amphi
from tests.factories.comptes import make_agent
from tests.factories.referentiel import make_des, make_semestre
from tests.integration.parcours.conftest import add_ligne, inscription_of, service, write_maquette
from tests.integration.permissions.monde import BACKEND

pytestmark = pytest.mark.django_db
UFR = "Paris Cité"


@pytest.fixture
def amphi() -> Amphi:
    """Rank 1 did « Service 1 », presumed; rank 2 is of another UFR."""
    amphi = make_amphi(internes=2, postes=3)
    write_maquette()
    for rang, ufr in ((1, UFR), (2, "Ailleurs")):
        interne = inscription_of(amphi, rang).interne
        interne.ufr = Ufr.objects.create(nom=ufr)
        interne.save()
        add_ligne(interne, "2026-11", service=service(1), etat="presume")
    return amphi


def sign_in(compte: Compte) -> Client:
    client = Client()
    client.force_login(compte, backend=BACKEND)
    return client


def test_the_interne_reads_what_is_done_what_is_owed_and_which_postes_serve(amphi: Amphi) -> None:
    client = sign_in(compte_of(amphi, 1))
    page = client.get("/ma-maquette/").content.decode()
    assert "Service second" in page and "1\u00a0reste dû" in page and "?maquette=1" in page
    parcours = client.get("/mon-parcours/").content.decode()
    assert "en cours, compté par présomption" in parcours and "est-presume" in parcours
    assert "Voir ce que je garderais" in client.get("/ma-maquette/droit-au-remords/").content.decode()
    # One poste serves the requirement left; the others are said to be outside, the public reads neither.
    liste = client.get("/postes/?maquette=1&vue=poste").content.decode()
    assert "Service 2" in liste and "Service 3" not in liste and "Valable pour ma maquette" in liste
    # A search keeps what was asked.
    assert '<input type="hidden" name="maquette" value="1">' in liste
    assert "Hors maquette" in client.get("/services/75000003/").content.decode()
    assert "Pour ma maquette" not in Client().get("/postes/").content.decode()
    # The live page asks apart from what everybody receives, and is told its own alone.
    adresse = f"/mon-amphi/maquette/?amphi={amphi.pk}"
    lues = client.get(adresse).json()
    assert [numeros for _, numeros in lues["utiles"]] == [["2"]] and "3" in lues["hors"]
    assert "Service second" not in client.get(f"/api/v1/amphis/{amphi.pk}").content.decode()
    add_favoris(amphi, 1, ["2"])
    assert "Valable pour ma maquette" in client.get("/mon-amphi/favoris/").content.decode()


def test_the_faculty_judges_its_own_internes_and_writes_versions(amphi: Amphi) -> None:
    client = sign_in(
        create_agent(
            courriel="faculte@role.example",
            mot_de_passe="un secret long",
            portees=[parse_portee(f"IDF:ufr={UFR}")],
            maintenant=datetime.now(UTC),
            role=Role.FACULTE,
        )
    )
    # Whatever the day of the test: a semester that has begun.
    LigneParcours.objects.update(semestre=make_semestre("2023-05"), situation="surnombre_non_validant")
    siennes = list(LigneParcours.objects.order_by("interne__inscriptions__rang_local"))
    page = client.get("/mon-espace/parcours/").content.decode()
    assert "Interne1" in page and "Interne2" not in page
    # The type de choix is nobody's business there.
    assert "surnombre" not in page.casefold()
    lignes = [ligne.pk for ligne in siennes]
    sans = client.post("/mon-espace/parcours/", {"jugement": "refuser", "ligne": lignes})
    assert sans.status_code == 409 and "Écrivez pourquoi" in sans.content.decode()
    client.post("/mon-espace/parcours/", {"jugement": "valider", "ligne": lignes})
    assert [LigneParcours.objects.get(pk=pk).etat for pk in lignes] == ["valide", "presume"]
    adresse = f"/mon-espace/maquettes/{make_des().pk}/"
    assert "Service premier" in client.get(adresse).content.decode()
    saisie = {
        "promotion_de": "0",
        "socle": "2",
        "approfondissement": "4",
        "consolidation": "2",
        "e-TOTAL_FORMS": "1",
        "e-INITIAL_FORMS": "0",
        "e-0-intitule": "Urgences",
        "e-0-nombre": "9",
        "e-0-phase": "socle",
    }
    trop = client.post(adresse, saisie)
    assert trop.status_code == 409 and "pour 2 possibles" in trop.content.decode()
    client.post(adresse, {**saisie, "e-0-nombre": "1", "e-0-mots": "Urgences adultes"})
    derniere = VersionMaquette.objects.order_by("-version").first()
    assert derniere is not None and derniere.version == 2
    assert derniere.contenu["exigences"][0]["mots"] == ["urgences adultes"]


def test_the_ars_confronts_switches_and_follows_the_situations(amphi: Amphi) -> None:
    agent = sign_in(Compte.objects.get(pk=make_agent(amphi.subdivision).compte))
    add_ligne(inscription_of(amphi, 1).interne, "2026-05", service=service(2))
    page = agent.get("/gestion/parcours/").content.decode()
    assert "Interne1" in page and "Utiliser les chiffres calculés" in page
    refus = agent.post("/gestion/parcours/", {"source": "calculee"})
    assert refus.status_code == 409 and "Cochez la confirmation" in refus.content.decode()
    fichier = SimpleUploadedFile("p.csv", f"INE;Semestre;Lieu\n{_ine(amphi)};2024-05;CHU".encode())
    lu = agent.post("/gestion/parcours/importer/", {"fichier": fichier, "essai": "oui"}).content.decode()
    assert "rien n’a été enregistré" in lu and "1\u00a0créé" in lu
    assert LigneParcours.objects.filter(lieu="CHU").count() == 0
    agent.post("/gestion/parcours/", {"source": "calculee", "confirme": "oui"})
    assert inscription_of(amphi, 1).semestres_valides == 2
    qui = inscription_of(amphi, 1).interne_id
    agent.post(f"/gestion/parcours/{qui}/", {"motif": "DESC"})
    assert 'value="DESC"' in agent.get(f"/gestion/parcours/{qui}/").content.decode()
    dates = {"ouvre_jour": "2026-01-05", "ouvre_heure": "09:00", "verrou_jour": "2099-01-05"}
    agent.post("/gestion/situation-semestrielle/", {**dates, "verrou_heure": "18:00", "rappels": "7, 2"})
    interne = sign_in(compte_of(amphi, 1))
    assert "Cas général" in interne.get("/ma-situation/").content.decode()
    interne.post("/ma-situation/", {"nature": "annee_recherche", "souhaits": "Un stage à Tours"})
    page = agent.get("/gestion/situation-semestrielle/?vue=tous").content.decode()
    assert "Un stage à Tours" in page and "Année-recherche" in page


def _ine(amphi: Amphi) -> str:
    return inscription_of(amphi, 1).interne.ine
