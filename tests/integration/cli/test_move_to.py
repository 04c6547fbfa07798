"""From the embedded store to PostgreSQL: nothing is lost, nothing is overwritten, both say the same."""

import os
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from gradin.config.checks import refusals
from gradin.data.amphis.models import Amphi
from gradin.data.referentiel.models import Subdivision
from gradin.domain.amphi.commands import Pauser
from gradin.domain.amphi.facts import Label
from gradin.operations.amphis import handle
from gradin.operations.stockage.releve import take_releve
from gradin.operations.triggers import triggers_installed
from tests.factories.amphis import T0, make_amphi
from tests.factories.live import choose, start
from tests.factories.magasins import embedded_store, make_tables, other_store

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]


@pytest.fixture
def neuve() -> Iterator[str]:
    """The address of a database without a row, on the server of the tests."""
    serveur = os.environ["GRADIN_DATABASE_URL"]
    with psycopg.connect(serveur, autocommit=True) as connexion:
        connexion.execute("CREATE DATABASE arrivee LOCALE 'C.UTF-8' TEMPLATE template0")
        url = urlsplit(serveur)._replace(path="/arrivee").geturl()
        with other_store(url):
            make_tables()
        yield url
        connexion.execute("DROP DATABASE arrivee WITH (FORCE)")


def move(url: str) -> str:
    out = StringIO()
    call_command("move_to", url, stdout=out)
    return out.getvalue()


def test_every_row_and_every_journal_arrives_and_the_old_store_is_closed(neuve: str, tmp_path: Path) -> None:
    base = tmp_path / "gradin.sqlite3"
    with embedded_store(base):
        amphi = make_amphi()
        start(amphi)
        choose(amphi, 1, "2", T0 + 1_000)
        with pytest.raises(CommandError, match=r"en cours.*en pause"):
            move(neuve)
        handle(amphi.pk, Pauser(label=Label.PAUSE), auteur=None, maintenant=T0 + 2_000)
        parti = take_releve()
        dit = move(neuve)
        assert f"{parti.lignes} lignes" in dit and parti.amphis[amphi.pk].etat in dit
        assert [refus for refus in refusals() if "a déménagé" in refus]
        with pytest.raises(CommandError, match="n’est pas vide"):
            move(neuve)
        with pytest.raises(CommandError, match="PostgreSQL"):
            move("sqlite:////tmp/autre")
    with other_store(neuve):
        assert take_releve() == parti and triggers_installed()
        # Sequences follow the largest key: what is new takes a number of its own.
        assert Subdivision.objects.create(code="NEUVE", nom="Neuve").pk
        assert Amphi.objects.get(pk=amphi.pk).etat == "pause"
