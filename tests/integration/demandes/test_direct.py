"""The stream under a procuration: who hears what, who counts as present, and when a right ends."""

import pytest

from gradin.data.amphis.models import Amphi
from gradin.live.temps import maintenant_ms
from gradin.operations.demandes.procuration import cancel_procuration
from tests.factories.amphis import compte_of
from tests.flux import Flux, FluxFini
from tests.integration.demandes.conftest import accept, give, inscription_of
from tests.integration.live.conftest import Scene, amphi, bearer_of, scene, serveur

__all__ = ["amphi", "scene", "serveur"]

pytestmark = pytest.mark.django_db(transaction=True)


def entrust(amphi: Amphi, rang: int) -> int:
    """The account of the mandataire who has accepted, now."""
    return accept(give(amphi, rang, maintenant=maintenant_ms()), maintenant=maintenant_ms())


def present(scene: Scene, agent: dict[str, str], rang: int) -> bool:
    with Flux(scene.serveur.port, scene.amphi.pk, entetes=agent) as flux:
        return rang in flux.until("presence").data["connectes"]


def test_only_the_mandataires_connection_counts(scene: Scene) -> None:
    mandataire, agent = bearer_of(entrust(scene.amphi, 5)), scene.agent()
    with Flux(scene.serveur.port, scene.amphi.pk, entetes=scene.bearer(5)) as flux:
        flux.until("moi")
        assert not present(scene, agent, 5)
        with Flux(scene.serveur.port, scene.amphi.pk, entetes=mandataire) as autre:
            assert autre.until("moi").data["interne"] == 5
            assert present(scene, agent, 5)


def test_a_cancelled_mandataire_is_sent_away_at_once(scene: Scene) -> None:
    mandataire = bearer_of(entrust(scene.amphi, 5))
    with Flux(scene.serveur.port, scene.amphi.pk, entetes=mandataire) as flux:
        flux.until("moi")
        cancel_procuration(
            inscription_of(scene.amphi, 5).pk,
            auteur=compte_of(scene.amphi, 5).pk,
            maintenant=maintenant_ms(),
        )
        with pytest.raises(FluxFini):
            while True:
                flux.next()


def test_nobody_else_hears_of_it(scene: Scene) -> None:
    """For the others it is one more line that says nothing."""
    with Flux(scene.serveur.port, scene.amphi.pk, entetes=scene.bearer(3)) as flux:
        flux.until("moi")
        entrust(scene.amphi, 5)
        fait = flux.until("ActeReserve")
        assert fait.data["p"] == {} and not fait.data.get("prive")
