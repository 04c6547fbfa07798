"""C25: an agent, or who stole his session, does not carry the roster away page by page."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from gradin.data.comptes.models import Compte
from tests.factories.comptes import make_agent
from tests.factories.referentiel import make_subdivision
from tests.factories.roster import make_inscrit

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def trois_par_heure(settings: Any) -> None:
    cache.clear()
    settings.GRADIN_LECTURES_PAR_HEURE = {"lecture": 3, "export": 1}


def test_readings_are_logged_counted_and_stopped_past_the_rate_of_an_hour(
    trois_par_heure: None, caplog: pytest.LogCaptureFixture
) -> None:
    interne: Any = make_inscrit("Hermite").interne
    agent = Client()
    agent.force_login(Compte.objects.get(pk=make_agent(make_subdivision()).compte), backend=BACKEND)
    fiche = f"/gestion/internes/{interne.pk}/"
    with caplog.at_level("INFO", logger="gradin.web.gestion.acces"):
        adresses = (fiche, "/gestion/internes/?q=hermite", fiche, fiche, "/gestion/internes/?q=h")
        statuts = [agent.get(adresse).status_code for adresse in adresses]
    assert statuts == [200, 200, 200, 429, 429]
    assert caplog.text.count(f"lecture interne={interne.pk}") == 3
    alertes = [ligne for ligne in caplog.records if "too many" in ligne.getMessage()]
    assert len(alertes) == 2
    assert "Hermite" not in caplog.text and "hermite" not in caplog.text
    assert [agent.get("/gestion/internes/export.xlsx").status_code for _ in range(2)] == [200, 429]
    # The rest of the agent's work goes on: an amphi does not stop for it.
    assert agent.get("/regie/").status_code == 200
