"""SQLite's log cut after any of its frames, or inside one: every choice answered before is there, whole."""

from collections.abc import Iterator

import pytest
from django.db import connection

from assurance.essai import Essai
from assurance.experiences import trames
from assurance.resultat import Verdict

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sans_reglage() -> Iterator[None]:
    """The experiment holds the checkpoints of its connection back."""
    yield
    connection.close()


def test_a_log_cut_anywhere_is_a_prefix_with_every_choice_answered(
    sans_reglage: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trames, "CHOIX", 1)
    (resultat,) = trames.run(Essai(magasin="sqlite", graine=20270405, secondes=0))
    assert (resultat.verdict, resultat.remarque) == (Verdict.TENU, "")
    assert resultat.n > 20
