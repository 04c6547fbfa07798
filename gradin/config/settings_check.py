"""For linters and migrations' check: a database in memory, no file written."""

import os

os.environ.setdefault("GRADIN_SECRET_KEY", "only-for-checks-" + "x" * 40)
os.environ["GRADIN_DATABASE_URL"] = "sqlite:///:memory:"

from gradin.config.settings import *  # noqa: F403
