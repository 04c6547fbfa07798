"""« Données personnelles »: all that is held about me, nothing of others, and a correction that arrives."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client

from gradin.data.amphis.models import Place
from gradin.data.comptes.models import Compte
from gradin.data.courriers.models import Envoi
from gradin.data.internes.models import Interne
from gradin.data.profils.models import DemandeCorrection
from gradin.operations.comptes.historique import change_interne, lock_interne
from gradin.queries.donnees import TABLES
from gradin.web.compte.profil import now
from tests.integration.permissions.jetons import JETONS
from tests.integration.permissions.monde import BACKEND, Monde, make_monde

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde() -> Monde:
    return make_monde()


def test_every_table_that_leads_to_a_person_is_declared() -> None:
    trouves = {modele._meta.label for modele in _leading_to_a_person()}
    assert trouves - set(TABLES) == set()


def test_every_declared_path_exists_and_every_secret_is_a_field() -> None:
    for label, table in TABLES.items():
        modele: Any = apps.get_model(label)
        for chemin in (*table.interne, *table.compte):
            assert modele._default_manager.filter(**{chemin: 0}).count() == 0
        assert {champ.name for champ in modele._meta.concrete_fields} >= set(table.secrets)


def test_the_file_holds_what_is_mine(monde: Monde) -> None:
    corps = _file(monde, "canari")
    texte = json.dumps(corps, ensure_ascii=False)
    manquent = {nom for nom, jeton in JETONS.items() if jeton not in texte}
    assert manquent == {"naissance_dite"}
    assert corps["internes.Inscription"]["lignes"][0]["type_choix"] == "surnombre_non_validant"
    assert len(corps["amphis.Favori"]["lignes"]) == 1
    assert corps["journal"]["lignes"] and corps["figures"]["lignes"]


def test_no_secret_and_nothing_of_others_is_in_the_file(monde: Monde) -> None:
    texte = json.dumps(_file(monde, "interne"), ensure_ascii=False)
    assert [jeton for jeton in JETONS.values() if jeton in texte] == []
    compte = monde.comptes["interne"]
    assert compte is not None and compte.password not in texte
    assert "Interne2" not in texte and "Interne3" not in texte


def test_everybody_with_an_account_reads_the_page(monde: Monde) -> None:
    for qui in ("interne", "mandataire", "agent", "representant"):
        reponse = monde.client(qui).get("/mon-profil/donnees/")
        assert reponse.status_code == 200
        assert "combien de temps" in reponse.content.decode()


def test_a_correction_reaches_the_ars_of_the_scope_and_its_answer_comes_back(monde: Monde) -> None:
    interne, agent = monde.client("interne"), monde.client("agent")
    interne.post("/mon-profil/donnees/", {"texte": "Mon prénom est Zoé."})
    demande = DemandeCorrection.objects.get(texte__startswith="Mon prénom")
    assert "Mon prénom est Zoé." in agent.get("/gestion/corrections/").content.decode()
    loin = monde.client("agent_ailleurs")
    assert "Zoé" not in loin.get("/gestion/corrections/").content.decode()
    assert loin.post(f"/gestion/corrections/{demande.pk}/", {"reponse": "non"}).status_code == 404
    agent.post(f"/gestion/corrections/{demande.pk}/", {"reponse": "C’est corrigé."})
    envoi = Envoi.objects.get(cle=f"correction-{demande.pk}")
    assert "C’est corrigé" not in envoi.texte + envoi.html
    assert "/mon-profil/donnees/" in envoi.texte and "/mon-profil/donnees/" in envoi.html
    assert "C’est corrigé." in interne.get("/mon-profil/donnees/").content.decode()


def test_his_demands_and_procurations_stand_in_one_timeline_with_his_page(monde: Monde) -> None:
    """The ARS reads who did each; he reads « vous », « l'ARS » or his mandataire's name."""
    place = Place.objects.select_related("inscription__interne__compte").get(amphi=monde.mien, rang=3)
    interne = place.inscription.interne
    assert interne.compte is not None
    row = lock_interne(interne.pk)
    agent = monde.comptes["agent"]
    assert agent is not None
    change_interne(row, {"telephone": "0611223344"}, auteur=agent.email, maintenant=now())
    fiche = monde.client("agent").get(f"/gestion/internes/{interne.pk}/").content.decode()
    assert "LienAide" not in fiche
    sienne = Client()
    sienne.force_login(interne.compte, backend=BACKEND)
    page = sienne.get("/mon-profil/donnees/").content.decode()
    for texte in (fiche, page):
        assert "Procuration envoyée" in texte and "Procuration acceptée" in texte and "0611223344" in texte
        assert texte.index("0611223344") < texte.index("Procuration acceptée</strong>")
    debut, fin = page.index('id="historique"'), page.index('id="detenu"')
    assert agent.email not in page[debut:fin] and "vous<br>" in page[debut:fin]


def test_an_empty_correction_is_refused_in_words(monde: Monde) -> None:
    reponse = monde.client("interne").post("/mon-profil/donnees/", {"texte": "  "})
    assert "Dites quelle donnée est fausse" in reponse.content.decode()
    assert not DemandeCorrection.objects.filter(texte="").exists()


def _file(monde: Monde, qui: str) -> dict[str, Any]:
    reponse = monde.client(qui).get("/mon-profil/donnees/telecharger/")
    corps: dict[str, Any] = json.loads(reponse.content)
    return corps


def _leading_to_a_person() -> set[type[Model]]:
    """Closure of the foreign keys over Interne and Compte."""
    trouves: set[type[Model]] = {Interne, Compte}
    while True:
        suivants = {
            modele
            for modele in apps.get_models()
            if any(champ.related_model in trouves for champ in modele._meta.concrete_fields)
        }
        if suivants <= trouves:
            return trouves
        trouves |= suivants
