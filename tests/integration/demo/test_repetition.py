"""Robots bring an amphi from its published list to its close, over HTTP, beside a human."""

import threading
import time
from collections.abc import Callable, Iterator

import httpx
import pytest
from django.core.management import call_command

from gradin.data.amphis.models import Affectation, Amphi, EtatAmphi, Place
from gradin.data.comptes.models import Compte, Role
from gradin.data.internes.models import Interne
from gradin.live.temps import maintenant_ms
from gradin.queries.lectures import ecarts
from tests.factories.amphis import compte_of, make_amphi
from tests.factories.comptes import make_agent
from tests.serveur import Serveur, running

pytestmark = pytest.mark.django_db(transaction=True)
DEMAIN_MS = 86_400_000


@pytest.fixture(scope="module")
def serveur(django_db_setup: None) -> Iterator[Serveur]:
    with running() as serveur:
        yield serveur


def rehearse(amphi: Amphi, serveur: Serveur, **options: object) -> None:
    call_command("run_robots", str(amphi.pk), url=serveur.url, cadence=0.05, absents=0.0, **options)


def test_a_rehearsal_opens_plays_and_closes_an_amphi_whose_day_has_not_come(
    serveur: Serveur, capsys: pytest.CaptureFixture[str]
) -> None:
    amphi = make_amphi(internes=5, postes=6, debut=maintenant_ms() + DEMAIN_MS)
    make_agent(amphi.subdivision)
    call_command("run_robots", tous=True, url=serveur.url, cadence=0.05, absents=0.0)
    dit = capsys.readouterr().out
    assert "5 choix, 0 passés" in dit and "journal vérifié" in dit and "mal tourné : rien" in dit
    amphi.refresh_from_db()
    assert amphi.etat == EtatAmphi.CLOS
    assert Affectation.objects.filter(amphi=amphi, annulee=False).count() == 5
    assert ecarts(amphi.pk) == ()


def test_internes_who_have_not_signed_up_are_played_too(serveur: Serveur) -> None:
    amphi = make_amphi(internes=4, postes=5)
    make_agent(amphi.subdivision)
    Interne.objects.update(compte=None)
    Compte.objects.filter(role=Role.INTERNE).delete()
    rehearse(amphi, serveur)
    assert Affectation.objects.filter(amphi=amphi, annulee=False).count() == 4
    assert not any(compte.has_usable_password() for compte in Compte.objects.filter(role=Role.INTERNE))


def test_robots_leave_a_named_human_alone_and_play_all_others(serveur: Serveur) -> None:
    amphi = make_amphi(internes=4, postes=5, parametres={"delai_absence_ms": 2_000})
    make_agent(amphi.subdivision)
    humain = compte_of(amphi, 2)
    rehearse(amphi, serveur, humains=[humain.email])
    statuts = dict(Place.objects.filter(amphi=amphi).values_list("rang", "statut"))
    assert statuts == {1: "a_choisi", 2: "passe", 3: "a_choisi", 4: "a_choisi"}


def test_robots_wait_while_a_person_holds_the_amphi_in_pause(serveur: Serveur) -> None:
    amphi = make_amphi(internes=6, postes=7)
    agent = make_agent(amphi.subdivision)
    robots = threading.Thread(target=rehearse, args=(amphi, serveur), daemon=True)
    robots.start()
    jeton = _token(serveur, agent.courriel)
    _until(lambda: _snapshot(serveur, amphi)["compteurs"]["choisis"] >= 1)
    _command(serveur, amphi, jeton, "pause")
    pris = _snapshot(serveur, amphi)["compteurs"]["choisis"]
    time.sleep(1.5)
    assert _snapshot(serveur, amphi)["compteurs"]["choisis"] == pris < 6
    _command(serveur, amphi, jeton, "reprendre")
    robots.join(180)
    assert Affectation.objects.filter(amphi=amphi, annulee=False).count() == 6


def _snapshot(serveur: Serveur, amphi: Amphi) -> dict:
    return httpx.get(f"{serveur.url}/api/v1/amphis/{amphi.pk}").json()


def _token(serveur: Serveur, courriel: str) -> str:
    from tests.factories.comptes import MOT_DE_PASSE

    corps = {"courriel": courriel, "mot_de_passe": MOT_DE_PASSE}
    return httpx.post(f"{serveur.url}/api/v1/jetons", json=corps).json()["jeton"]


def _command(serveur: Serveur, amphi: Amphi, jeton: str, nom: str) -> None:
    reponse = httpx.post(
        f"{serveur.url}/api/v1/amphis/{amphi.pk}/commandes",
        json={"type": nom},
        headers={"Authorization": f"Bearer {jeton}", "Idempotency-Key": nom},
    )
    assert reponse.status_code == 201, reponse.text


def _until(true: Callable[[], bool]) -> None:
    limite = time.monotonic() + 120
    while not true():
        assert time.monotonic() < limite, "it never came"
        time.sleep(0.05)
