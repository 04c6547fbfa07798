"""The pages of demands, hors choix and acts: one walk through as each role, and who reads whose."""

from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from gradin.data.amphis.models import Amphi
from gradin.data.comptes.models import Compte
from gradin.data.demandes.models import DemandeIndividuelle, HorsChoix
from gradin.data.referentiel.models import Subdivision
from gradin.domain.demandes.natures import Nature
from gradin.queries.visiteurs import Visiteur
from tests.factories.amphis import compte_of
from tests.factories.comptes import make_agent
from tests.factories.live import start
from tests.integration.situations.conftest import advised, file, inscription_of

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed(compte: Compte | int | None) -> Client:
    client = Client()
    row = compte if isinstance(compte, Compte) else Compte.objects.get(pk=compte)
    client.force_login(row, backend=BACKEND)
    return client


def text(client: Client, chemin: str) -> str:
    reponse = client.get(chemin)
    assert reponse.status_code == 200, (chemin, reponse.status_code)
    return reponse.content.decode()


def test_a_demand_goes_from_the_interne_to_the_decision(
    amphi: Amphi, agent: Visiteur, coordonnateur: Compte
) -> None:
    pk = file(amphi, 1)
    interne, ars, coordo = signed(compte_of(amphi, 1)), signed(agent.compte), signed(coordonnateur)
    assert "Année-recherche" in text(interne, "/mes-demandes/")
    assert "Rien n’attend votre avis" in text(coordo, "/mon-espace/demandes/")
    page = f"/gestion/situations/{pk}/"
    ars.post(page, {"acte": "instruire"})
    assert str(inscription_of(amphi, 1).interne) in text(coordo, "/mon-espace/demandes/")
    coordo.post(f"/mon-espace/demandes/{pk}/avis/", {"avis": "favorable", "texte": "Bon projet"})
    ars.post(page, {"acte": "piece", "piece": "Projet de recherche", "recue_le": "2027-02-03"})
    assert "Bon projet" in text(ars, page) and "3 février 2027" in text(ars, page)
    ars.post("/gestion/situations/lot/", {"acte": "accepter", "pk": [str(pk)]})
    assert DemandeIndividuelle.objects.get(pk=pk).etat == "acceptee"
    lue = text(interne, f"/mes-demandes/{pk}/")
    assert "L’ARS a accepté" in lue and "dans la limite de 4" in lue and "Agnès Agent" not in lue
    assert "Pas de choix de stage" in text(interne, "/mon-classement/")


def test_what_a_started_amphi_holds_is_told_before_it_is_decided(
    amphi: Amphi, agent: Visiteur, coordonnateur: Compte
) -> None:
    pk = advised(amphi, 3, agent, coordonnateur, Nature.STAGE_LIBRE)
    start(amphi)
    ars, page = signed(agent.compte), f"/gestion/situations/{pk}/"
    demande = ars.post(page, {"acte": "accepter", "motif": "Bon stage"}).content.decode()
    assert "Accord écrit du chef de service" in demande and "a commencé" in demande
    assert f"/regie/amphis/{amphi.pk}/internes/3/" in demande and 'value="Bon stage"' in demande
    assert DemandeIndividuelle.objects.get(pk=pk).etat == "avis_rendu"
    ars.post(page, {"acte": "accepter", "confirme": "oui"})
    assert DemandeIndividuelle.objects.get(pk=pk).etat == "acceptee"
    corps = {"lignes": f"{inscription_of(amphi, 2).interne.ine} ; 2", "nature": "ambulatoire", "motif": "x"}
    refus = ars.post("/gestion/hors-choix/", corps).content.decode()
    assert amphi.intitule in refus and "depuis la régie" in refus and "Vérifier, puis" not in refus


def test_nobody_reads_the_demand_of_another(amphi: Amphi, agent: Visiteur, coordonnateur: Compte) -> None:
    pk = file(amphi, 1, objet="objet-secret")
    la = Subdivision.objects.create(code="LA", nom="Là")
    assert signed(compte_of(amphi, 2)).get(f"/mes-demandes/{pk}/").status_code == 404
    assert (
        signed(make_agent(la, "la@ars.example").compte).get(f"/gestion/situations/{pk}/").status_code == 404
    )
    assert signed(coordonnateur).post(f"/mon-espace/demandes/{pk}/avis/").status_code == 404
    for qui in (compte_of(amphi, 2), coordonnateur):
        assert "objet-secret" not in signed(qui).get("/mes-demandes/").content.decode()


def test_an_agent_gives_postes_reads_every_act_and_takes_them_away_as_a_file(
    amphi: Amphi, agent: Visiteur
) -> None:
    ars, ine = signed(agent.compte), inscription_of(amphi, 1).interne.ine
    corps = {"lignes": f"{ine} ; 2", "nature": "ambulatoire", "motif": "Répartition du DMG"}
    assert "Vérifier, puis attribuer" in ars.post("/gestion/hors-choix/", corps).content.decode()
    assert not HorsChoix.objects.exists()
    faux = ars.post("/gestion/hors-choix/", {**corps, "lignes": "ABSENT ; 2"}).content.decode()
    assert "Aucun interne de ce semestre" in faux
    ars.post("/gestion/hors-choix/", {**corps, "confirme": "1"})
    donne = HorsChoix.objects.get()
    interne = signed(compte_of(amphi, 1))
    assert "Vous avez déjà le poste n° 2" in text(interne, "/mes-demandes/nouvelle/stage_libre/")
    assert "Choisir une raison" in text(interne, "/mes-demandes/nouvelle/disponibilite/")
    encore = ars.post("/gestion/hors-choix/", {**corps, "lignes": f"{ine} ; 3"}).content.decode()
    assert "a déjà le poste n° 2" in encore and f"{ine} ; 3</textarea>" in encore
    la = Subdivision.objects.create(code="LA", nom="Là")
    autre = signed(make_agent(la, "la@ars.example").compte)
    assert autre.post(f"/gestion/hors-choix/{donne.pk}/annuler/", {"motif": "x"}).status_code == 404
    assert "Répartition du DMG" in text(ars, "/gestion/journal/?genre=demandes&q=agn")
    for vide in ("/gestion/journal/?q=personne", "/gestion/journal/?genre=demandes&au=2020-01-01"):
        assert "Aucun acte" in text(ars, vide)
    assert "Répartition du DMG" not in text(autre, "/gestion/journal/")
    fichier = ars.get("/gestion/journal/?genre=demandes&format=xlsx").content
    lignes = [*load_workbook(BytesIO(fichier)).active.values]
    assert lignes[0][:3] == ("Date", "Heure", "Auteur") and lignes[1][7] == "Répartition du DMG"
    ars.post(f"/gestion/hors-choix/{donne.pk}/annuler/", {"motif": "erreur"})
    donne.refresh_from_db()
    assert donne.annulled_at is not None
