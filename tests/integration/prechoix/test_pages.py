"""The pages: file wishes, open a wave, read a result, arm a list, give an amphi by its wishes."""

import pytest
from django.test import Client
from django.utils import timezone

from gradin.data.amphis.models import Affectation, Amphi, Place
from gradin.data.comptes.models import Compte, Portee, Role
from gradin.data.internes.models import Inscription
from gradin.data.prechoix.models import ListeVoeux, Prechoix
from gradin.operations.amphis.agents import run_commande_agent
from gradin.operations.prechoix.resultat import close_due
from gradin.queries.journal import export_jsonl
from tests.factories.amphis import add_favoris, make_amphi
from tests.factories.comptes import make_agent, make_compte
from tests.factories.live import start
from tests.integration.favoris.conftest import BACKEND, sign_in
from tests.integration.prechoix.conftest import open_wave, place_of, wish
from verification.verify_journal import verify

VOEUX = "/mon-amphi/voeux/"


@pytest.fixture
def ouvert(db: None) -> Amphi:
    """A wave that is open now."""
    amphi = make_amphi(internes=3, postes=4, parametres={"liste_armee": True, "par_voeux": True})
    open_wave(amphi, now=timezone.now())
    return amphi


def test_favourites_become_wishes_in_one_click_and_are_ordered_like_them(ouvert: Amphi) -> None:
    add_favoris(ouvert, 1, ["3", "1"])
    moi, lui = sign_in(ouvert, 1), sign_in(ouvert, 2)
    assert moi.post(VOEUX, {"geste": "favoris:"}).status_code == 302
    for geste in ({"geste": "ajouter:", "poste": "4 · Service"}, {"geste": "monter-voeu:1"}):
        moi.post(VOEUX, geste)
    moi.post(VOEUX, {"geste": "placer-voeu:4", "rang": "1"})
    page = moi.get(VOEUX)
    assert [voeu.numero for voeu in page.context["mes"].voeux] == ["4", "1", "3"]
    assert not ListeVoeux.objects.get().partage and lui.get(VOEUX).context["mes"].voeux == ()
    moi.post(VOEUX, {"geste": "partager:", "accord": "oui"})
    assert ListeVoeux.objects.get().partage
    refus = moi.post(VOEUX, {"geste": "ajouter:", "poste": "99"}, follow=True).content.decode()
    assert "n’offre pas le poste n°\u00a099" in refus


def test_an_armed_list_is_said_and_taken_back(ouvert: Amphi) -> None:
    moi = sign_in(ouvert, 1)
    inscription = Inscription.objects.get(places__amphi=ouvert, places__rang=1)
    for armee in (True, False):
        moi.post("/mon-amphi/favoris/", {"geste": "armer:", **({"armee": "oui"} if armee else {})})
        inscription.refresh_from_db()
        assert inscription.liste_armee is armee
        mots = "Ne plus armer ma liste" if armee else "Armer ma liste"
        assert mots in moi.get("/mon-amphi/favoris/").content.decode()
    Amphi.objects.update(parametres={})
    moi.post("/mon-amphi/favoris/", {"geste": "armer:", "armee": "oui"})
    inscription.refresh_from_db()
    assert not inscription.liste_armee


def test_an_agent_announces_a_wave_apart_from_the_others(ouvert: Amphi) -> None:
    agent, page = Client(), f"/gestion/amphis/{ouvert.pk}/prechoix/"
    agent.force_login(Compte.objects.get(pk=make_agent(ouvert.subdivision).compte), backend=BACKEND)
    vague = {"ouvre_heure": "09:00", "clot_heure": "18:00", "visibilite": "nombres", "geste": "ouvrir"}
    bonne = {**vague, "ouvre_jour": "2030-01-02", "clot_jour": "2030-01-03"}
    assert agent.post(page, bonne).status_code == 302
    for fausse in (bonne, {**bonne, "clot_jour": "2020-01-01"}, {**bonne, "visibilite": "tous"}):
        assert agent.post(page, fausse).status_code == 200
    assert Prechoix.objects.count() == 2
    agent.post(page, {"geste": f"supprimer:{Prechoix.objects.last().pk}"})
    assert Prechoix.objects.count() == 1


def test_once_announced_the_dates_of_a_choice_by_wishes_are_for_who_runs_it(ouvert: Amphi) -> None:
    porteur = make_compte("representant@syndicat.example", Role.REPRESENTANT)
    Portee.objects.create(compte=porteur, subdivision=ouvert.subdivision, groupe=ouvert.groupe)
    representant, page = Client(), f"/mon-espace/amphis/{ouvert.pk}/prechoix/"
    representant.force_login(porteur, backend=BACKEND)
    vague = Prechoix.objects.get()
    jours = {"ouvre_jour": "2030-01-02", "clot_jour": "2030-01-03", "visibilite": "noms", "geste": "ouvrir"}
    for geste in (
        {**jours, "ouvre_heure": "09:00", "clot_heure": "18:00"},
        {"geste": f"supprimer:{vague.pk}"},
    ):
        reponse = representant.post(page, geste)
        assert reponse.status_code == 200 and "Demandez à l’ARS" in reponse.content.decode()
    assert [*Prechoix.objects.all()] == [vague]
    assert "Annoncer une vague" not in representant.get(page).content.decode()
    Amphi.objects.update(parametres={})
    assert representant.post(page, {"geste": f"supprimer:{vague.pk}"}).status_code == 302


def assert_everywhere(amphi: Amphi, mots: str) -> None:
    """On the pages that anybody reads: the home page, the list, the wall screen."""
    for adresse in ("/", "/amphis/", f"/amphis/{amphi.pk}/ecran/"):
        page = Client().get(adresse).content.decode()
        assert mots in page and "Personne ne choisit" not in page, adresse


def test_an_amphi_is_given_by_its_wishes_once_they_are_closed(ouvert: Amphi) -> None:
    maintenant = timezone.now()
    wish(ouvert, {1: "2 1", 2: "2 3"}, now=maintenant)
    ms = round(maintenant.timestamp() * 1000)
    start(ouvert, ms)
    agent = make_agent(ouvert.subdivision)
    assert_everywhere(ouvert, "Vœux à déposer jusqu’à")
    acte = {"type": "choisir_par_voeux", "voeux": {"3": ["1"]}}
    assert run_commande_agent(ouvert.pk, acte, agent, ms).statut == 422
    assert close_due(ms + 2 * 86_400_000) == 1
    assert_everywhere(ouvert, "Vœux clos, postes à attribuer")
    assert run_commande_agent(ouvert.pk, acte, agent, ms).statut == 201
    assert_everywhere(ouvert, "Postes attribués")
    assert "Vous n’avez pas de poste" in sign_in(ouvert, 3).get("/").content.decode()
    obtenus = Affectation.objects.order_by("poste__numero").values_list("poste__numero", "interne")
    internes = dict(Place.objects.values_list("rang", "inscription__interne"))
    assert [*obtenus] == [("2", internes[1]), ("3", internes[2])]
    assert Place.objects.get(pk=place_of(ouvert, 3)).statut == "passe"
    for complet in (False, True):
        journal = (ligne.encode() + b"\n" for ligne in export_jsonl(ouvert.pk, complet=complet))
        assert len(verify(journal).lignes) == 4
