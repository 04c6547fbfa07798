"""A full disk: nothing is said to be done that is not, and the same click works once there is room."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection

from gradin.data.amphis.models import Affectation, Fait
from tests.factories.amphis import T0, make_amphi
from tests.factories.live import choose, start, state

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]

# More than the tables' own free room.
LONG = 20_000


@contextmanager
def full_disk() -> Iterator[None]:
    """SQLite refuses to grow, with the same error as a full disk (SQLITE_FULL)."""
    with connection.cursor() as cursor:
        # Pages that earlier tests have freed would be room.
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            yield
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")


def test_a_choice_refused_by_a_full_disk_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    amphi = make_amphi()
    start(amphi)
    before = state(amphi)
    inner = "gradin.operations.amphis.ecriture.secrets.token_hex"
    monkeypatch.setattr(inner, lambda size: "0" * LONG)
    with full_disk(), pytest.raises(OperationalError, match="full"):
        choose(amphi, 1, "2", T0 + 1_000, cle="clic")
    monkeypatch.undo()
    assert not connection.in_atomic_block
    assert state(amphi) == before
    assert not Affectation.objects.exists()
    assert choose(amphi, 1, "2", T0 + 2_000, cle="clic").statut == 201
    assert Fait.objects.filter(fait="ChoixConfirme").count() == 1
