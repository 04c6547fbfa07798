"""The manual answers, is found, and is linked from the pages it concerns."""

import re

import pytest

from gradin.web.aide.liens import LIENS, PAR_ROLE, lien_for
from gradin.web.aide.manuel import find_page, read_manuel, set_in_french
from gradin.web.aide.recherche import search

QUESTIONS_DU_MANUEL = 24


def _anchors() -> set[str]:
    return {une.href for page in read_manuel() for une in page.rubriques}


def test_the_manual_has_a_page_a_role_and_every_question_answered() -> None:
    assert [page.nom for page in read_manuel()][:3] == ["interne", "mandataire", "ars"]
    questions = find_page("questions")
    assert questions is not None
    posees = [une for une in questions.rubriques if une.groupe]
    assert len(posees) == QUESTIONS_DU_MANUEL
    assert all(len(une.texte) > 20 for une in posees)


def test_every_anchor_stands_once_in_its_page() -> None:
    for page in read_manuel():
        ancres = [une.ancre for une in page.rubriques]
        assert len(ancres) == len({*ancres})


def test_every_page_of_the_site_leads_to_an_anchor_that_exists() -> None:
    for debut, cible, _ in LIENS:
        page, _, ancre = cible.partition("#")
        assert find_page(page.strip("/")) is not None, debut
        assert not ancre or f"/aide/{page}#{ancre}" in _anchors(), debut
    assert all(find_page(page.strip("/")) for page in PAR_ROLE.values())


def test_links_between_pages_of_the_manual_lead_somewhere() -> None:
    for page in read_manuel():
        for une in page.rubriques:
            liens = re.findall(r'href="(/aide/[^"]*#[^"]*)"', une.html)
            assert all(lien in _anchors() for lien in liens)


@pytest.mark.parametrize(
    ("chemin", "role", "attendu"),
    [
        ("/mon-amphi/", "interne", "/aide/interne/#choisir"),
        ("/mon-amphi/favoris/", "interne", "/aide/interne/#favoris"),
        ("/mon-profil/procuration/", "interne", "/aide/questions/#procuration"),
        ("/mon-profil/statut/", "interne", "/aide/questions/#statut"),
        ("/amphis/3/liste-appel/", "", "/aide/interne/#listes"),
        ("/mon-espace/", "faculte", "/aide/faculte/"),
        ("/", "", "/aide/"),
    ],
)
def test_a_page_leads_to_its_own_heading(chemin: str, role: str, attendu: str) -> None:
    assert lien_for(chemin, role).href == attendu


@pytest.mark.parametrize(
    ("question", "ancre"),
    [
        ("réservé", "reserve"),
        ("RESERVE", "reserve"),
        ("procurration", "procuration"),
        ("Je n'ai pas mon INE", "ine"),
        ("changer de mandataire", "changer"),
        ("surnombres validants", "surnombre"),
    ],
)
def test_a_question_is_found_without_accents_and_with_a_slip(question: str, ancre: str) -> None:
    assert ancre in [une.ancre for une in search(question)][:3]


def test_a_question_of_empty_words_finds_nothing() -> None:
    assert search("mon ma mes") == []
    assert search("xylophone quantique") == []


def test_french_signs_do_not_stand_alone_on_a_line() -> None:
    assert set_in_french("« Oui » : ici ?") == "«\u00a0Oui\u00a0»\u00a0: ici\u202f?"
