"""Acts of the ARS by plain forms: the same operation as the API, with its refusals and its second agent."""

import pytest
from django.test import Client

from gradin.data.amphis.models import Amphi, EtatAmphi, Fait, FaitPrive, Proposition
from gradin.data.internes.models import Phase
from gradin.domain.amphi.commands import DemanderRetour
from gradin.domain.amphi.state import Statut
from gradin.live.presence import PRESENCES
from gradin.live.temps import maintenant_ms
from gradin.queries.etats import lire_etat
from gradin.web.regie.catalogue import ACTES
from tests.factories.amphis import make_amphi, make_inscription
from tests.factories.live import choose, play
from tests.integration.regie.conftest import AgentClient

pytestmark = pytest.mark.django_db


def send(client: Client, amphi: Amphi, **champs: object) -> int:
    """The status: 302 when the act is done or waits for a second agent."""
    return client.post(f"/regie/amphis/{amphi.pk}/actes/", champs).status_code


def etat(amphi: Amphi):
    return lire_etat(amphi.pk)[1]


def test_pause_is_one_click_and_resume_another(amphi: Amphi, agent: Client) -> None:
    assert send(agent, amphi, type="pause", cle="a") == 302
    assert Amphi.objects.get(pk=amphi.pk).etat == EtatAmphi.PAUSE
    assert send(agent, amphi, type="reprendre", cle="b") == 302
    assert Amphi.objects.get(pk=amphi.pk).etat == EtatAmphi.EN_COURS


def test_the_same_form_sent_twice_skips_one_person(amphi: Amphi, agent: Client) -> None:
    for _ in range(2):
        assert send(agent, amphi, type="passer", tour=1, cle="une-cle") == 302
    assert Fait.objects.filter(amphi=amphi, fait="TourPasse").count() == 1


def test_a_tour_that_is_over_is_refused_in_words(amphi: Amphi, agent: Client) -> None:
    send(agent, amphi, type="passer", tour=1, cle="a")
    reponse = agent.post(f"/regie/amphis/{amphi.pk}/actes/", {"type": "passer", "tour": 1, "cle": "b"})
    assert reponse.status_code == 409
    assert "Erreur" in reponse.content.decode() and "Rien n’a été enregistré" in reponse.content.decode()


def test_prolonger_adds_what_the_button_says(amphi: Amphi, agent: Client) -> None:
    fin = etat(amphi).tour.fin
    send(agent, amphi, type="prolonger", tour=1, ms=30_000)
    assert etat(amphi).tour.fin == fin + 30_000


def test_choosing_for_somebody_asks_a_motive_and_keeps_the_author(amphi: Amphi, agent: Client) -> None:
    assert send(agent, amphi, type="choisir_pour", tour=1, poste="2") in (409, 422)
    assert send(agent, amphi, type="choisir_pour", tour=1, poste="2", motif="Par téléphone") == 302
    prive = FaitPrive.objects.get(fait__fait="ChoixConfirme").prive
    assert prive["motif"] == "Par téléphone" and prive["auteur"].startswith("compte:")


def test_only_lawful_postes_are_proposed(amphi: Amphi, agent: Client) -> None:
    page = agent.get(f"/regie/amphis/{amphi.pk}/actes/", {"acte": "choisir_pour"}).content.decode()
    assert '<option value="3">' in page and '<option value="4">' not in page


def test_a_passed_interne_is_put_back(amphi: Amphi, agent: Client) -> None:
    send(agent, amphi, type="passer", tour=1)
    assert etat(amphi).statuts[1] is Statut.PASSE
    assert send(agent, amphi, type="replacer", interne=1) == 302
    assert etat(amphi).retours == frozenset({1})


def test_two_internes_form_a_couple_and_leave_it(amphi: Amphi, agent: Client) -> None:
    assert send(agent, amphi, type="coupler", interne=2, avec=3) == 302
    assert etat(amphi).couples == ((2, 3),)
    assert send(agent, amphi, type="decoupler", interne=3) == 302
    assert etat(amphi).couples == ()


def test_type_de_choix_and_length_of_the_tour_change(amphi: Amphi, agent: Client) -> None:
    send(agent, amphi, type="type_choix", interne=2, type_choix="surnombre_validant")
    send(agent, amphi, type="multiplicateur", interne=2, multiplicateur="4/3")
    prive = etat(amphi).lignes[2].prive
    assert (str(prive.type_choix), str(prive.multiplicateur)) == ("surnombre_validant", "4/3")


def test_a_poste_is_withdrawn_during_a_pause_only(amphi: Amphi, agent: Client) -> None:
    assert send(agent, amphi, type="retirer_poste", poste="3") == 409
    send(agent, amphi, type="pause")
    assert send(agent, amphi, type="retirer_poste", poste="3") == 302
    assert etat(amphi).retires == frozenset({"3"})


def test_a_withdrawn_poste_is_proposed_to_be_added_again(amphi: Amphi, agent: Client) -> None:
    send(agent, amphi, type="pause")
    send(agent, amphi, type="retirer_poste", poste="3")
    page = agent.get(f"/regie/amphis/{amphi.pk}/actes/", {"acte": "ajouter_poste"}).content.decode()
    assert "1\u00a0poste possible" in page and 'value="3"' in page
    assert send(agent, amphi, type="ajouter_poste", poste="3") == 302
    assert etat(amphi).retires == frozenset()


def test_an_unknown_poste_is_named_in_the_refusal(amphi: Amphi, agent: Client) -> None:
    send(agent, amphi, type="pause")
    page = agent.post(f"/regie/amphis/{amphi.pk}/actes/", {"type": "ajouter_poste", "poste": "9999"})
    assert "Le poste n°\u00a09999 n’existe pas dans ce semestre" in page.content.decode()


def test_a_reservation_is_lifted(amphi: Amphi, agent: Client) -> None:
    assert send(agent, amphi, type="lever_reserve", poste="4") == 302
    assert etat(amphi).postes["4"].reserve == ()


def test_a_correction_waits_for_another_agent(amphi: Amphi, agent_client: AgentClient) -> None:
    premiere, seconde = agent_client("un@ars.example"), agent_client("deux@ars.example")
    choose(amphi, 1, "1", maintenant_ms())
    assert send(premiere, amphi, type="corriger_choix", interne=1, poste="3", motif="Erreur de saisie") == 302
    proposition = Proposition.objects.get()
    assert etat(amphi).choix[1].poste == "1"

    assert "attend un autre agent" in premiere.get(f"/regie/amphis/{amphi.pk}/").content.decode()
    assert send(premiere, amphi, type="approuver", proposition=proposition.pk) == 409
    page = seconde.get(
        f"/regie/amphis/{amphi.pk}/actes/", {"acte": "approuver", "proposition": proposition.pk}
    ).content.decode()
    assert "n° 1 devient n° 3" in page and "Erreur de saisie" in page

    assert send(seconde, amphi, type="approuver", proposition=proposition.pk) == 302
    assert etat(amphi).choix[1].poste == "3"


def test_closing_early_names_who_would_lose_his_turn(amphi: Amphi, agent: Client) -> None:
    page = agent.get(f"/regie/amphis/{amphi.pk}/actes/", {"acte": "clore"}).content.decode()
    assert "2 à venir n’auront pas leur tour" in page and "Prénom Interne2, Prénom Interne3" in page
    assert send(agent, amphi, type="clore", motif="Fin") == 302
    assert Amphi.objects.get(pk=amphi.pk).etat != EtatAmphi.CLOS


def test_the_start_seals_the_list(agent: Client) -> None:
    amphi = make_amphi(phase=Phase.ANCIEN_REGIME, debut=maintenant_ms())
    assert send(agent, amphi, type="demarrer", **{"confirme-1": "reserve_sans_preneur"}) == 302
    assert Amphi.objects.get(pk=amphi.pk).seq > 0


def test_a_message_reaches_the_journal(amphi: Amphi, agent: Client) -> None:
    assert send(agent, amphi, type="message", texte="Bonjour à tous") == 302
    assert "Bonjour à tous" in agent.get(f"/regie/amphis/{amphi.pk}/").content.decode()


@pytest.mark.parametrize("acte", sorted(ACTES))
def test_every_act_has_its_page(amphi: Amphi, agent: Client, acte: str) -> None:
    reponse = agent.get(
        f"/regie/amphis/{amphi.pk}/actes/", {"acte": acte, "interne": "2", "proposition": "9"}
    )
    assert reponse.status_code == 200 and ACTES[acte].titre in reponse.content.decode()


def test_an_unknown_act_is_not_found(amphi: Amphi, agent: Client) -> None:
    assert agent.get(f"/regie/amphis/{amphi.pk}/actes/", {"acte": "x"}).status_code == 404
    assert send(agent, amphi, type="x") == 404


def test_each_interne_has_his_acts(amphi: Amphi, agent: Client) -> None:
    page = agent.get(f"/regie/amphis/{amphi.pk}/internes/1/").content.decode()
    assert "Prolonger de 30 s</button>" in page
    assert "Former un couple" in agent.get(f"/regie/amphis/{amphi.pk}/internes/2/").content.decode()
    assert agent.get(f"/regie/amphis/{amphi.pk}/internes/99/").status_code == 404


def test_skipping_always_asks_by_name_even_when_his_connection_dropped(amphi: Amphi, agent: Client) -> None:
    console, actes = f"/regie/amphis/{amphi.pk}/", f"/regie/amphis/{amphi.pk}/actes/"
    send(agent, amphi, type="present", interne=1)
    send(agent, amphi, type="prolonger", tour=1, ms=30_000)
    page = agent.get(console).content.decode()
    assert "Passer</a>" in page and "Passer</button>" not in page and "sur 120" in page
    fiche = agent.get(f"{console}internes/1/").content.decode()
    assert "Marquer absent</a>" in fiche and "Marquer absent</button>" not in fiche
    PRESENCES.see(amphi.pk, 1)
    question = agent.get(actes, {"acte": "passer"}).content.decode()
    assert "Passer le tour de Prénom Interne1\u202f?" in question and "Cet interne est connecté" in question
    assert 'et a encore <strong class="insecable"><span data-temps-de="1">' in question
    assert send(agent, amphi, type="passer", tour=1, motif="Ne répond pas au téléphone") == 302
    assert FaitPrive.objects.get(fait__fait="TourPasse").prive["motif"] == "Ne répond pas au téléphone"


def test_the_question_says_who_may_still_come_back_by_himself(amphi: Amphi, agent: Client) -> None:
    actes = f"/regie/amphis/{amphi.pk}/actes/"
    assert "il peut aussi le demander une fois" in agent.get(actes, {"acte": "passer"}).content.decode()
    send(agent, amphi, type="passer", tour=1)
    play(amphi, DemanderRetour(interne=1), maintenant_ms())
    send(agent, amphi, type="passer", tour=2)
    for acte in ("passer", "absent"):
        question = agent.get(actes, {"acte": acte}).content.decode()
        assert "Prénom Interne1" in question and "déjà revenu une fois" in question
        assert "le demander une fois" not in question and "replacé une fois" not in question


def test_in_a_room_the_buttons_are_present_absent_and_the_spoken_choice(agent: Client) -> None:
    amphi = make_amphi(phase=Phase.ANCIEN_REGIME, parametres={"mode": "en_salle"}, debut=maintenant_ms())
    send(agent, amphi, type="demarrer", **{"confirme-1": "reserve_sans_preneur"})
    page = agent.get(f"/regie/amphis/{amphi.pk}/").content.decode()
    assert "N° du poste énoncé" in page and "bouton--present" in page and "data-temps" not in page
    assert "Connecté" not in page
    acte = agent.get(f"/regie/amphis/{amphi.pk}/actes/", {"acte": "choisir_pour"}).content.decode()
    assert "Choix énoncé en salle</textarea>" in acte
    assert send(agent, amphi, type="absent", tour=1) == 302
    assert etat(amphi).statuts[1] is Statut.PASSE


def test_two_ranks_are_exchanged_by_two_agents(amphi: Amphi, agent_client: AgentClient) -> None:
    premiere, seconde = agent_client("un@ars.example"), agent_client("deux@ars.example")
    champs = {
        "type": "corriger_liste",
        "interne": 2,
        "rang": 2,
        "echange": "3:3",
        "motif": "Erreur de saisie",
    }
    assert send(premiere, amphi, **champs) == 302
    page = seconde.get(f"/regie/amphis/{amphi.pk}/").content.decode()
    assert "Prénom Interne2\u00a0: rang 2 devient 3" in page
    assert send(seconde, amphi, type="approuver", proposition=Proposition.objects.get().pk) == 302
    assert [etat(amphi).lignes[n].rang for n in (1, 2, 3)] == [1, 3, 2]


def test_a_forgotten_interne_takes_the_rank_after_the_last(amphi: Amphi, agent_client: AgentClient) -> None:
    premiere, seconde = agent_client("un@ars.example"), agent_client("deux@ars.example")
    make_inscription(9, Phase.SOCLE)
    champs = {
        "type": "corriger_liste",
        "acte": "ajouter_interne",
        "ine": "socle-00009",
        "rang": 4,
        "motif": "Oubli",
    }
    assert send(premiere, amphi, **champs) == 302
    assert send(seconde, amphi, type="approuver", proposition=Proposition.objects.get().pk) == 302
    assert etat(amphi).lignes[4].rang == 4
    assert "Prénom Interne9" in seconde.get(f"/regie/amphis/{amphi.pk}/").content.decode()


def test_a_correction_without_a_rank_is_refused_in_words(amphi: Amphi, agent: Client) -> None:
    assert send(agent, amphi, type="corriger_liste", interne=2, rang=2, echange="", motif="x") == 422


def test_thousands_of_digits_are_refused_plainly(amphi: Amphi, agent: Client) -> None:
    geant = "9" * 5_000
    assert send(agent, amphi, type="passer", tour=geant, cle="a") == 422
    adresse = f"/regie/amphis/{amphi.pk}/actes/"
    assert agent.get(adresse, {"acte": "replacer", "interne": geant}).status_code == 200
