"""The partners' pages of the opening: each reads why he came, acts where he may, sees no more than his."""

from io import BytesIO

from openpyxl import load_workbook

from gradin.data.comptes.models import Role
from gradin.data.ouverture.models import AvisPoste, PostePropose
from gradin.data.postes.models import Regime
from gradin.operations.ouverture.avis import give_avis
from gradin.operations.ouverture.decisions import decide_postes
from tests.integration.ouverture.conftest import Commission, make_partner
from tests.integration.ouverture.test_page import client_of


def test_an_etablissement_proposes_corrects_withdraws_and_reads_the_decision(commission: Commission) -> None:
    hopital, adresse = client_of(commission.hopital), "/mon-espace/ouverture/"
    accueil = hopital.get("/mon-espace/").content.decode()
    assert "Proposez et corrigez vos postes" in accueil and "Vous n’avez encore rien proposé" in accueil
    saisi = commission.saisi()
    envoi = {"geste": "proposer", "service": saisi.service, "des": saisi.des, "regime": Regime.SOCLE}
    envoi |= {"nombre": "2", "type_poste": "Hospitalier", "flechage": "Urgences"}
    assert hopital.post(adresse, envoi).status_code == 302
    un, deux = PostePropose.objects.order_by("pk")
    correction = {**envoi, "geste": "corriger", "flechage": "Gardes de nuit", "reserve": "on"}
    assert hopital.post(f"{adresse}{un.pk}/", correction).status_code == 302
    hopital.post(f"{adresse}{deux.pk}/", {"geste": "retirer"})
    un.refresh_from_db(), deux.refresh_from_db()
    assert (un.flechage, un.reserve, deux.etat) == ("Gardes de nuit", True, "retire")

    give_avis(
        commission.ouverture.pk, [un.pk], "reserve", "À voir.", commission.geste(commission.coordonnateur)
    )
    decide_postes(commission.ouverture.pk, [un.pk], "refuser", "Trop.", commission.geste(commission.agent))
    page = hopital.get(adresse).content.decode()
    assert "Trop." in page and "À voir." not in page
    classeur = load_workbook(BytesIO(hopital.get(f"{adresse}?format=xlsx").content))
    lignes = [*classeur.worksheets[0].iter_rows(values_only=True)]
    assert {ligne[1] for ligne in lignes[1:]} >= {"Refusé", "Retiré par l’établissement"}
    assert client_of(commission.coordonnateur).get(f"{adresse}{un.pk}/").status_code == 403


def test_a_coordonnateur_advises_on_his_des_alone_and_a_representant_reads_no_advice(
    commission: Commission,
) -> None:
    un, deux = commission.propose(2, flechage="Urgences")
    adresse, coordonnateur = "/mon-espace/ouverture/", client_of(commission.coordonnateur)
    assert "2\u00a0postes proposés attendent" in coordonnateur.get("/mon-espace/").content.decode()
    refus = coordonnateur.post(adresse, {"geste": "avis", "pk": [un.pk], "sens": "reserve"})
    assert refus.status_code == 409 and "pourquoi" in refus.content.decode()
    avis = {"geste": "avis", "pk": [un.pk, deux.pk], "sens": "reserve", "texte": "Un seul senior."}
    assert coordonnateur.post(adresse, avis).status_code == 302
    assert AvisPoste.objects.count() == 2
    assert "Aucun poste n’attend votre avis" in coordonnateur.get("/mon-espace/").content.decode()
    assert "Un seul senior." in coordonnateur.get(f"{adresse}?vue=tous").content.decode()

    psy = client_of(commission.autre_coordonnateur)
    assert "Urgences" not in psy.get(f"{adresse}?vue=tous").content.decode()
    assert psy.post(adresse, avis).status_code == 403

    decide_postes(commission.ouverture.pk, [un.pk], "refuser", "Trop.", commission.geste(commission.agent))
    representant = client_of(make_partner(Role.REPRESENTANT, "IDF:3"))
    page = representant.get(adresse).content.decode()
    assert "Urgences" in page and "Refusé" in page
    assert "Un seul senior." not in page and "Trop." not in page and "Postes nécessaires" not in page
    assert representant.post(adresse, avis).status_code == 403
    ailleurs = client_of(make_partner(Role.REPRESENTANT, "IDF:97", "la@role.example"))
    assert "Urgences" not in ailleurs.get(adresse).content.decode()
