"""A start holds the amphi: corrections and files that touch its rows wait; without the lock they go on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from django.db import OperationalError, connection, transaction

from gradin.data.amphis.models import Amphi
from gradin.data.internes.models import Inscription
from gradin.data.postes.models import Poste
from gradin.operations.amphis.handling import lock_amphi
from gradin.operations.imports import import_internes, import_postes
from gradin.operations.imports.demande import DemandeImport
from gradin.operations.preparation.amphis import DemandePreparation, prepare_amphis
from gradin.operations.roster import internes, postes
from tests.factories.comptes import make_agent
from tests.factories.fichiers import make_internes, make_postes, write_csv
from tests.factories.referentiel import make_subdivision

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
MAINTENANT = datetime(2027, 3, 1, 9, tzinfo=UTC)
ECRIVAINS = (internes, postes, import_internes, import_postes)
Ecriture = Callable[[], object]


@pytest.fixture
def ecritures(tmp_path: Path) -> tuple[Ecriture, ...]:
    """One of each kind, on the rows of the only amphi."""
    agent = make_agent(make_subdivision("LYON", "Lyon"))
    import_internes.import_internes(_file(tmp_path / "internes.csv", make_internes(2)))
    import_postes.import_postes(_file(tmp_path / "postes.csv", make_postes(2)))
    prepare_amphis(
        DemandePreparation(semestre="2027-05", subdivision="LYON", graine="g"), maintenant=MAINTENANT
    )
    inscription, poste = Inscription.objects.earliest("pk").pk, Poste.objects.earliest("pk").pk
    autres = _file(tmp_path / "autres.csv", make_internes(2, **{"Effectif promo local": 90}))
    offerts = _file(tmp_path / "offerts.csv", make_postes(2, Observations="Du fichier"))
    return (
        lambda: internes.correct_interne(inscription, {"rang_local": "7"}, agent, maintenant=MAINTENANT),
        lambda: postes.correct_poste(poste, {"flechage": "Garde"}, agent, maintenant=MAINTENANT),
        lambda: import_internes.import_internes(autres),
        lambda: import_postes.import_postes(offerts),
    )


def _file(chemin: Path, lignes: list[dict[str, object]]) -> DemandeImport:
    return DemandeImport(chemin=write_csv(chemin, lignes), semestre="2027-05", subdivision="LYON")


@contextmanager
def held() -> Iterator[None]:
    """As by somebody who is about to start it."""
    with transaction.atomic():
        lock_amphi(Amphi.objects.get().pk)
        yield


def waits(ecriture: Ecriture) -> bool:
    """On another connection, which gives up after 300 ms."""
    attendu: list[bool] = []

    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '300ms'")
        try:
            ecriture()
            attendu.append(False)
        except OperationalError:
            attendu.append(True)
        finally:
            connection.close()

    autre = Thread(target=run)
    autre.start()
    autre.join()
    return attendu[0]


def test_corrections_and_files_wait_for_a_start(ecritures: tuple[Ecriture, ...]) -> None:
    with held():
        assert [waits(une) for une in ecritures] == [True] * 4
    assert [waits(une) for une in ecritures] == [False] * 4


def test_without_the_lock_they_go_on_under_the_start(
    ecritures: tuple[Ecriture, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ECRIVAINS:
        monkeypatch.setattr(module, "lock_amphis_of", lambda **rows: None)
    with held():
        # A file of postes ages the cached offer of the amphi: that row alone makes it wait, at the very end.
        assert [waits(une) for une in ecritures[::2]] == [False] * 2
