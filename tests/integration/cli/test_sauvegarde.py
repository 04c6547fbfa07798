"""The drill: a backup of a running amphi, a loss, the way back; what is older or broken is refused."""

import sqlite3
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from gradin.config.checks import refusals
from gradin.operations.stockage.releve import read_tetes
from gradin.operations.stockage.tetes import publish_tetes, read_publiees
from tests.factories.amphis import T0, make_amphi
from tests.factories.live import choose, start
from tests.factories.magasins import embedded_store

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]


@pytest.fixture
def dossier(tmp_path: Path, settings: Any) -> Path:
    settings.GRADIN_TETES = tmp_path / "tetes.json"
    return tmp_path


def run(commande: str, *arguments: str | Path) -> str:
    out = StringIO()
    call_command(commande, *map(str, arguments), stdout=out)
    return out.getvalue()


def test_what_comes_back_is_what_was_saved_and_never_older_than_what_was_published(
    dossier: Path, settings: Any
) -> None:
    base, copie = dossier / "gradin.sqlite3", dossier / "hier.gradin"
    with embedded_store(base):
        amphi = make_amphi()
        start(amphi)
        choose(amphi, 1, "2", T0 + 1_000)
        run("backup", copie)
        sauvees = read_tetes()
        choose(amphi, 2, "3", T0 + 2_000)
        publish_tetes()
        perdues = read_publiees(settings.GRADIN_TETES)
        assert perdues[amphi.pk][0] > sauvees[amphi.pk].seq

        with pytest.raises(CommandError, match=r"en retard.*amphi"):
            run("restore", copie)
        assert read_tetes()[amphi.pk].seq == perdues[amphi.pk][0]

        dit = run("restore", copie, "--accepter-recul")
        assert sauvees[amphi.pk].etat in dit and read_tetes() == sauvees
        gardees = [read_publiees(f) for f in dossier.glob("tetes.*.json")]
        assert gardees == [perdues] and not settings.GRADIN_TETES.exists()
        # The amphi goes on from there, and the guards came back with it.
        choose(amphi, 2, "4", T0 + 3_000)
        with pytest.raises(CommandError, match="existe"):
            run("backup", copie)


def test_a_service_whose_database_is_behind_does_not_start(dossier: Path, settings: Any) -> None:
    with embedded_store(dossier / "gradin.sqlite3"):
        amphi = make_amphi()
        start(amphi)
        publish_tetes()
    with embedded_store(dossier / "autre.sqlite3"):
        assert [refus for refus in refusals() if "en retard sur ce qui a été publié" in refus]


def test_what_is_broken_in_use_or_no_backup_replaces_nothing(dossier: Path) -> None:
    base, copie, falsifiee = (dossier / nom for nom in ("gradin.sqlite3", "hier.gradin", "falsifiee"))
    (dossier / "autre").write_bytes(b"une image, pas une base" * 300)
    with embedded_store(base):
        amphi = make_amphi()
        start(amphi)
        run("backup", copie)
        falsifiee.write_bytes(copie.read_bytes())
        with closing(sqlite3.connect(falsifiee)) as main:
            main.execute("DROP TRIGGER fait_refuse_update")
            main.execute("UPDATE amphis_fait SET a = a + 1 WHERE n = 1")
            main.execute(
                "CREATE TRIGGER fait_refuse_update BEFORE UPDATE ON amphis_fait FOR EACH ROW  "
                "BEGIN SELECT RAISE(ABORT, 'the journal is append-only (fait_refuse_update)'); END"
            )
            main.commit()
        avant = read_tetes()
        for fichier, dit in (
            (dossier / "absent", "n’existe pas"),
            (dossier / "autre", "ne peut pas servir"),
            (falsifiee, "le journal est rompu après la ligne 0"),
        ):
            with pytest.raises(CommandError, match=dit):
                run("restore", fichier)
        choose(amphi, 1, "2", T0 + 1_000)
        publish_tetes()
        with closing(sqlite3.connect(base)) as service:
            service.execute("SELECT count(*) FROM amphis_fait").fetchone()
            with pytest.raises(CommandError, match="Le service tourne"):
                run("restore", copie, "--accepter-recul")
        assert read_tetes()[amphi.pk].seq > avant[amphi.pk].seq
        assert not list(dossier.glob("tetes.*.json")), "refused: what was published stays on its guard"


def test_a_log_left_by_a_lost_base_is_moved_aside(dossier: Path) -> None:
    base, copie = dossier / "gradin.sqlite3", dossier / "hier.gradin"
    with embedded_store(base):
        start(make_amphi())
        run("backup", copie)
        sauvees = read_tetes()
        connection.close()
        base.unlink()
        for suffixe in ("-wal", "-shm"):
            Path(f"{base}{suffixe}").write_bytes(b"d'une autre base")
        run("restore", copie)
        gardes = sorted(un.read_bytes() for un in dossier.glob("gradin.sqlite3-*.*"))
        assert gardes == [b"d'une autre base"] * 2
        assert read_tetes() == sauvees
