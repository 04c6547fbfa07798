"""« Besoin d'assistance ? »: asked in the salle, answered in the régie, read by these two only."""

import pytest
from django.test import Client

from gradin.data.amphis.models import Amphi, EtatAmphi
from gradin.data.demandes.models import Question
from gradin.live.temps import maintenant_ms
from gradin.operations.demandes import questions
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.operations.permissions import Interdit
from gradin.queries.journal import export_jsonl
from gradin.web.regie.questions import EN_PAUSE
from tests.factories.amphis import compte_of, visiteur
from tests.integration.regie.conftest import BACKEND

pytestmark = pytest.mark.django_db


def salle_of(amphi: Amphi, rang: int) -> Client:
    client = Client()
    client.force_login(compte_of(amphi, rang), backend=BACKEND)
    return client


def test_a_question_is_answered_in_place_and_read_by_its_author_alone(amphi: Amphi, agent: Client) -> None:
    sienne = salle_of(amphi, 2)
    envoi = {"amphi": amphi.pk, "texte": "Puis-je voir la carte ?", "cle": "k"}
    for _ in range(2):
        sienne.post("/mon-amphi/questions/", envoi)
    question = Question.objects.get()
    file = agent.get(f"/regie/amphis/{amphi.pk}/questions/").content.decode()
    assert "Puis-je voir la carte" in file and "rang 2" in file
    adresse = f"/regie/amphis/{amphi.pk}/questions/{question.pk}/"
    assert agent.post(adresse, {"texte": "Oui, dans chaque service."}).status_code == 302
    assert agent.post(adresse, {"texte": "Trop tard."}, headers={"Gradin-Fragment": "1"}).status_code == 409
    lue = sienne.get(f"/mon-amphi/questions/?amphi={amphi.pk}").content.decode()
    assert "Oui, dans chaque service." in lue and "Trop tard." not in lue
    autre = salle_of(amphi, 3).get(f"/mon-amphi/questions/?amphi={amphi.pk}").content.decode()
    assert "Puis-je voir" not in autre and "dans chaque service" not in autre
    assert not any("Puis-je voir" in ligne for ligne in export_jsonl(amphi.pk, complet=True))


def test_a_question_that_one_may_no_longer_ask_is_said_on_the_page(
    amphi: Amphi, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbid(*args: object, **options: object) -> int:
        raise Interdit("Cette procuration est annulée.")

    monkeypatch.setattr("gradin.web.salle.questions.ask_question", forbid)
    envoi = {"amphi": amphi.pk, "texte": "Encore là ?", "cle": "k"}
    page = salle_of(amphi, 2).post("/mon-amphi/questions/", envoi, headers={"Gradin-Fragment": "1"})
    assert page.status_code == 200
    assert "Cette procuration est annulée." in page.content.decode() and "Encore là" in page.content.decode()


def test_one_person_cannot_fill_the_queue_and_nobody_asks_after_the_close(amphi: Amphi) -> None:
    def ask(rang: int, cle: str) -> int:
        return questions.ask_question(
            visiteur(amphi, rang), amphi.pk, "?", pour=rang, cle=cle, maintenant=maintenant_ms()
        )

    ask(1, "a")
    ask(1, "b")
    with pytest.raises(DemandeRefusee, match="attendent leur réponse"):
        ask(1, "c")
    ask(2, "d")
    Amphi.objects.filter(pk=amphi.pk).update(etat=EtatAmphi.CLOS)
    with pytest.raises(DemandeRefusee, match="pendant l’amphithéâtre"):
        ask(3, "e")
    Amphi.objects.filter(pk=amphi.pk).update(etat=EtatAmphi.EN_COURS)


def test_the_ready_answer_that_promises_a_pause_makes_it_and_nothing_is_promised_twice(
    amphi: Amphi, agent: Client
) -> None:
    salle_of(amphi, 2).post(
        "/mon-amphi/questions/", {"amphi": amphi.pk, "texte": "Ma page est figée", "cle": "k"}
    )
    question = Question.objects.get()
    adresse = f"/regie/amphis/{amphi.pk}/questions/{question.pk}/"
    assert agent.post(adresse, {"prete": EN_PAUSE}).status_code == 302
    assert Amphi.objects.get(pk=amphi.pk).etat == EtatAmphi.PAUSE
    assert Question.objects.get().reponse == EN_PAUSE
    agent.post(f"/regie/amphis/{amphi.pk}/actes/", {"type": "reprendre", "cle": "r"})
    assert agent.post(adresse, {"prete": EN_PAUSE}, headers={"Gradin-Fragment": "1"}).status_code == 409
    assert Amphi.objects.get(pk=amphi.pk).etat == EtatAmphi.EN_COURS
