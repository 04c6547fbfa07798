"""Saved searches: kept under a name, always of now, private; a mail when a poste enters a watched one."""

import pytest
from django.test import Client

from gradin.data.amphis.models import Amphi
from gradin.data.courriers.models import Envoi
from gradin.data.postes.models import EtatPoste, Poste
from gradin.data.recherches.models import RechercheEnregistree
from gradin.operations.imports.comparaison_postes import write_cles
from gradin.operations.recherches import tell_new_postes
from gradin.travaux.alertes import Veille
from tests.factories.amphis import T0, compte_of, make_poste
from tests.factories.comptes import make_agent, make_compte

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in(rang: int) -> Client:
    client = Client()
    client.force_login(compte_of(Amphi.objects.get(), rang), backend=BACKEND)
    return client


@pytest.fixture
def moi(offre: None) -> Client:
    return sign_in(1)


def save(moi: Client, nom: str = "Cardio", requete: str = "q=cardiolgie&des=33&page=4&tri=-chef") -> str:
    reponse = moi.post("/mes-recherches/", {"nom": nom, "requete": requete}, follow=True)
    assert reponse.status_code == 200
    return reponse.content.decode()


def enter(numero: str) -> None:
    """A new poste of the name « Cardiologie »."""
    poste = make_poste(numero)
    poste.service.nom = "Cardiologie"
    poste.service.save()
    write_cles(poste)
    poste.save()


def watch(moi: Client) -> RechercheEnregistree:
    save(moi, requete="q=cardiologie&etat=libre")
    une = RechercheEnregistree.objects.get()
    moi.post(f"/mes-recherches/{une.pk}/", {"geste": "veiller"})
    return une


def test_a_search_is_saved_named_and_opened_with_what_is_offered_now(moi: Client) -> None:
    page = save(moi)
    assert "q=cardiolgie&amp;des=33" in page and 'aria-current="true"' in page
    assert moi.get("/postes/").context["recherches"][0].total == 1
    enter("50")
    assert moi.get("/postes/").context["recherches"][0].total == 2
    assert RechercheEnregistree.objects.get().requete == "q=cardiolgie&des=33"


def test_it_is_renamed_and_deleted(moi: Client) -> None:
    save(moi)
    save(moi, nom="Autre")
    une = RechercheEnregistree.objects.get(nom="Cardio")
    moi.post(f"/mes-recherches/{une.pk}/", {"geste": "renommer", "nom": "  Cœur  et vaisseaux "})
    assert "Cœur et vaisseaux" in moi.get("/mes-recherches/").content.decode()
    moi.post(f"/mes-recherches/{une.pk}/", {"geste": "renommer", "nom": "Autre"})
    assert RechercheEnregistree.objects.filter(nom="Cœur et vaisseaux").exists()
    moi.post(f"/mes-recherches/{une.pk}/", {"geste": "supprimer"})
    assert [r.nom for r in RechercheEnregistree.objects.all()] == ["Autre"]


@pytest.mark.parametrize("nom", ["", "   ", "\x00"])
def test_a_search_without_a_name_is_not_kept(moi: Client, nom: str) -> None:
    assert "Donnez un nom" in save(moi, nom=nom)
    assert not RechercheEnregistree.objects.exists()


def test_nobody_else_sees_or_touches_it(moi: Client) -> None:
    """The canary is its name."""
    save(moi, nom="Canari-4711")
    une = RechercheEnregistree.objects.get()
    autre, agent = sign_in(2), Client()
    make_agent(Amphi.objects.get().subdivision)
    agent.force_login(make_compte("agent@ars.example"), backend=BACKEND)
    for client in (autre, agent, Client()):
        for adresse in ("/postes/", "/mes-recherches/", "/mon-amphi/favoris/"):
            assert "Canari-4711" not in client.get(adresse, follow=True).content.decode()
        client.post(f"/mes-recherches/{une.pk}/", {"geste": "supprimer"})
        client.post(f"/mes-recherches/{une.pk}/", {"geste": "veiller"})
    une.refresh_from_db()
    assert not une.alerte


def test_an_agent_keeps_no_search(moi: Client) -> None:
    make_agent(Amphi.objects.get().subdivision)
    agent = Client()
    agent.force_login(make_compte("agent@ars.example"), backend=BACKEND)
    assert agent.get("/mes-recherches/").status_code == 403


def test_a_poste_that_enters_is_told_once(moi: Client) -> None:
    watch(moi)
    assert tell_new_postes(T0) == 0
    enter("50")
    assert (tell_new_postes(T0), tell_new_postes(T0)) == (1, 0)
    envoi = Envoi.objects.get()
    assert envoi.destinataire == compte_of(Amphi.objects.get(), 1).email
    assert "n° 50, Cardiologie" in envoi.texte and "«\u00a0Cardio\u00a0»" in envoi.sujet


def test_a_taken_poste_given_back_is_no_news(moi: Client) -> None:
    watch(moi)
    for etat in (EtatPoste.POURVU, EtatPoste.LIBRE):
        Poste.objects.filter(numero="1").update(etat=etat)
        assert tell_new_postes(T0) == 0


def test_a_search_that_is_not_watched_writes_to_nobody(moi: Client) -> None:
    une = watch(moi)
    moi.post(f"/mes-recherches/{une.pk}/", {"geste": "ne-plus-veiller"})
    enter("50")
    assert tell_new_postes(T0) == 0
    assert not Envoi.objects.exists()


def test_the_watch_looks_once_a_minute_and_only_at_a_changed_offer(moi: Client) -> None:
    watch(moi)
    veille = Veille()
    assert veille.run_once(T0) == 0
    enter("50")
    assert veille.run_once(T0 + 59_000) == 0
    assert veille.run_once(T0 + 60_000) == 1
    assert veille.run_once(T0 + 120_000) == 0
