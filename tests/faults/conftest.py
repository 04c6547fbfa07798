"""What integration tests check after each test holds here too."""

from tests.integration.conftest import lignes_ecrites_a_la_main, read_rows_equal_the_fold

__all__ = ["lignes_ecrites_a_la_main", "read_rows_equal_the_fold"]
