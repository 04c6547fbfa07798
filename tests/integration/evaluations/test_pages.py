"""The interne fills in and sends once; the ARS opens, reminds; criteria are brought, shown, searched."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gradin.data.comptes.models import Compte, Role
from gradin.data.courriers.models import Envoi
from gradin.data.evaluations.models import CampagneEvaluation, Participation, Questionnaire
from gradin.data.services.models import CritereStage, ValeurCritere
from gradin.operations.comptes.agents import create_agent, parse_portee
from gradin.operations.evaluations.campagnes import open_campagne, send_due
from gradin.operations.evaluations.refus import EvaluationRefusee
from gradin.operations.imports.demande import DemandeImport
from gradin.operations.services.criteres import import_criteres
from tests.factories.amphis import compte_of
from tests.factories.comptes import make_agent
from tests.factories.referentiel import make_semestre
from tests.integration.evaluations.conftest import (
    GARDES,
    MOT,
    NOTE,
    SEPT,
    answer,
    close,
    make_stages,
    now,
    stage_of,
)
from tests.integration.parcours.test_pages import sign_in

pytestmark = pytest.mark.django_db


def test_an_interne_fills_in_as_he_goes_sends_once_and_then_it_is_locked() -> None:
    amphi = make_stages()
    client, adresse = sign_in(compte_of(amphi, 1)), f"/evaluations/{stage_of(amphi, 1).pk}/"
    assert "Évaluer ce stage" in client.get("/evaluations/").content.decode()
    garde = client.post(adresse, {NOTE.cle: "4", "geste": "garder"}, headers={"Gradin-Fragment": "1"})
    assert garde.status_code == 204
    assert "Finir mon évaluation" in client.get("/evaluations/").content.decode()
    refus = client.post(adresse, {NOTE.cle: "4", "geste": "envoyer"})
    assert refus.status_code == 409 and "Il reste une question" in refus.content.decode()
    tout = {NOTE.cle: "4", GARDES.cle: "Non", MOT.cle: "Bien", "geste": "envoyer"}
    assert client.post(adresse, tout).status_code == 302
    assert "Évalué" in client.get("/evaluations/").content.decode()
    assert client.post(adresse, tout).status_code == 409 and Participation.objects.count() == 1
    assert "ne peut plus être lue" in client.get(adresse).content.decode()
    assert sign_in(compte_of(amphi, 2)).get(adresse).status_code == 404
    close()
    with pytest.raises(EvaluationRefusee, match="fermée"):
        answer(amphi, 2, "3")


def test_mails_go_to_the_silent_ones_and_a_closed_campaign_stays_closed() -> None:
    amphi = make_stages()
    answer(amphi, 1, "4")
    assert send_due(now()) == 9 and send_due(now()) == 0
    assert not Envoi.objects.filter(destinataire=compte_of(amphi, 1).email, sujet__contains="stage").exists()
    agent = make_agent(amphi.subdivision)
    page = sign_in(Compte.objects.get(pk=agent.compte)).get("/gestion/evaluations/").content.decode()
    assert "Participation par groupe" in page and "Changer les dates" in page
    close()
    dates = {"ouvre": now(), "ferme": now() + timedelta(days=3), "rappels": (), "maintenant": now()}
    with pytest.raises(EvaluationRefusee, match="ne rouvre pas"):
        open_campagne(agent, make_semestre().pk, amphi.subdivision_id, **dates)  # type: ignore[arg-type]
    with pytest.raises(EvaluationRefusee, match="plus récent"):
        open_campagne(agent, make_semestre("2020-05").pk, amphi.subdivision_id, **dates)  # type: ignore[arg-type]
    assert CampagneEvaluation.objects.count() == 1


def test_semesters_close_in_their_order_so_that_no_difference_tells_few_answers() -> None:
    amphi = make_stages()
    agent = make_agent(amphi.subdivision)

    def move(semestre: str, jours: int) -> None:
        ferme = now() + timedelta(days=jours)
        dates = {"ouvre": now(), "ferme": ferme, "rappels": (), "maintenant": now()}
        open_campagne(agent, make_semestre(semestre).pk, amphi.subdivision_id, **dates)  # type: ignore[arg-type]

    move("2027-11", 20)
    with pytest.raises(EvaluationRefusee, match="plus récent ferme avant"):
        move("2027-05", 30)
    with pytest.raises(EvaluationRefusee, match="plus ancien ferme après"):
        move("2027-05", 10), move("2027-11", 5)
    move("2027-11", 30)


def test_a_version_somebody_answered_is_frozen_and_a_representative_writes_those_of_his_des() -> None:
    amphi = make_stages()
    answer(amphi, 1, "4")
    agent = sign_in(Compte.objects.get(pk=make_agent(amphi.subdivision).compte))
    saisie = {
        "q-TOTAL_FORMS": "1",
        "q-INITIAL_FORMS": "0",
        "q-0-intitule": "Gardes ?",
        "q-0-genre": "oui_non",
    }
    assert agent.post("/gestion/evaluations/questionnaires/general/", saisie).status_code == 302
    assert list(Questionnaire.objects.values_list("version", flat=True)) == [2, 1]
    representant = sign_in(
        create_agent(
            courriel="rep@role.example",
            mot_de_passe="un secret long",
            portees=[parse_portee(f"{amphi.subdivision.code}:{amphi.groupe.code}")],
            maintenant=now(),
            role=Role.REPRESENTANT,
        )
    )
    assert representant.post("/gestion/evaluations/questionnaires/general/", saisie).status_code == 403
    assert representant.post("/gestion/evaluations/questionnaires/33/", saisie).status_code == 302
    assert Questionnaire.objects.filter(des__code_des="33", version=1).exists()
    assert "Mon espace" in representant.get("/gestion/evaluations/").content.decode()


def test_criteria_come_by_imotep_and_are_shown_searched_and_exported(tmp_path: Path) -> None:
    amphi = make_stages()
    client = sign_in(Compte.objects.get(pk=make_agent(amphi.subdivision).compte))
    for nom, nature, unite in (("Logement", "oui_non", ""), ("Trajet", "nombre", "min")):
        client.post("/gestion/criteres/", {"geste": "ajouter", "nom": nom, "nature": nature, "unite": unite})
    assert CritereStage.objects.count() == 2
    corps = "IMOTEP;Logement;Trajet;Autre\n75000001;oui;12,5;x\n75000002;Non;40;\n99999999;Oui;;\n"
    fichier = SimpleUploadedFile("criteres.csv", corps.encode())
    envoi = client.post("/gestion/criteres/", {"geste": "importer", "fichier": fichier}, follow=True)
    assert "4 valeurs lues" in envoi.content.decode() or "4\u00a0valeurs lues" in envoi.content.decode()
    chemin = tmp_path / "criteres.csv"
    chemin.write_text(corps)
    assert import_criteres(DemandeImport(chemin=chemin, semestre="")).changements == 0
    faux = SimpleUploadedFile("criteres.csv", b"IMOTEP;Trajet\n75000001;loin\n")
    refus = client.post("/gestion/criteres/", {"geste": "importer", "fichier": faux})
    assert refus.status_code == 409 and "un nombre, comme 12" in refus.content.decode()
    assert "12,5\u00a0min" in client.get(f"/services/{SEPT}/").content.decode()
    logement, trajet = CritereStage.objects.all()
    liste = client.get(f"/postes/?vue=poste&critere={trajet.pk}:max-20").content.decode()
    assert "Service 1" in liste and "Service 2" not in liste
    liste = client.get(f"/postes/?critere={logement.pk}:Non&critere=9:x&critere=abc").content.decode()
    assert "Service 2" in liste and "Service 1" not in liste
    client.post("/gestion/criteres/", {"geste": f"retirer-{logement.pk}"})
    assert ValeurCritere.objects.count() == 2
