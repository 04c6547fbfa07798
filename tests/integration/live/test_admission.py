"""Who is let in, who is sent away, and when a stream outlives the right behind it."""

from http.cookies import SimpleCookie
from pathlib import Path

import httpx
import pytest
from django.db import connection
from django.test import Client

from gradin.data.amphis.models import Place
from tests.factories.amphis import compte_of
from tests.flux import Flux, FluxFini
from tests.integration.live.conftest import Scene

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in(scene: Scene, rang: int) -> tuple[Client, dict[str, str]]:
    client = Client()
    client.force_login(compte_of(scene.amphi, rang), backend=BACKEND)
    return client, {"Cookie": f"sessionid={client.cookies['sessionid'].value}"}


def read_until_cut(flux: Flux) -> None:
    while True:
        flux.next()


def test_a_session_gets_a_ticket_that_its_next_connection_uses(scene: Scene) -> None:
    _, cookies = sign_in(scene, 2)
    with Flux(scene.serveur.port, scene.amphi.pk, entetes=cookies) as flux:
        brut = SimpleCookie(flux.reponse.headers["Set-Cookie"])
        flux.until("moi")
    (nom, morceau) = next(iter(brut.items()))
    assert (
        nom == f"gradin_billet_{scene.amphi.pk}" and morceau["httponly"] and morceau["samesite"] == "Strict"
    )
    both = {"Cookie": f"{cookies['Cookie']}; {nom}={morceau.value}"}
    with Flux(scene.serveur.port, scene.amphi.pk, entetes=both) as flux:
        assert flux.reponse.headers["Set-Cookie"] is None
        assert flux.until("moi").data["interne"] == 2


def test_a_ticket_without_its_session_opens_nothing_private(scene: Scene) -> None:
    _, cookies = sign_in(scene, 2)
    with Flux(scene.serveur.port, scene.amphi.pk, entetes=cookies) as flux:
        billet = flux.reponse.headers["Set-Cookie"].partition(";")[0]
    _, others = sign_in(scene, 3)
    with Flux(
        scene.serveur.port, scene.amphi.pk, entetes={"Cookie": f"{others['Cookie']}; {billet}"}
    ) as flux:
        assert flux.until("moi").data["interne"] == 3


def test_a_stream_is_closed_after_its_sign_out(scene: Scene) -> None:
    client, cookies = sign_in(scene, 2)
    with Flux(scene.serveur.port, scene.amphi.pk, entetes=cookies) as flux:
        flux.until("moi")
        client.logout()
        with pytest.raises(FluxFini):
            read_until_cut(flux)


def test_a_stream_is_closed_when_the_password_changes(scene: Scene) -> None:
    _, cookies = sign_in(scene, 2)
    with Flux(scene.serveur.port, scene.amphi.pk, entetes=cookies) as flux:
        flux.until("moi")
        compte = compte_of(scene.amphi, 2)
        compte.set_password("un autre mot de passe")
        compte.save()
        with pytest.raises(FluxFini):
            read_until_cut(flux)


def test_a_stream_is_closed_when_its_reader_leaves_the_list(
    scene: Scene, lignes_ecrites_a_la_main: None
) -> None:
    with Flux(scene.serveur.port, scene.amphi.pk, entetes=scene.bearer(12)) as flux:
        flux.until("moi")
        Place.objects.filter(amphi=scene.amphi, rang=12).update(numero=None)
        with pytest.raises(FluxFini):
            read_until_cut(flux)


def test_a_stream_stays_open_while_its_right_stands(scene: Scene) -> None:
    _, cookies = sign_in(scene, 2)
    with Flux(scene.serveur.port, scene.amphi.pk, entetes=cookies) as flux:
        flux.until("horloge")
        assert flux.until("horloge").nom == "horloge"


@pytest.mark.parametrize(
    "entete",
    [
        {"Origin": "https://ailleurs.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Host": "ailleurs.example"},
    ],
)
def test_another_site_is_refused_and_never_named(scene: Scene, entete: dict[str, str]) -> None:
    _, cookies = sign_in(scene, 2)
    for suite in ("/direct", "/faits"):
        reponse = httpx.get(scene.url(suite), headers={**cookies, **entete})
        assert reponse.status_code == 403
        assert "access-control-allow-origin" not in reponse.headers


def test_an_unknown_token_and_an_unknown_amphi_are_told_apart(scene: Scene) -> None:
    wrong = {"Authorization": "Bearer inconnu"}
    assert httpx.get(scene.url("/faits"), headers=wrong).status_code == 401
    assert httpx.get(f"{scene.serveur.url}/api/v1/amphis/999999/faits").status_code == 404


def test_watchers_hold_no_connection_to_the_database(scene: Scene) -> None:
    with Flux(scene.serveur.port, scene.amphi.pk, entetes=scene.bearer(2)) as flux:
        flux.until("moi")
    before = connections(scene)
    flux_ouverts = [Flux(scene.serveur.port, scene.amphi.pk, entetes=scene.bearer(3)) for _ in range(40)]
    for un in flux_ouverts:
        un.until("moi")
    # The live lane opens its four at most.
    assert connections(scene) <= before + 4
    for un in flux_ouverts:
        un.cut()


def connections(scene: Scene) -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
            return int(cursor.fetchone()[0])
    base = str(connection.settings_dict["NAME"])
    return sum(str(fd.resolve()) == base for fd in Path(f"/proc/{scene.serveur.pid}/fd").iterdir())
