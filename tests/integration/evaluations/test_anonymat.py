"""Nobody joins an answer to an interne: not by the tables, not by a page, an export, a journal."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from gradin.data.comptes.models import Compte
from gradin.data.evaluations.models import BrouillonEvaluation, Commentaire, Participation, ReponseAnonyme
from gradin.operations.evaluations.reponses import keep_brouillon
from gradin.queries.donnees import read_donnees
from gradin.queries.visiteurs import visiteur_of
from tests.factories.amphis import compte_of
from tests.factories.comptes import make_agent
from tests.integration.evaluations.conftest import (
    MOT,
    NOTE,
    SEPT,
    TROIS,
    answer,
    close,
    make_stages,
    now,
    stage_of,
)
from tests.integration.parcours.test_pages import sign_in

pytestmark = pytest.mark.django_db
CANARI = "canari-du-premier"
CANARI_CACHE = "canari-des-trois"


def test_no_table_joins_an_answer_to_whoever_gave_it() -> None:
    amphi = make_stages()
    for rang in range(1, 8):
        answer(amphi, rang, str(1 + rang % 5), CANARI if rang == 1 else "")
    assert ReponseAnonyme.objects.count() == Participation.objects.count() == 7
    for modele in (ReponseAnonyme, Commentaire):
        types = {champ.get_internal_type() for champ in modele._meta.concrete_fields}
        assert not types & {"DateTimeField", "DateField", "BigIntegerField", "OneToOneField"}
        # No key goes from it to a person, nor from anywhere to it.
        assert {lien.related_model._meta.label for lien in modele._meta.related_objects} == set()
        assert not {"Interne", "Compte", "Affectation"} & _reached(modele)
    # The keys of who answered and of what was answered are in two orders that say nothing of each other.
    internes = list(Participation.objects.order_by("pk").values_list("affectation__poste__numero", flat=True))
    notes = [row.reponses[NOTE.cle] for row in ReponseAnonyme.objects.order_by("pk")]
    assert internes != sorted(internes, key=int) and len(notes) == 7
    if connection.vendor == "postgresql":
        with connection.cursor() as curseur:
            for table in ("evaluations_participation", "evaluations_reponseanonyme"):
                curseur.execute(f"SELECT COUNT(DISTINCT xmin::text) FROM {table}")
                assert curseur.fetchone()[0] == 1


def _reached(modele: object) -> set[str]:
    """Names of the models that foreign keys lead to."""
    atteints, reste = set(), [modele]
    while reste:
        for champ in reste.pop()._meta.concrete_fields:  # type: ignore[attr-defined]
            lie = champ.related_model
            if lie is not None and lie.__name__ not in atteints:
                atteints.add(lie.__name__)
                reste.append(lie)
    return atteints


def test_the_agent_his_export_and_his_journals_never_say_who_wrote_what() -> None:
    amphi = make_stages()
    for rang in range(1, 8):
        answer(amphi, rang, "4", CANARI if rang == 1 else "")
    for rang in range(8, 11):
        answer(amphi, rang, "1", CANARI_CACHE if rang == 8 else "")
    agent = sign_in(Compte.objects.get(pk=make_agent(amphi.subdivision).compte))
    pages = ("/gestion/evaluations/", "/gestion/evaluations/commentaires/", "/gestion/journal/")
    ouverte = "".join(agent.get(page).content.decode() for page in pages)
    assert CANARI not in ouverte and "4 sur 5" not in agent.get(f"/services/{SEPT}/").content.decode()
    close()
    # Seven: read, and the comment too once an agent has published it; three: nothing, not even to him.
    a_relire = agent.get("/gestion/evaluations/commentaires/").content.decode()
    assert CANARI in a_relire and CANARI_CACHE not in a_relire and "Interne1" not in a_relire
    cachee = Commentaire.objects.get(texte=CANARI_CACHE)
    pks = list(Commentaire.objects.values_list("pk", flat=True))
    agent.post("/gestion/evaluations/commentaires/", {"commentaire": pks, "jugement": "publier"})
    cachee.refresh_from_db()
    assert cachee.etat == "en_attente"
    fiche = agent.get(f"/services/{SEPT}/").content.decode()
    assert CANARI in fiche and "7\u00a0évaluations" in fiche and "4,0 sur 5" in fiche
    assert "Interne1" not in fiche.split('id="evaluations"')[1]
    cache = agent.get(f"/services/{TROIS}/").content.decode()
    assert "à partir de cinq évaluations" in cache and CANARI_CACHE not in cache
    assert "Évaluations des internes" not in Client().get(f"/services/{SEPT}/").content.decode()
    csv = agent.get("/gestion/evaluations/resultats.csv").content.decode("utf-8-sig")
    assert "4,0" in csv and TROIS not in csv and "Interne" not in csv
    xlsx = ZipFile(BytesIO(agent.get("/gestion/evaluations/resultats.xlsx").content))
    assert CANARI in xlsx.read("xl/sharedStrings.xml").decode()
    journal = agent.get("/gestion/journal/").content.decode()
    assert CANARI not in journal


def test_a_draft_is_its_owner_s_and_goes_when_it_is_sent() -> None:
    amphi = make_stages()
    stage = stage_of(amphi, 1)
    assert keep_brouillon(stage.interne_id, stage.pk, {NOTE.cle: "2", MOT.cle: CANARI}, now()) == 2
    soi = json.dumps([un.lignes for un in read_donnees(visiteur_of(compte_of(amphi, 1)))], default=str)
    autre = json.dumps([un.lignes for un in read_donnees(visiteur_of(compte_of(amphi, 2)))], default=str)
    assert CANARI in soi and CANARI not in autre
    answer(amphi, 1, "2", CANARI)
    assert not BrouillonEvaluation.objects.exists()
    assert CANARI not in json.dumps(
        [un.lignes for un in read_donnees(visiteur_of(compte_of(amphi, 1)))], default=str
    )
    assert _tables_of_people_with(CANARI) == []


def _tables_of_people_with(jeton: str) -> list[str]:
    """Rows anywhere that hold the words and lead to an interne."""
    trouves = []
    for modele in apps.get_models():
        if modele._meta.app_label in ("evaluations",) and modele is not BrouillonEvaluation:
            continue
        textes = [
            c.name
            for c in modele._meta.concrete_fields
            if c.get_internal_type() in ("TextField", "CharField", "JSONField")
        ]
        for champ in textes:
            if any(jeton in str(valeur) for valeur in modele._default_manager.values_list(champ, flat=True)):
                trouves.append(modele._meta.label)
    return trouves
