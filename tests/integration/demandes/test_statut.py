"""A change of type de choix: asked, settled by the ARS, in force from then on, told to nobody else."""

from datetime import date

import pytest
from django.test import Client

from gradin.data.amphis.models import Amphi
from gradin.data.comptes.models import Compte
from gradin.data.courriers.models import Envoi
from gradin.data.demandes.models import DemandeStatut, EtatDemande
from gradin.data.internes.models import Inscription
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.operations.demandes.statut import (
    accept_statut,
    ask_statut,
    receive_justificatifs,
    refuse_statut,
    withdraw_statut,
)
from tests.factories.amphis import T0, compte_of
from tests.factories.comptes import make_agent
from tests.factories.live import alive, choose, start, state
from tests.factories.referentiel import make_subdivision
from tests.integration.demandes.conftest import MARCEL, TELEPHONE, give, inscription_of

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
VALIDANT, CLASSIQUE = "surnombre_validant", "classique"


def ask(amphi: Amphi, rang: int, souhaite: str = VALIDANT) -> int:
    auteur = compte_of(amphi, rang).pk
    return ask_statut(inscription_of(amphi, rang).pk, souhaite, auteur=auteur, maintenant=T0 - 1_000)


@pytest.fixture
def agent(amphi: Amphi) -> int:
    compte = make_agent(amphi.subdivision).compte
    assert compte is not None
    return compte


def type_of(amphi: Amphi, rang: int) -> str:
    return Inscription.objects.get(pk=inscription_of(amphi, rang).pk).type_choix


def test_accepted_before_the_start_the_amphi_begins_with_it(amphi: Amphi, agent: int) -> None:
    accept_statut(ask(amphi, 1), agent=agent, maintenant=T0 - 500)
    start(amphi)
    assert str(state(amphi).lignes[1].prive.type_choix) == VALIDANT
    assert "type_choix" in Inscription.objects.get(pk=inscription_of(amphi, 1).pk).champs_modifies


def test_accepted_during_the_tour_it_holds_from_that_moment(amphi: Amphi, agent: int) -> None:
    """A12."""
    start(amphi)
    choose(amphi, 1, "1", T0 + 500)
    pk = ask(amphi, 2)
    alive(T0 + 1_000)
    accept_statut(pk, agent=agent, maintenant=T0 + 1_000)
    assert type_of(amphi, 2) == VALIDANT
    assert str(state(amphi).choix[1].type_choix) == CLASSIQUE
    assert choose(amphi, 2, "2", T0 + 1_500).corps["recu"]["prive"]["type_choix"] == VALIDANT


def test_after_the_choice_nothing_changes_any_more(amphi: Amphi, agent: int) -> None:
    pk = ask(amphi, 1)
    start(amphi)
    choose(amphi, 1, "1", T0 + 500)
    with pytest.raises(DemandeRefusee, match="n° 1"):
        accept_statut(pk, agent=agent, maintenant=T0 + 1_000)
    withdraw_statut(inscription_of(amphi, 1).pk, auteur=compte_of(amphi, 1).pk, maintenant=T0 + 1_000)
    with pytest.raises(DemandeRefusee, match="n° 1"):
        ask(amphi, 1)
    assert type_of(amphi, 1) == CLASSIQUE


def test_one_demand_at_a_time_and_a_way_back_to_classique(amphi: Amphi, agent: int) -> None:
    pk = ask(amphi, 1)
    with pytest.raises(DemandeRefusee, match="déjà en cours"):
        ask(amphi, 1, "surnombre_non_validant")
    accept_statut(pk, agent=agent, maintenant=T0)
    with pytest.raises(DemandeRefusee, match="déjà votre type"):
        ask(amphi, 1)
    accept_statut(ask(amphi, 1, CLASSIQUE), agent=agent, maintenant=T0 + 1)
    assert type_of(amphi, 1) == CLASSIQUE


def test_a_demand_is_settled_once(amphi: Amphi, agent: int) -> None:
    pk = ask(amphi, 1)
    withdraw_statut(inscription_of(amphi, 1).pk, auteur=compte_of(amphi, 1).pk, maintenant=T0)
    with pytest.raises(DemandeRefusee, match="n’attend plus"):
        accept_statut(pk, agent=agent, maintenant=T0)
    with pytest.raises(DemandeRefusee, match="Aucune demande"):
        withdraw_statut(inscription_of(amphi, 1).pk, auteur=compte_of(amphi, 1).pk, maintenant=T0)


def test_a_refusal_has_a_reason_that_the_mail_does_not_carry(amphi: Amphi, agent: int) -> None:
    pk = ask(amphi, 1)
    receive_justificatifs(pk, date(2027, 3, 1), agent=agent, maintenant=T0)
    with pytest.raises(DemandeRefusee, match="se motive"):
        refuse_statut(pk, "  ", agent=agent, maintenant=T0)
    refuse_statut(pk, "certificat illisible", agent=agent, maintenant=T0)
    demande = DemandeStatut.objects.get()
    assert (demande.etat, demande.justificatifs_recus_le) == (EtatDemande.REFUSEE, date(2027, 3, 1))
    courrier = Envoi.objects.get(cle__startswith="statut-")
    assert "certificat" not in courrier.texte and "surnombre" not in courrier.texte.lower()


def client_of(compte: int) -> Client:
    client = Client()
    client.force_login(Compte.objects.get(pk=compte), backend=BACKEND)
    return client


def test_the_agent_settles_the_queue_from_its_page(amphi: Amphi, agent: int) -> None:
    pk, client = ask(amphi, 1), client_of(agent)
    assert "Prénom Interne1" in client.get("/gestion/statuts/").content.decode()
    client.post(f"/gestion/statuts/{pk}/", {"acte": "recus", "recus_le": "2027-03-02"})
    assert "Justificatifs reçus le 2 mars 2027" in client.get("/gestion/statuts/").content.decode()
    client.post(f"/gestion/statuts/{pk}/", {"acte": "accepter"})
    assert type_of(amphi, 1) == VALIDANT


def test_an_agent_of_elsewhere_and_an_interne_settle_nothing(amphi: Amphi) -> None:
    pk = ask(amphi, 1)
    ailleurs = make_agent(make_subdivision("LYO", "Lyon"), "lyon@ars.example").compte
    assert ailleurs is not None
    assert "Interne1" not in client_of(ailleurs).get("/gestion/statuts/").content.decode()
    assert client_of(ailleurs).post(f"/gestion/statuts/{pk}/", {"acte": "accepter"}).status_code == 404
    interne = client_of(compte_of(amphi, 2).pk)
    assert interne.post(f"/gestion/statuts/{pk}/", {"acte": "accepter"}).status_code == 403
    assert interne.get("/gestion/procurations/").status_code == 403
    assert type_of(amphi, 1) == CLASSIQUE


def test_the_agent_records_a_paper_reads_the_code_and_cancels(amphi: Amphi, agent: int) -> None:
    client = client_of(agent)
    ine = inscription_of(amphi, 2).interne.ine
    champs = {"ine": ine, "courriel": MARCEL, "telephone": TELEPHONE}
    page = client.post("/gestion/procurations/", champs).content.decode()
    assert "code-aide" in page and "Pas encore acceptée" in page and "sur papier" in page
    client.post(f"/gestion/procurations/{inscription_of(amphi, 2).pk}/annuler/")
    assert "Aucune procuration" in client.get("/gestion/procurations/").content.decode()
    faux = client.post("/gestion/procurations/", {**champs, "ine": "INCONNU"}).content.decode()
    assert "Aucun interne de votre portée" in faux


def test_the_agent_lets_a_representative_hold_several(amphi: Amphi, agent: int) -> None:
    client = client_of(agent)
    give(amphi, 1)
    client.post("/gestion/representants/", {"courriel": MARCEL, "subdivision": amphi.subdivision_id})
    assert "Retirer" in client.get("/gestion/procurations/").content.decode()
