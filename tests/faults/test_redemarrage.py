"""SIGKILL in the middle of a tour: nobody loses a second of it, whatever the outage lasted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gradin.operations.amphis import constater_au_demarrage
from tests.factories.amphis import T0, make_amphi
from tests.factories.live import alive, start, state
from tests.faults.redemarrage import strike
from tests.flux import Flux
from tests.integration.live.conftest import Scene, amphi  # noqa: F401
from tests.serveur import Serveur
from tests.verdict import check_journal


@pytest.fixture
def serveur(transactional_db: None) -> Iterator[Serveur]:
    serveur = Serveur()
    yield serveur
    serveur.stop()


@pytest.mark.parametrize("duree_s", [5, 29, 45, 90, 3_600])
def test_at_the_start_of_a_process_the_outage_comes_before_what_seems_due(
    duree_s: int, transactional_db: None
) -> None:
    seul = make_amphi(parametres={"delai_absence_ms": 80_000})
    start(seul)
    alive(T0 + 40_000)
    a = T0 + 40_000 + duree_s * 1_000
    constater_au_demarrage(a, "essai")
    etat = state(seul)
    assert etat.etat == ("en_cours" if duree_s <= 30 else "pause")
    assert etat.tour is not None and etat.tour.interne == 1
    assert etat.tour.fin - (etat.tour.suspendu or a) == 50_000


def test_after_a_short_outage_the_tour_goes_on_with_what_was_left(serveur: Serveur) -> None:
    panne = strike(
        serveur,
        choisit_s=4,
        tombe_s=0.5,
        duree_tour_ms=60_000,
        delai_absence_ms=50_000,
        reprise_auto_ms=300_000,
    )
    # Beats came while the tour ran, and the outage begins with the last of them.
    assert panne.avant - 60_000 < panne.battue == panne.de
    vue = panne.snapshot()
    assert vue["etat"] == "en_cours"
    assert vue["tour"]["fin"] == panne.a + panne.reste == panne.avant + (panne.a - panne.de)
    assert "PauseDebutee" not in panne.facts()


def test_after_a_long_outage_the_amphi_waits_in_pause_and_gives_the_same_back(
    serveur: Serveur, tmp_path: Path
) -> None:
    panne = strike(
        serveur,
        choisit_s=4,
        tombe_s=1,
        duree_tour_ms=60_000,
        delai_absence_ms=50_000,
        reprise_auto_ms=500,
        reste_minimal_ms=1_000,
    )
    assert panne.snapshot()["etat"] == "pause"
    assert panne.resume().status_code == 201
    tour = state(panne.amphi).tour
    assert tour is not None
    assert tour.fin - state(panne.amphi).dernier_a == panne.reste
    assert panne.facts()[-3:] == ["PanneConstatee", "PauseDebutee", "PauseTerminee"]
    check_journal(panne.amphi, tmp_path)


def test_a_choice_answered_just_before_a_kill_is_told_after_the_restart(
    serveur: Serveur,
    amphi: object,  # noqa: F811
) -> None:
    scene = Scene(amphi=amphi, serveur=serveur.start())  # type: ignore[arg-type]
    seq = scene.snapshot()["seq"]
    recu = scene.choose(1, "5").json()["recu"]
    serveur.kill()
    serveur.start()
    with Flux(serveur.port, scene.amphi.pk, depuis=seq) as flux:
        choix = flux.facts(recu["n"])[-1]
    assert choix.nom == "ChoixConfirme" and choix.data["p"]["poste"] == "5"
