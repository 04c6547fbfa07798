"""A receipt opens one salted hash of the public list, and is found again in the whole file."""

import json
from hashlib import sha256

import pytest

from gradin.domain.appariement.campagne import DocteurJunior, Site, TourAppariement
from gradin.domain.appariement.engagements import (
    LISTE,
    Recu,
    commit,
    line_of_candidat,
    line_of_site,
    verify_in_file,
    verify_recu,
    write_liste,
    write_recu,
)
from gradin.domain.appariement.publication import PublicationInvalide, keep_mutual, write_publication
from gradin.domain.appariement.resultat import pair

NOTES = {"x": 5, "y": 2, "z": 1}


def make_fichier() -> str:
    sites = (("x", {"a": 1}), ("y", {"a": 1}), ("z", {}))
    tour = keep_mutual(
        TourAppariement(
            candidats=(DocteurJunior(code="a", subdivision="", notes=NOTES),),
            sites=tuple(Site(code=c, subdivision="", places=1, classements=r) for c, r in sites),
            graine="g",
        )
    )
    return write_publication(tour, pair(tour))


def recu_of(notes: dict[str, int], obtenu: str = "x") -> Recu:
    return Recu(sel="sel", ligne=line_of_candidat("a", notes, obtenu), noms={"x": "Cardiologie"})


def liste_of(*recus: Recu) -> str:
    empreinte = sha256(make_fichier().encode()).hexdigest()
    engagements = tuple(commit(un.sel, un.ligne) for un in recus)
    return write_liste("1er tour", "Cardiologie", empreinte, engagements)


def test_a_receipt_is_found_in_the_list_and_in_the_whole_file():
    recu = recu_of(NOTES)
    liste = liste_of(recu, Recu(sel="s", ligne=line_of_site(7, {1: 2}, [1]), noms={}))
    lu = verify_recu(write_recu(recu), liste)
    verify_in_file(lu, liste, make_fichier())
    assert lu.ligne["notes"] == NOTES


@pytest.mark.parametrize("autre", [{"x": 4, "y": 2, "z": 1}, {"x": 5, "y": 2}])
def test_one_note_changed_is_not_in_the_list(autre):
    with pytest.raises(PublicationInvalide, match="pas dans la liste"):
        verify_recu(write_recu(recu_of(autre)), liste_of(recu_of(NOTES)))


@pytest.mark.parametrize(
    ("recu", "mots"),
    [
        (recu_of({"x": 1, "y": 2}), "ne range pas"),
        (recu_of(NOTES, "y"), "ne donne pas"),
        (recu_of({}), "ne range pas"),
    ],
)
def test_a_line_that_the_whole_file_did_not_follow_is_told(recu, mots):
    with pytest.raises(PublicationInvalide, match=mots):
        verify_in_file(recu, liste_of(recu), make_fichier())


BON = json.loads(write_recu(recu_of(NOTES)))
LIGNE = BON["ligne"]


@pytest.mark.parametrize(
    "odd",
    [
        *({**BON, "ligne": ligne} for ligne in (None, 3, ["candidat"], "candidat")),
        {**BON, "noms": ["x"]},
        {**BON, "sel": None},
        {**BON, "sel": "\ud800"},
        [],
    ],
)
def test_an_odd_receipt_is_refused_in_words(odd):
    with pytest.raises(PublicationInvalide, match="n’est pas un reçu"):
        verify_recu(json.dumps(odd), liste_of(recu_of(NOTES)))


@pytest.mark.parametrize("odd", [3, [], {"format": LISTE}, {"format": LISTE, "engagements": "abc"}])
def test_an_odd_list_is_refused_in_words(odd):
    with pytest.raises(PublicationInvalide, match="n’est pas une liste"):
        verify_recu(write_recu(recu_of(NOTES)), json.dumps(odd))


@pytest.mark.parametrize(
    ("ligne", "mots"),
    [
        ({"candidat": "a"}, "ne tient pas de notes"),
        ({**LIGNE, "notes": {"x": None}}, "ne tient pas de notes"),
        ({"candidat": "a", "notes": NOTES}, "ne donne pas"),
        ({**LIGNE, "candidat": []}, "ne donne pas"),
    ],
)
def test_an_odd_line_is_told_beside_the_whole_file(ligne, mots):
    recu = Recu(sel="sel", ligne=ligne, noms={})
    with pytest.raises(PublicationInvalide, match=mots):
        verify_in_file(recu, liste_of(recu), make_fichier())


def test_a_list_that_names_no_whole_file_proves_none():
    liste = json.dumps({"format": LISTE, "engagements": []})
    with pytest.raises(PublicationInvalide, match="pas celui"):
        verify_in_file(recu_of(NOTES), liste, make_fichier())


def test_another_whole_file_is_not_the_one_of_the_list():
    with pytest.raises(PublicationInvalide, match="pas celui"):
        verify_in_file(recu_of(NOTES), liste_of(recu_of(NOTES)), make_fichier() + " ")
