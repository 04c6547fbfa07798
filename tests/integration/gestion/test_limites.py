"""Limits of sessions moved by hand: read, refused, kept, carried along by a postponement."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from gradin.data.amphis.models import ActeAgent, Amphi
from gradin.data.comptes.models import Compte
from gradin.operations.preparation.amphis import DemandePreparation, prepare_amphis
from gradin.operations.preparation.report import DemandeReport, plan_report, report
from tests.factories.comptes import make_agent
from tests.factories.referentiel import make_subdivision
from tests.factories.roster import make_inscrits, make_offert

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MAINTENANT = datetime.now(UTC)
# A Monday far enough, whatever today is.
LUNDI = datetime.fromisoformat("2099-04-06T09:00")


@pytest.fixture
def amphi() -> Amphi:
    make_inscrits(["Un", "Deux", "Trois"])
    for numero in ("1", "2", "3"):
        make_offert(numero)
    prepare_amphis(DemandePreparation(semestre="2027-05", debut=LUNDI, graine="0"), maintenant=MAINTENANT)
    return Amphi.objects.get()


@pytest.fixture
def agent() -> Client:
    client = Client()
    agent = make_agent(make_subdivision())
    client.force_login(Compte.objects.get(pk=agent.compte), backend=BACKEND)
    return client


def saisie(*lignes: tuple[str, str, str, str]) -> dict[str, object]:
    champs: dict[str, object] = {"form-TOTAL_FORMS": len(lignes), "form-INITIAL_FORMS": 1}
    for n, (rang, jour, debut, fin) in enumerate(lignes):
        champs |= {
            f"form-{n}-rang_a": rang,
            f"form-{n}-jour": jour,
            f"form-{n}-debut": debut,
            f"form-{n}-fin": fin,
        }
    return champs


def ranks_and_hours(amphi: Amphi) -> list[str]:
    return [f"{s.rang_de}-{s.rang_a} {s.debut:%d %H:%M}" for s in amphi.sessions.order_by("numero")]


def test_limits_moved_by_hand_are_kept_and_shifted_by_a_postponement(agent: Client, amphi: Amphi) -> None:
    adresse = f"/gestion/amphis/{amphi.pk}/sessions/"
    assert "Dernier rang" in agent.get(adresse).content.decode()
    assert agent.post(adresse, {}).status_code == 200
    deux = saisie(("1", "2099-04-06", "09:00", "09:10"), ("3", "2099-04-07", "10:00", "10:30"))
    assert agent.post(adresse, {**deux, "form-1-rang_a": "2"}).status_code == 409
    assert "Remplissez la ligne entière" in agent.post(adresse, {**deux, "form-1-fin": ""}).content.decode()
    assert agent.post(adresse, deux).status_code == 302
    assert ranks_and_hours(amphi) == ["1-1 06 07:00", "2-3 07 08:00"]
    assert ActeAgent.objects.filter(acte="deplacer_sessions").count() == 1
    demande = DemandeReport(amphis=(amphi.pk,), debut=datetime.fromisoformat("2099-04-17T14:00"))
    empreinte = plan_report(demande, maintenant=MAINTENANT).empreinte
    report(demande, empreinte, auteur=None, maintenant=round(MAINTENANT.timestamp() * 1000))
    # Friday, then Monday: nobody chooses on a Saturday.
    assert ranks_and_hours(amphi) == ["1-1 17 12:00", "2-3 20 13:00"]


def test_long_before_the_announced_hour_the_start_asks_for_it_by_name(agent: Client, amphi: Amphi) -> None:
    agent.post(f"/regie/amphis/{amphi.pk}/actes/", {"type": "publier_liste", "cle": "p"})
    adresse = f"/regie/amphis/{amphi.pk}/"
    page = agent.get(adresse).content.decode()
    assert 'name="confirme-avance"' in page and "lundi 6\u00a0avril à 9" in page
    confirmes = {"type": "demarrer", "confirme-1": "postes_insuffisants"}
    agent.post(f"{adresse}actes/", {**confirmes, "cle": "a"})
    amphi.refresh_from_db()
    assert amphi.seq == 0
    agent.post(f"{adresse}actes/", {**confirmes, "cle": "b", "confirme-avance": "en_avance"})
    amphi.refresh_from_db()
    assert amphi.seq > 0
