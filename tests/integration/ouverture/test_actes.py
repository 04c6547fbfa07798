"""From a service's proposal to a published poste: each act, who may not, and the trail it leaves."""

import pytest

from gradin.data.ouverture.models import ActeOuverture, AvisPoste, EtatPropose, PostePropose
from gradin.data.postes.models import Poste
from gradin.operations.ouverture.avis import give_avis
from gradin.operations.ouverture.campagne import open_ouverture, set_limite, set_regles
from gradin.operations.ouverture.decisions import decide_postes, set_allocation
from gradin.operations.ouverture.propositions import correct_propose, renew_postes, withdraw_proposes
from gradin.operations.ouverture.publication import next_numero, publish_postes
from gradin.operations.ouverture.refus import OuvertureRefusee
from gradin.operations.ouverture.trace import Trace
from gradin.operations.permissions import Interdit
from gradin.queries.ouverture.actes import MOTS
from tests.integration.ouverture.conftest import JOUR_MS, Commission


def test_a_service_proposes_corrects_and_withdraws_until_the_deadline_only(commission: Commission) -> None:
    pk, hopital = commission.ouverture.pk, commission.geste(commission.hopital)
    un, deux = commission.propose(2, flechage="Urgences")
    assert (un.etat, un.groupe.code, un.flechage) == ("propose", "3", "Urgences")

    assert correct_propose(pk, un.pk, commission.saisi(flechage="Gardes de nuit"), hopital)
    corrige = ActeOuverture.objects.get(acte="corrige")
    assert (corrige.avant, corrige.apres) == ("fléchage\u00a0: Urgences", "fléchage\u00a0: Gardes de nuit")
    assert not correct_propose(pk, un.pk, commission.saisi(flechage="Gardes de nuit"), hopital)

    withdraw_proposes(pk, [deux.pk], hopital)
    assert PostePropose.objects.get(pk=deux.pk).etat == EtatPropose.RETIRE

    trop_tard = commission.geste(commission.hopital, apres_ms=10 * JOUR_MS)
    with pytest.raises(OuvertureRefusee, match="date limite est passée"):
        correct_propose(pk, un.pk, commission.saisi(), trop_tard)
    with pytest.raises(OuvertureRefusee, match="date limite est passée"):
        renew_postes(pk, trop_tard)
    with pytest.raises(Interdit):
        withdraw_proposes(pk, [un.pk], commission.geste(commission.coordonnateur))


def test_the_agent_decides_with_a_motive_after_the_coordonnateur_s_opinion(commission: Commission) -> None:
    pk, agent = commission.ouverture.pk, commission.geste(commission.agent)
    un, deux, trois = commission.propose(3)
    conseil = commission.geste(commission.coordonnateur)
    with pytest.raises(OuvertureRefusee, match="pourquoi"):
        give_avis(pk, [un.pk], "defavorable", " ", conseil)
    give_avis(pk, [un.pk], "defavorable", "Pas de garde encadrée.", conseil)
    give_avis(pk, [un.pk], "favorable", "", conseil)
    assert [avis.sens for avis in AvisPoste.objects.all()] == ["favorable"]
    with pytest.raises(Interdit):
        give_avis(pk, [un.pk], "favorable", "", commission.geste(commission.autre_coordonnateur))

    with pytest.raises(OuvertureRefusee, match="pourquoi"):
        decide_postes(pk, [un.pk], "refuser", "", agent)
    assert decide_postes(pk, [un.pk, deux.pk], "accorder", "", agent) == 2
    assert decide_postes(pk, [un.pk, deux.pk], "accorder", "", agent) == 0
    assert decide_postes(pk, [trois.pk], "refuser", "Au-delà du besoin.", agent) == 1
    with pytest.raises(Interdit):
        decide_postes(pk, [un.pk], "accorder", "", commission.geste(commission.hopital))
    with pytest.raises(OuvertureRefusee, match="déjà décidé"):
        withdraw_proposes(pk, [un.pk], commission.geste(commission.hopital))

    refus = ActeOuverture.objects.get(acte="refuse")
    assert (refus.avant, refus.apres) == ("Proposé", "Refusé\u00a0: Au-delà du besoin.")
    assert (refus.auteur_id, refus.at) == (commission.agent.compte, commission.maintenant)
    changement = ActeOuverture.objects.filter(acte="avis").first()
    assert changement is not None
    assert (changement.avant, changement.apres) == ("Défavorable\u00a0: Pas de garde encadrée.", "Favorable")


def test_agreed_postes_are_numbered_after_the_last_and_become_the_semestre_s(commission: Commission) -> None:
    pk, agent = commission.ouverture.pk, commission.geste(commission.agent)
    un, deux = commission.propose(2, reserve=True, flechage="Urgences")
    decide_postes(pk, [un.pk], "accorder", "", agent)
    set_allocation(pk, [un.pk], "300 € brut  par mois", agent)
    assert next_numero(pk) == 42
    with pytest.raises(OuvertureRefusee, match="41 est déjà"):
        publish_postes(pk, 41, agent)

    assert publish_postes(pk, 42, agent) == 1
    poste = Poste.objects.get(numero="42")
    assert (poste.des.code_des, poste.regime, poste.reserve) == ("MGE", "socle", True)
    assert (poste.flechage, poste.allocation, poste.service) == (
        "Urgences",
        "300 € brut par mois",
        un.service,
    )
    publie = PostePropose.objects.get(pk=un.pk)
    assert (publie.etat, publie.poste) == (EtatPropose.PUBLIE, poste)
    assert ActeOuverture.objects.get(acte="publie").apres == "n° 42"
    with pytest.raises(OuvertureRefusee, match="Aucun poste accordé"):
        publish_postes(pk, 43, agent)
    with pytest.raises(OuvertureRefusee, match="déjà publié"):
        decide_postes(pk, [un.pk, deux.pk], "refuser", "Non", agent)


def test_the_agent_moves_the_deadline_and_the_rule_and_nobody_else_does(commission: Commission) -> None:
    pk, agent = commission.ouverture.pk, commission.geste(commission.agent)
    set_limite(pk, None, agent)
    with pytest.raises(OuvertureRefusee, match="date limite"):
        commission.propose(1)
    with pytest.raises(OuvertureRefusee, match="passée"):
        set_limite(pk, commission.maintenant - 1, agent)
    assert set_regles(pk, {"pour_cent": 110, "marge_petits": 2}, agent) == 1
    regle = ActeOuverture.objects.get(acte="regle")
    assert (regle.avant, regle.apres) == ("Postes pour cent internes\u00a0: 107", "110")
    with pytest.raises(Interdit):
        set_limite(pk, None, commission.geste(commission.hopital))


def test_the_seats_of_the_last_semestre_are_proposed_again_once(commission: Commission) -> None:
    limite = commission.maintenant + JOUR_MS
    agent, hopital = commission.geste(commission.agent), commission.geste(commission.hopital)
    pk = open_ouverture("2027-11", commission.ouverture.subdivision_id, limite, agent)
    assert renew_postes(pk, hopital) == 1
    assert PostePropose.objects.get(ouverture=pk).service.imotep == "75000001"
    with pytest.raises(OuvertureRefusee, match="déjà"):
        renew_postes(pk, hopital)


def test_every_act_has_its_words() -> None:
    assert set(MOTS) == set(Trace)
