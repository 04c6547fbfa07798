"""The walk over every address, made once for all the tests that judge it."""

from typing import Any

import pytest

from tests.integration.permissions.recolte import Recolte, harvest


@pytest.fixture(scope="session")
def recolte(django_db_setup: None, django_db_blocker: Any) -> Recolte:
    with django_db_blocker.unblock():
        return harvest()
