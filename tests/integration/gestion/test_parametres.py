"""Parameters in the browser: the effect is read, then saved with its author; refused once frozen."""

import pytest
from django.test import Client

from gradin.data.amphis.models import ActeAgent, ActeCampagne, Amphi, Campagne
from gradin.data.comptes.models import Compte
from gradin.data.internes.models import Phase
from gradin.data.ouverture.models import ActeOuverture, Ouverture
from gradin.data.postes.models import Regime
from gradin.domain.reglages.modele import valeur_of
from gradin.domain.reglages.mots import write_valeur
from gradin.domain.reglages.ouverture import REGLAGES_OUVERTURE
from gradin.domain.reglages.table import PAR_CLE, REGLAGES
from gradin.live.temps import maintenant_ms
from gradin.operations.amphis.actes_avant import run_acte_avant
from gradin.operations.courriers.enqueue import instant
from gradin.operations.ouverture.campagne import open_ouverture
from gradin.operations.ouverture.trace import Geste
from gradin.operations.preparation.amphis import DemandePreparation, prepare_amphis
from tests.factories.comptes import make_agent
from tests.factories.referentiel import make_subdivision
from tests.factories.roster import make_inscrits, make_offert, start_prepared

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def client() -> Client:
    agent = make_agent(make_subdivision())
    client = Client()
    client.force_login(Compte.objects.get(pk=agent.compte), backend=BACKEND)
    return client


def prepare() -> Amphi:
    """Three of seniority 4, 3, 3: the first counts two semesters of recherche."""
    make_inscrits(["Un", "Deux"], phase=Phase.SOCLE, semestres_valides=3)
    make_inscrits(["Trois"], phase=Phase.SOCLE, semestres_valides=2, semestres_recherche=2)
    for numero in ("1", "2", "3"):
        make_offert(numero, regime=Regime.SOCLE)
    demande = DemandePreparation(semestre="2027-05", graine="0")
    prepare_amphis(demande, maintenant=instant(maintenant_ms()))
    return Amphi.objects.get()


def saisie_of(amphi: Amphi | None = None, **changes: object) -> dict[str, object]:
    """The form as the page holds it, with these fields written over."""
    stockes = amphi.parametres if amphi else {}
    lues = {r.nom: write_valeur(r, valeur_of(stockes, r)) for r in REGLAGES}
    ecrites = {nom: valeur for nom, valeur in lues.items() if valeur not in (None, False)}
    return {**ecrites, **changes}


def test_the_effect_is_read_before_anything_is_saved_then_kept_with_its_author(client: Client) -> None:
    amphi = prepare()
    premier = amphi.places.get(rang=1)
    adresse = f"/gestion/amphis/{amphi.pk}/parametres/"
    saisie = saisie_of(amphi, rang_plafond=0, sessions_internes_par_session=2, duree_tour_ms=120)
    page = client.post(adresse, {**saisie, "geste": "apercu"}).content.decode()
    assert "rangs changent" in page and "2 sessions au lieu de 1" in page and "6\u00a0min" in page
    amphi.refresh_from_db()
    assert (amphi.sessions.count(), amphi.parametres.get("duree_tour_ms")) == (1, None)
    client.post(adresse, {**saisie, "geste": "enregistrer"})
    amphi.refresh_from_db(), premier.refresh_from_db()
    assert (amphi.sessions.count(), amphi.parametres["duree_tour_ms"], premier.rang) == (2, 120_000, 3)
    acte = ActeAgent.objects.get(acte="parametres")
    assert any("Durée d’un tour" in mots for mots in acte.details["changements"])
    assert "Agnès Agent" in client.get(adresse).content.decode()
    refuse = client.post(adresse, {**saisie, "sessions_plages": "12:00-09:00", "geste": "enregistrer"})
    assert refuse.status_code == 409 and "se suivent sans se chevaucher" in refuse.content.decode()


def test_ranks_are_fixed_by_the_publication_and_all_but_names_by_the_start(client: Client) -> None:
    amphi = prepare()
    adresse = f"/gestion/amphis/{amphi.pk}/parametres/"
    run_acte_avant("publier_liste", amphi.pk, auteur=None, maintenant=maintenant_ms())
    client.post(adresse, saisie_of(amphi, rang_plafond=0, duree_tour_ms=60, geste="enregistrer"))
    amphi.refresh_from_db()
    assert (amphi.parametres.get("rang"), amphi.parametres["duree_tour_ms"]) == (None, 60_000)
    start_prepared(amphi)
    assert "a scellé ses réglages" in client.get(adresse).content.decode()
    client.post(adresse, saisie_of(amphi, duree_tour_ms=30, noms_publics="jamais", geste="enregistrer"))
    amphi.refresh_from_db()
    assert (amphi.parametres["duree_tour_ms"], amphi.parametres["noms_publics"]) == (60_000, "jamais")


def test_a_campaign_serves_the_amphis_to_come_and_those_it_is_applied_to(client: Client) -> None:
    amphi = prepare()
    ou = {"semestre": "2027-05", "subdivision": amphi.subdivision_id}
    saisie = saisie_of(None, grace_ms=5, **ou)
    page = client.post("/gestion/parametres/", {**saisie, "geste": "apercu"}).content.decode()
    assert "Délai de grâce" in page and "Appliquer aussi" in page
    client.post("/gestion/parametres/", {**saisie, "geste": "enregistrer"})
    amphi.refresh_from_db()
    assert (Campagne.objects.get().parametres, "grace_ms" in amphi.parametres) == ({"grace_ms": 5_000}, False)
    autre = saisie_of(None, grace_ms=7, **ou)
    client.post("/gestion/parametres/", {**autre, "geste": "enregistrer", "appliquer": "oui"})
    amphi.refresh_from_db()
    assert (amphi.parametres["grace_ms"], ActeCampagne.objects.count()) == (7_000, 2)
    assert PAR_CLE["grace_ms"].defaut == 2_000
    Amphi.objects.all().delete()
    prepare_amphis(DemandePreparation(semestre="2027-05", graine="0"), maintenant=instant(maintenant_ms()))
    assert Amphi.objects.get().parametres["grace_ms"] == 7_000


def test_the_rule_of_postes_needed_is_one_for_the_cockpit_and_the_opening(client: Client) -> None:
    amphi = prepare()
    adresse, ici = "/gestion/parametres/", {"semestre": "2027-05", "subdivision": str(amphi.subdivision_id)}
    assert "Campagne de" in client.get(adresse).content.decode()
    assert client.post(adresse, {}).status_code == 404
    regle = {r.nom: write_valeur(r, r.defaut) for r in REGLAGES_OUVERTURE} | {"geste": "regles"} | ici
    geste = Geste(visiteur=make_agent(amphi.subdivision), maintenant=maintenant_ms())
    for pour_cent, postes in (("134", 5), ("200", 6)):
        assert client.post(adresse, {**regle, "pour_cent": pour_cent}).status_code == 302
        assert f"3 postes, il en faut {postes}" in client.get("/gestion/").content.decode()
        pk = open_ouverture("2027-05", amphi.subdivision_id, None, geste)
        assert Ouverture.objects.get(pk=pk).regles["pour_cent"] == int(pour_cent)
    assert ActeCampagne.objects.count() == 1 and ActeOuverture.objects.filter(acte="regle").count() == 1
    assert "<title>Erreur" in client.post(adresse, {**regle, "pour_cent": "9"}).content.decode()
    Amphi.objects.all().delete()
    prepare_amphis(DemandePreparation(semestre="2027-05", graine="0"), maintenant=instant(maintenant_ms()))
    assert "ouverture" not in Amphi.objects.get().parametres
