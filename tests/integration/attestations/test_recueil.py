"""The ARS prints everybody's attestation at once: one ZIP, in its scope, each page one that verifies."""

import hashlib
import secrets
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from gradin.data.amphis.models import Affectation, Amphi
from gradin.data.attestations.models import Attestation, EtatRecueil, Recueil
from gradin.data.comptes.models import Compte
from gradin.operations.attestations.recueil import path_of, stop_recueil, sweep_recueils
from gradin.queries.attestations import is_delivered, verify_code
from gradin.queries.visiteurs import Visiteur
from tests.factories.amphis import T0
from tests.factories.comptes import make_agent
from tests.factories.live import choose
from tests.factories.referentiel import make_subdivision
from tests.integration.attestations.conftest import text_of

pytestmark = pytest.mark.django_db
PAGE = "/gestion/attestations/"


@pytest.fixture
def agent(amphi: Amphi, settings: Any, tmp_path: Path) -> Client:
    """Of the amphi's subdivision; what is printed goes to a directory of the test."""
    settings.GRADIN_DATA = tmp_path
    return connect(make_agent(amphi.subdivision))


def connect(agent: Visiteur) -> Client:
    client = Client()
    client.force_login(Compte.objects.get(pk=agent.compte))
    return client


def ask(client: Client, amphi: Amphi) -> str:
    """Prepares those of the amphi; where the answer leads."""
    donnees = {"semestre": amphi.semestre_id, "subdivision": amphi.subdivision_id}
    return str(client.post(PAGE, donnees)["Location"])


def download(client: Client, page: str) -> ZipFile:
    reponse = client.get(f"{page}attestations.zip")
    assert reponse["Content-Type"] == "application/zip"
    return ZipFile(BytesIO(b"".join(reponse)))  # type: ignore[arg-type]


@pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume asynchronous")
def test_one_zip_holds_every_standing_choice_and_each_page_verifies(agent: Client, amphi: Amphi) -> None:
    choose(amphi, 2, "3", T0 + 2_000)
    assert "2\u00a0choix" in agent.get(PAGE).content.decode()
    page = ask(agent, amphi)
    assert "2\u00a0attestations prêtes" in agent.get(page).content.decode()
    archive = download(agent, page)
    attendus = {(str(un.interne), un.poste.numero) for un in Affectation.objects.all()}
    assert len(archive.namelist()) == len(attendus) == 2
    for nom, numero in attendus:
        chemin = next(un for un in archive.namelist() if un.endswith(f"/{nom}, poste {numero}.pdf"))
        pdf = archive.read(chemin)
        delivree = Attestation.objects.get(affectation__poste__numero=numero)
        assert nom in text_of(pdf)
        assert is_delivered(delivree.pk, hashlib.sha256(pdf).hexdigest())
        assert verify_code(delivree.code)


def test_those_issued_already_keep_their_code(
    agent: Client, amphi: Amphi, sign_in: Callable[[int], Client]
) -> None:
    sign_in(1).get("/mes-attestations/2027-05.pdf")
    code = Attestation.objects.get().code
    ask(agent, amphi)
    assert Attestation.objects.get().code == code


def test_another_subdivision_s_choices_are_not_printed(agent: Client, amphi: Amphi) -> None:
    assert ask(agent, amphi) != PAGE
    etranger = connect(make_agent(make_subdivision("ARA", "Lyon"), "ailleurs@ars.example"))
    assert ask(etranger, amphi) == PAGE
    assert etranger.get(f"{PAGE}{Recueil.objects.get().pk}/").status_code == 404


def test_a_work_that_died_is_said_and_what_it_left_is_swept(agent: Client, amphi: Amphi) -> None:
    page = ask(agent, amphi)
    pk = Recueil.objects.get().pk
    Recueil.objects.update(etat=EtatRecueil.ENCOURS)
    assert ask(agent, amphi) == page
    stop_recueil(pk)
    assert "La préparation s’est arrêtée" in agent.get(page).content.decode()
    Recueil.objects.update(etat=EtatRecueil.ENCOURS, created_at=0)
    assert "La préparation s’est arrêtée" in agent.get(page).content.decode()
    perdu = path_of(pk).with_name(f"{secrets.randbelow(100) + 900}.part")
    perdu.write_bytes(b"")
    assert ask(agent, amphi) != page
    Recueil.objects.all().delete()
    sweep_recueils()
    assert not list(perdu.parent.iterdir())
