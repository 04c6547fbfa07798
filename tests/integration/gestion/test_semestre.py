"""The cockpit: what is done, what blocks, what is next; and the acts that take all amphis on."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from gradin.data.amphis.models import Amphi, ListeAppel
from gradin.data.comptes.models import Compte
from gradin.data.internes.models import Phase
from gradin.data.postes.models import Regime
from gradin.data.referentiel.models import Subdivision
from tests.factories.comptes import make_agent
from tests.factories.referentiel import make_groupe, make_subdivision
from tests.factories.roster import make_inscrits, make_offert

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in(courriel: str) -> Client:
    client = Client()
    client.force_login(Compte.objects.get(email=courriel), backend=BACKEND)
    return client


def act(client: Client, acte: str, subdivision: Subdivision, **champs: object) -> None:
    saisie = {"semestre": "2027-05", "subdivision": subdivision.pk, **champs}
    reponse = client.post(f"/gestion/{acte}/", saisie)
    assert reponse.status_code == 302, reponse.content.decode()


def test_a_semester_goes_from_two_lists_to_open_amphis_by_the_acts_of_one_page() -> None:
    ici = make_subdivision()
    agent = sign_in(make_agent(ici).courriel)
    assert "Déposer le fichier des internes" in agent.get("/gestion/").content.decode()
    make_inscrits(["Un", "Deux"], phase=Phase.SOCLE)
    page = agent.get("/gestion/").content.decode()
    assert "2 internes" in page and "Déposer le fichier des postes" in page
    make_offert("1", regime=Regime.SOCLE)
    page = agent.get("/gestion/").content.decode()
    assert "Préparer les amphis" in page and "1 poste, il en faut 3" in page
    jour = datetime.now(UTC) + timedelta(days=30)
    act(agent, "preparer", ici, jour=f"{jour:%Y-%m-%d}", heure="13:30")
    amphi = Amphi.objects.get()
    assert (amphi.etat, amphi.places.count(), amphi.postes.count()) == ("valide", 2, 1)
    assert "Publier la liste" in agent.get("/gestion/").content.decode()
    assert amphi.intitule.split(",")[0] in agent.get(
        f"/gestion/publier/?semestre=2027-05&subdivision={ici.pk}"
    ).content.decode().replace("\n", "")
    saisie = {"semestre": "2027-05", "subdivision": ici.pk}
    rien = agent.post("/gestion/publier/", saisie).content.decode()
    assert "Rien n’est coché" in rien and "checked" not in rien
    lue = f"{amphi.pk}:{ListeAppel.objects.get().empreinte}"
    non_relue = agent.post("/gestion/publier/", {**saisie, "liste": lue}).content.decode()
    assert "cochez aussi" in non_relue and f'value="{lue}" checked' in non_relue and "1 poste" in non_relue
    assert not ListeAppel.objects.exclude(published_at=None).exists()
    act(agent, "publier", ici, liste=lue, relu="oui")
    assert ListeAppel.objects.exclude(published_at=None).exists()
    assert "favoris annoncés" in agent.get("/gestion/ouvrir/").content.decode()
    for geste, etat in (("ouvrir", "ouvert"), ("refermer", "valide"), ("ouvrir", "ouvert")):
        act(agent, "ouvrir", ici, geste=geste, amphi=amphi.pk)
        amphi.refresh_from_db()
        assert amphi.etat == etat
    assert f"/regie/amphis/{amphi.pk}/" in agent.get("/gestion/").content.decode()


def test_an_agent_of_one_groupe_prepares_only_that_one_and_sees_nothing_elsewhere() -> None:
    ici, sien, autre = make_subdivision(), make_groupe("3"), make_groupe("9", "Pharmacie")
    make_inscrits(["Un", "Deux"], phase=Phase.SOCLE, groupe=sien)
    make_inscrits(["Trois"], phase=Phase.SOCLE, groupe=autre)
    agent = sign_in(make_agent(ici, "un@ars.example", sien).courriel)
    assert "2 internes" in agent.get("/gestion/").content.decode()
    act(agent, "preparer", ici)
    assert [*Amphi.objects.values_list("groupe", flat=True)] == [sien.pk]
    ailleurs = sign_in(make_agent(make_subdivision("LYON", "Lyon"), "la@ars.example").courriel)
    assert (
        ailleurs.post("/gestion/preparer/", {"semestre": "2027-05", "subdivision": ici.pk}).status_code == 404
    )
    assert "Médecine générale" not in ailleurs.get("/gestion/").content.decode()
