"""An interne evaluates his stage on his phone; once five have, the campaign closed, the fiche says it."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from gradin.data.amphis.models import Affectation, Place
from gradin.data.evaluations.models import CampagneEvaluation, Questionnaire, ReponseAnonyme
from gradin.domain.evaluations.questionnaire import GenreQuestion, Question, write_questions
from tests.e2e.conftest import BUREAU, TELEPHONE, Theatre
from tests.e2e.test_pages import check_accessible

pytestmark = pytest.mark.navigateur
NOTE = Question(intitule="Encadrement au quotidien", genre=GenreQuestion.ECHELLE)
REPOS = Question(intitule="Repos de sécurité respecté", genre=GenreQuestion.OUI_NON)
MOT = Question(intitule="À savoir avant de choisir", genre=GenreQuestion.TEXTE)


def test_an_evaluation_is_filled_in_on_a_phone_and_read_once_five_have_answered(theatre: Theatre) -> None:
    campagne = open_evaluations(theatre)
    fill_in(theatre.interne(1).page)
    row = ReponseAnonyme.objects.get(campagne=campagne)
    assert row.reponses == {NOTE.cle: "4", REPOS.cle: "Oui"}
    agent = theatre.agent(BUREAU).page
    agent.goto(f"/services/{row.imotep}/")
    expect(agent.get_by_text("Les résultats paraissent à partir de cinq évaluations.")).to_be_visible()
    for _ in range(4):
        row.pk = None
        row.save()
    close(campagne)
    agent.goto("/gestion/evaluations/commentaires/")
    check_page(agent)
    agent.get_by_label("Beaucoup de consultations.").check()
    agent.get_by_role("button", name="Publier les cochés").click()
    expect(
        agent.get_by_text("1\u00a0commentaire publié").or_(agent.get_by_text("1 commentaire publié"))
    ).to_be_visible()
    agent.goto(f"/services/{row.imotep}/")
    expect(agent.get_by_text("4,0 sur 5 en moyenne")).to_be_visible()
    expect(agent.get_by_text("Beaucoup de consultations.")).to_be_visible()
    check_page(agent)
    agent.goto("/gestion/evaluations/questionnaires/general/")
    check_page(agent)
    agent.goto("/gestion/evaluations/")
    check_page(agent)


def open_evaluations(theatre: Theatre) -> CampagneEvaluation:
    amphi, maintenant = theatre.amphi, datetime.now(UTC)
    place = Place.objects.select_related("inscription").get(amphi=amphi, rang=1)
    Affectation.objects.create(
        interne_id=place.inscription.interne_id,
        semestre=amphi.semestre,
        poste=amphi.postes.get(numero="1"),
        type_choix="classique",
        chosen_at=0,
    )
    Questionnaire.objects.create(
        version=1, contenu=write_questions((NOTE, REPOS, MOT)), created_at=maintenant
    )
    return CampagneEvaluation.objects.create(
        semestre=amphi.semestre,
        subdivision=amphi.subdivision,
        ouvre_at=maintenant - timedelta(days=2),
        ferme_at=maintenant + timedelta(days=1),
        envoyes=[-1],
    )


def fill_in(page: Page) -> None:
    page.goto("/evaluations/")
    check_accessible(page)
    page.get_by_role("link", name="Évaluer ce stage").click()
    check_page(page)
    page.set_viewport_size(TELEPHONE)  # type: ignore[arg-type]
    page.get_by_role("group", name="Encadrement au quotidien").get_by_label("4").check()
    expect(page.get_by_text("Réponses gardées.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("group", name="Encadrement au quotidien").get_by_label("4")).to_be_checked()
    page.get_by_role("button", name="Envoyer mon évaluation").click()
    expect(page.get_by_text("Il reste une question")).to_be_visible()
    page.get_by_role("group", name="Repos de sécurité respecté").get_by_label("Oui").check()
    page.get_by_label("À savoir avant de choisir").fill("Beaucoup de consultations.")
    page.get_by_role("button", name="Envoyer mon évaluation").click()
    expect(page.get_by_text("Évaluation envoyée.")).to_be_visible()
    expect(page.get_by_text("Évalué", exact=True)).to_be_visible()


def close(campagne: CampagneEvaluation) -> None:
    CampagneEvaluation.objects.filter(pk=campagne.pk).update(
        ferme_at=datetime.now(UTC) - timedelta(seconds=1)
    )


def check_page(page: Page) -> None:
    """On a phone and on a desk."""
    for taille in (TELEPHONE, BUREAU):
        page.set_viewport_size(taille)  # type: ignore[arg-type]
        check_accessible(page)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
