"""The ARS's pages of the opening: the figures of the published cases, decisions, numbers, the trail."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client

from gradin.data.comptes.models import Compte
from gradin.data.internes.models import Inscription, Interne, Phase, TypeChoix
from gradin.data.ouverture.models import EtatPropose, PostePropose
from gradin.data.postes.models import Poste, Regime
from gradin.queries.visiteurs import Visiteur
from tests.factories.referentiel import make_des, make_groupe, make_semestre, make_services, make_subdivision
from tests.factories.roster import make_offert
from tests.integration.ouverture.conftest import Commission

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "ouverture.json").read_text("utf-8"))
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def client_of(visiteur: Visiteur) -> Client:
    client = Client()
    client.force_login(Compte.objects.get(pk=visiteur.compte), backend=BACKEND)
    return client


def inscribe(des: str, nombre: int, **champs: object) -> None:
    """So many internes of this DES, phase socle unless said otherwise."""
    debut = Interne.objects.count()
    internes = Interne.objects.bulk_create(
        Interne(ine=f"INE{debut + rang}", nom="N", prenom="P", cle_tri="n") for rang in range(nombre)
    )
    faits = {"phase": Phase.SOCLE, "promotion": 2026, **champs}
    Inscription.objects.bulk_create(
        Inscription(
            interne=interne,
            semestre=make_semestre(),
            subdivision=make_subdivision(),
            groupe=make_groupe(),
            des=make_des(des),
            **faits,
        )
        for interne in internes
    )


def cells_of(page: str, mot: str) -> list[int]:
    """The figures of a column of the page."""
    trouves = re.findall(rf'data-mot="{mot}">([\d\s\u202f\u00a0]+)', page)
    return [int(re.sub(r"\D", "", un)) for un in trouves]


@pytest.mark.parametrize("cas", VECTORS["cas"], ids=lambda cas: f"{cas['des']}-{cas['internes']}")
def test_the_page_shows_the_figure_of_the_rule(commission: Commission, cas: dict[str, int | str]) -> None:
    Poste.objects.all().delete()
    inscribe(str(cas["des"]), int(cas["internes"]))
    page = client_of(commission.agent).get(f"/gestion/ouverture/{commission.ouverture.pk}/").content.decode()
    assert cells_of(page, "Internes") == [cas["internes"]]
    assert cells_of(page, "Nécessaires") == [cas["postes"]]
    assert f"il en manque {cas['postes']}" in page


def test_only_those_who_will_choose_are_counted_and_the_figures_follow_decisions(
    commission: Commission,
) -> None:
    inscribe("MGE", 6)
    inscribe("MGE", 3, phase=Phase.APPROFONDISSEMENT)
    inscribe("MGE", 1, phase=Phase.ANCIEN_REGIME, type_choix=TypeChoix.SURNOMBRE_VALIDANT)
    inscribe("MGE", 2, type_choix=TypeChoix.SURNOMBRE_NON_VALIDANT)
    inscribe("MGE", 1, absence_prevue=True)
    inscribe("MGE", 5, phase=Phase.CONSOLIDATION)
    # A docteur junior's seat is matched: it opens nothing to those who choose.
    make_offert("40", des=commission.des, service=make_services(["1"])[0], regime=Regime.CONSOLIDATION)
    un, deux, trois = commission.propose(3)
    agent, base = client_of(commission.agent), f"/gestion/ouverture/{commission.ouverture.pk}/"
    page = agent.get(base).content.decode().replace("\u00a0", " ")
    # 10 internes in all: 11 postes, 7 for the socle and 4 for the others.
    assert (cells_of(page, "Internes"), cells_of(page, "Nécessaires")) == ([6, 4], [7, 4])
    assert (cells_of(page, "Ouverts"), cells_of(page, "À étudier")) == ([1, 0], [3, 0])
    assert "sans compter 2 non validants, 1 absent" in page and "dont 1 surnombre validant" in page

    volet = f"{base}MGE/socle/"
    assert agent.post(volet, {"geste": "accorder", "pk": [un.pk, deux.pk]}).status_code == 302
    refus = agent.post(volet, {"geste": f"refuser:{trois.pk}"})
    assert refus.status_code == 409 and "Dites pourquoi" in refus.content.decode()
    agent.post(volet, {"geste": f"refuser:{trois.pk}", f"motif-{trois.pk}": "Au-delà du besoin."})
    page = agent.get(base).content.decode()
    assert (cells_of(page, "Ouverts"), cells_of(page, "À étudier")) == ([3, 0], [0, 0])
    assert cells_of(page, "Refusés") == [1, 0]

    assert "Du n° 42 au n° 43" in agent.get(f"{base}publier/").content.decode()
    publie = {"geste": "publier", "premier": "42"}
    assert "Cochez la case" in agent.post(f"{base}publier/", publie).content.decode()
    suite = agent.post(f"{base}publier/", publie | {"accord": "oui"}, follow=True).content.decode()
    assert "2 postes publiés" in suite and ">Préparer de nouveau</a>" in suite
    assert "dont 1\u00a0importé" in agent.get(f"{volet}?etat=publie").content.decode()
    assert cells_of(agent.get(base).content.decode(), "Ouverts") == [3, 0]
    assert [*Poste.objects.order_by("numero").values_list("numero", flat=True)] == ["40", "41", "42", "43"]
    trace = agent.get(f"{base}actes/").content.decode()
    for mot in ("Publie", "Accorde", "Refusé\u00a0: Au-delà du besoin.", "Propose un poste", "Agnès Agent"):
        assert mot in trace

    regle = {"geste": "regles", "pour_cent": "120", "petits": "PSY", "petit_effectif": "15"}
    regle |= {"marge_petits": "2", "grand_effectif": "430", "marge_medecine_generale": "30"}
    assert agent.post(f"{base}reglages/", regle).status_code == 302
    assert cells_of(agent.get(base).content.decode(), "Nécessaires") == [7, 5]
    assert PostePropose.objects.get(pk=trois.pk).etat == EtatPropose.REFUSE
