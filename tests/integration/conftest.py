"""After every test that touched a store: the read rows say what the journal says."""

from collections.abc import Iterator

import pytest

from gradin.data.amphis.models import Amphi
from gradin.queries.lectures import ecarts


@pytest.fixture(autouse=True)
def read_rows_equal_the_fold(request: pytest.FixtureRequest) -> Iterator[None]:
    marker = request.node.get_closest_marker("django_db")
    uses_store = marker is not None or {"db", "transactional_db"} & set(request.fixturenames)
    if not uses_store:
        yield
        return
    request.getfixturevalue("_django_db_helper")
    yield
    if "lignes_ecrites_a_la_main" not in request.fixturenames:
        differences = [str(one) for pk in _started() for one in ecarts(pk)]
        assert differences == []


def _started() -> list[int]:
    return list(Amphi.objects.filter(seq__gt=0).values_list("pk", flat=True))


@pytest.fixture
def lignes_ecrites_a_la_main() -> None:
    """Asked for by a test that writes read rows or a journal by hand: they are not compared."""
