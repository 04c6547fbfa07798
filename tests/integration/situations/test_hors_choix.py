"""A poste given before the amphi: held before everybody, no tour for its interne, undone until the start."""

import json
from pathlib import Path

import pytest

from gradin.data.amphis.models import Affectation, Amphi, Place
from gradin.data.demandes.models import HorsChoix
from gradin.data.postes.models import Poste
from gradin.operations.attestations import issue_pages
from gradin.operations.demandes.hors_choix import Attribution, give_postes, undo_poste
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.queries.attestations import Verdict, read_attestation, verify_code
from gradin.queries.journal import export_jsonl
from gradin.queries.lectures import ecarts
from gradin.queries.prevol import examine
from gradin.queries.visiteurs import Visiteur
from tests.factories.amphis import T0
from tests.factories.live import choose, start, state
from tests.integration.amphis.test_verifiable import verify
from tests.integration.situations.conftest import AVANT, inscription_of

pytestmark = pytest.mark.django_db


def give(amphi: Amphi, agent: Visiteur, *paires: tuple[int, str], nature: str = "hors_choix") -> int:
    attributions = [
        Attribution(inscription=inscription_of(amphi, rang).pk, poste=Poste.objects.get(numero=numero).pk)
        for rang, numero in paires
    ]
    assert agent.compte is not None
    return give_postes(attributions, nature, "Décision 12", agent=agent.compte, maintenant=AVANT)[0]


def test_the_amphi_starts_with_it_and_the_verifier_accepts_the_journal(
    amphi: Amphi, agent: Visiteur, tmp_path: Path
) -> None:
    give(amphi, agent, (1, "2"))
    assert Place.objects.get(amphi=amphi, rang=1).statut == "hors_choix"
    assert Poste.objects.get(numero="2").etat == "pourvu"
    assert not [c for c in examine(amphi.pk).bloquants if "déjà une affectation" in c.message]
    start(amphi)
    premiere = json.loads(next(iter(export_jsonl(amphi.pk, complet=False))))
    assert (premiere["p"]["tenus"], premiere["p"]["hors_choix"]) == (["2"], [1])
    assert choose(amphi, 2, "2", T0 + 500).corps["motif"] == "poste_pourvu"
    assert choose(amphi, 2, "1", T0 + 600).statut == 201
    assert ecarts(amphi.pk) == () and str(state(amphi).statuts[1]) == "hors_choix"
    for complet in (False, True):
        verdict = verify(amphi, tmp_path, complet=complet)
        assert verdict.returncode == 0, verdict.stdout + verdict.stderr


def test_it_is_undone_until_the_start_and_no_later(amphi: Amphi, agent: Visiteur) -> None:
    assert agent.compte is not None
    pk = give(amphi, agent, (1, "2"))
    with pytest.raises(DemandeRefusee, match="pourquoi"):
        undo_poste(pk, "", agent=agent.compte, maintenant=AVANT + 1)
    undo_poste(pk, "erreur d’INE", agent=agent.compte, maintenant=AVANT + 1)
    assert Place.objects.get(amphi=amphi, rang=1).statut == "a_venir"
    assert Poste.objects.get(numero="2").etat == "libre"
    with pytest.raises(DemandeRefusee, match="déjà annulée"):
        undo_poste(pk, "encore", agent=agent.compte, maintenant=AVANT + 2)
    autre = give(amphi, agent, (3, "2"), nature="ambulatoire")
    start(amphi)
    with pytest.raises(DemandeRefusee, match="a commencé"):
        undo_poste(autre, "trop tard", agent=agent.compte, maintenant=T0)
    with pytest.raises(DemandeRefusee, match="a commencé"):
        give(amphi, agent, (2, "3"))
    assert [*HorsChoix.objects.order_by("pk").values_list("annulled_at", flat=True)] == [AVANT + 1, None]


def test_all_or_none_and_nobody_twice(amphi: Amphi, agent: Visiteur) -> None:
    with pytest.raises(DemandeRefusee, match="n° 2 est déjà pourvu"):
        give(amphi, agent, (1, "2"), (2, "2"))
    assert not Affectation.objects.exists() and Poste.objects.get(numero="2").etat == "libre"
    with pytest.raises(DemandeRefusee, match="a déjà le poste n° 2"):
        give(amphi, agent, (1, "2"), (1, "3"))


def test_its_attestation_says_how_it_was_given_never_why_and_dies_with_it(
    amphi: Amphi, agent: Visiteur
) -> None:
    assert agent.compte is not None
    pk = give(amphi, agent, (1, "2"))
    affectation = HorsChoix.objects.get(pk=pk).affectation_id
    issue_pages((affectation,), lambda: "code-1", AVANT + 1)
    lue = verify_code("code-1")
    assert lue is not None and lue.verdict is Verdict.VALIDE
    enonces = dict(lue.enonces)
    assert enonces["Attribution"] == "Affectation hors choix (article 44)"
    assert "Décision 12" not in repr(read_attestation(affectation, "code-1", ""))
    undo_poste(pk, "erreur", agent=agent.compte, maintenant=AVANT + 2)
    apres = verify_code("code-1")
    assert apres is not None and (apres.verdict, apres.le) == (Verdict.ANNULEE, AVANT + 2)
