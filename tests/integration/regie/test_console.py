"""La régie: who enters, what the console says of a running amphi, what needs a person first."""

import pytest
from django.test import Client

from gradin.data.amphis.models import Amphi, EtatAmphi
from gradin.data.comptes.models import Compte
from gradin.data.internes.models import Phase, TypeChoix
from gradin.data.referentiel.models import Subdivision
from gradin.domain.amphi.commands import Pauser
from gradin.live.temps import maintenant_ms
from tests.factories.amphis import compte_of, make_amphi
from tests.factories.comptes import make_agent
from tests.factories.live import choose, play, start
from tests.integration.regie.conftest import BACKEND

pytestmark = pytest.mark.django_db


def read(client: Client, adresse: str) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_an_interne_is_forbidden(amphi: Amphi) -> None:
    client = Client()
    client.force_login(compte_of(amphi, 1), backend=BACKEND)
    assert client.get("/regie/").status_code == 403
    assert client.get(f"/regie/amphis/{amphi.pk}/").status_code == 403
    assert client.post(f"/regie/amphis/{amphi.pk}/actes/", {"type": "pause"}).status_code == 403


def test_nobody_signed_in_is_sent_to_sign_in(amphi: Amphi) -> None:
    assert Client().get(f"/regie/amphis/{amphi.pk}/")["Location"].startswith("/connexion/")


def test_outside_his_scope_the_amphi_does_not_exist(amphi: Amphi) -> None:
    make_agent(Subdivision.objects.create(code="LYON", nom="Lyon"), "autre@ars.example")
    client = Client()
    client.force_login(Compte.objects.get(email="autre@ars.example"), backend=BACKEND)
    assert client.get(f"/regie/amphis/{amphi.pk}/").status_code == 404
    assert client.get(f"/regie/amphis/{amphi.pk}/internes/1/").status_code == 404
    assert "Aucun amphithéâtre dans votre périmètre" in read(client, "/regie/")


def test_the_title_says_who_chooses(amphi: Amphi, agent: Client) -> None:
    page = read(agent, f"/regie/amphis/{amphi.pk}/")
    assert "<title>Prénom Interne1 choisit" in page and "Mettre en pause" in page


def test_the_journal_names_people_and_the_author(amphi: Amphi, agent: Client) -> None:
    choose(amphi, 1, "2", maintenant_ms())
    agent.post(f"/regie/amphis/{amphi.pk}/actes/", {"type": "pause", "texte": "Aide à la connexion"})
    page = read(agent, f"/regie/amphis/{amphi.pk}/")
    assert "choisi par Prénom I., rang 1" in page
    assert "Aide à la connexion" in page and "A. Agent" in page


def test_the_regie_reads_types_de_choix(agent: Client) -> None:
    amphi = make_amphi(
        phase=Phase.ANCIEN_REGIME, types={2: TypeChoix.SURNOMBRE_NON_VALIDANT}, debut=maintenant_ms()
    )
    start(amphi, maintenant_ms())
    assert "surnombre non validant" in read(agent, f"/regie/amphis/{amphi.pk}/")


def test_a_paused_amphi_comes_before_one_that_runs(amphi: Amphi, agent: Client) -> None:
    autre = make_amphi(variante="b", debut=maintenant_ms())
    start(autre, maintenant_ms())
    play(autre, Pauser(), maintenant_ms())
    page = read(agent, "/regie/")
    assert page.index("À traiter d’abord") < page.index("En pause depuis") < page.index("En cours</h2>")


def test_before_the_start_what_blocks_is_listed_and_the_start_is_closed(agent: Client) -> None:
    amphi = make_amphi(variante="c")
    amphi.listes.update(published_at=None)
    page = read(agent, f"/regie/amphis/{amphi.pk}/")
    assert "La liste d’appel n’est pas publiée" in page
    assert 'aria-disabled="true">Commencer l’amphithéâtre' in page


def test_what_is_to_be_confirmed_is_confirmed_one_by_one(agent: Client) -> None:
    amphi = make_amphi(internes=3, postes=1, phase=Phase.ANCIEN_REGIME)
    page = read(agent, f"/regie/amphis/{amphi.pk}/")
    assert 'type="checkbox"' in page and "required" in page
    assert "Commencer l’amphithéâtre</button>" in page


def test_the_hours_of_the_chart_stand_in_a_table_too(amphi: Amphi, agent: Client) -> None:
    choose(amphi, 1, "2", maintenant_ms())
    page = read(agent, f"/regie/amphis/{amphi.pk}/")
    assert 'role="img" aria-label="1 choix fait sur 3' in page and "Choix faits</th>" in page


@pytest.mark.parametrize("suite", ["?file=entiere", "?vue=postes", "?vue=postes&q=%00%27", "?vue=x&file=y"])
def test_the_right_column_stands_any_address(amphi: Amphi, agent: Client, suite: str) -> None:
    assert agent.get(f"/regie/amphis/{amphi.pk}/{suite}").status_code == 200


def test_whoever_telephones_is_found_by_name_or_rank_even_after_his_choice(
    amphi: Amphi, agent: Client
) -> None:
    choose(amphi, 1, "2", maintenant_ms())
    sien = f'href="/regie/amphis/{amphi.pk}/internes/1/"'
    assert sien not in read(agent, f"/regie/amphis/{amphi.pk}/")
    assert sien in read(agent, f"/regie/amphis/{amphi.pk}/?q=prenom INTERNE1")
    assert sien in read(agent, f"/regie/amphis/{amphi.pk}/?q=1")
    assert "Personne ne répond" in read(agent, f"/regie/amphis/{amphi.pk}/?q=Zyx")


def test_a_closed_amphi_offers_no_act(amphi: Amphi, agent: Client) -> None:
    for rang, poste in ((1, "1"), (2, "2"), (3, "3")):
        choose(amphi, rang, poste, maintenant_ms())
    agent.post(f"/regie/amphis/{amphi.pk}/actes/", {"type": "clore"})
    assert Amphi.objects.get(pk=amphi.pk).etat == EtatAmphi.CLOS
    page = read(agent, f"/regie/amphis/{amphi.pk}/")
    assert "Amphithéâtre clos" in page and "Mettre en pause" not in page
