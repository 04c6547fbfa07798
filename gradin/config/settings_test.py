"""The settings of the tests: the store that tests/databases.py started, plain static files."""

import os

os.environ.setdefault("GRADIN_SECRET_KEY", "only-for-tests-" + "x" * 40)

from gradin.config.settings import *  # noqa: F403
from gradin.config.settings import DATABASES, STORAGES

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", "gradin.config.hashers.Argon2id"]
# A file, not memory: servers started by tests share it.
if DATABASES["default"]["ENGINE"].endswith("sqlite3") and DATABASES["default"]["NAME"] != ":memory:":
    DATABASES["default"]["TEST"] = {"NAME": f"{DATABASES['default']['NAME']}.test"}
# The history of migrations costs ten seconds of a core in each job: one of each store plays it (tests/run).
if os.environ.get("GRADIN_TEST_HISTOIRE") != "1":
    DATABASES["default"].setdefault("TEST", {})["MIGRATE"] = False
# Agents of most tests sign in with a password alone; those about the second factor ask for it.
GRADIN_SECOND_FACTEUR_ARS = False
# Each test's amphis are new under the same numbers.
GRADIN_TETES = None
